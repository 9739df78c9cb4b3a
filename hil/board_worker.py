"""The thread that talks to one real board: opens the port, finds the board on it, exchanges, comes back after a loss.

Everything here lives in wall time. The plant's side leaves a request and fetches the answer, and never waits: a late
answer is one that is not there when it looks.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from hil import bench, rtu
from hil.greeting import BLANK, Identity, WrongBoardError, settle
from hil.link import ByteStream, Counters, Link, PortError
from protocols.errors import LinkError
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import MIRROR_READ

EXCHANGE_S: Final = 0.02
#: Both frames of an exchange, and what it may take beside them before the attempt is given up: enough for a busy
#: machine, or an adapter that collects bytes for 16 ms.
_BITS: Final = 800
_GRACE_S: Final = 0.023
_PROBE_S: Final = 0.1
_BACKOFF_S: Final = (0.05, 0.1, 0.25, 0.5, 1.0)
#: A port on which nobody answers is opened anew after so many tries: a TCP connection may be dead without telling.
_REOPEN: Final = 5
_DIAGNOSE_S: Final = 0.5
_FIGURES: Final = 21  # input registers 0 to 20

_log = logging.getLogger("sector7.boards.kinds")


class LinkState(IntEnum):
    """How it stands with a board's link (register BoardLink)."""

    NONE = 0
    CONNECTED = 1
    SEARCHING = 2
    LOST = 3
    REFUSED = 4


@dataclass(frozen=True, slots=True)
class Ask:
    """One exchange to make: the whole request, and what the plant's sensors showed when it was made."""

    now_us: int
    request: bytes
    command: int
    inputs: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The registers that came back for `ask`."""

    ask: Ask
    words: tuple[int, ...]


class BoardWorker:
    """Serves the board of one station. `connect` opens its port and raises LinkError when it cannot be had.

    `watchdog` is the board's, in exchanges: attempts go on for that long, then the link is lost.
    """

    def __init__(
        self,
        io: StationIO,
        connect: Callable[[], ByteStream],
        watchdog: int = 5,
        baud: int = 115200,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.io = io
        self.counters = Counters()
        self.state = LinkState.SEARCHING
        self.problem = ""
        self.connections = 0
        self.identity: Identity | None = None
        #: Input registers 0 to 20 as of the last second.
        self.figures: tuple[int, ...] = (0,) * _FIGURES
        #: Least, mean and longest scan of the board, us, as of the last second.
        self.scans: tuple[int, ...] = (0, 0, 0)
        self._connect = connect
        self._watchdog = watchdog
        self._attempt_s = _GRACE_S + _BITS / baud
        self._clock = clock
        self._lock = threading.Condition()
        self._asked: Ask | None = None
        self._reply: Reply | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=f"board of {io.code}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End: the port is given back when the present attempt is over."""
        with self._lock:
            self._stopping = True
            self._lock.notify()

    def join(self, patience_s: float = 2.0) -> None:
        """Wait for the end; a port that is being opened may take longer, and is given back then."""
        if self._thread.is_alive():
            self._thread.join(patience_s)

    # ---- the plant's side
    @property
    def alive(self) -> bool:
        """True while the board answers."""
        return self.state is LinkState.CONNECTED

    def ask(self, ask: Ask) -> None:
        """Leave a request; it takes the place of one that has not been sent."""
        with self._lock:
            self._asked = ask
            self._lock.notify()

    def take(self) -> Reply | None:
        """The newest answer that has not been fetched."""
        with self._lock:
            reply, self._reply = self._reply, None
        return reply

    # ---- the thread
    def _run(self) -> None:
        failures = 0
        while not self._stopping:
            connections = self.connections
            try:
                self._visit()
            except LinkError as error:
                self._fail(error)
            failures = 0 if self.connections != connections else failures + 1
            self._wait(_BACKOFF_S[min(failures, len(_BACKOFF_S) - 1)])

    def _visit(self) -> None:
        """Open the port and serve the board until the port is gone, or nobody has answered for long."""
        stream = self._connect()
        try:
            tries = 0
            while not self._stopping:
                try:
                    self._greet(stream)
                    tries = 0
                    self._serve(stream)
                except PortError:
                    raise
                except LinkError as error:
                    tries += 1
                    if tries >= _REOPEN:
                        raise
                    self._fail(error)
                    self._wait(_BACKOFF_S[min(tries, len(_BACKOFF_S) - 1)])
        finally:
            stream.close()

    def _greet(self, stream: ByteStream) -> None:
        """Find out who is there. Raises LinkError."""
        link = Link(stream, timeout_s=_PROBE_S)
        self.identity = settle(link, self.io, self._watchdog)
        with self._lock:
            self._asked = self._reply = None
        self.connections += 1
        self.problem = ""
        self.state = LinkState.CONNECTED
        _log.info("station %d: its board is connected: %s", self.io.number, self.identity)

    def _serve(self, stream: ByteStream) -> None:
        """Exchange until no attempt is answered. While nothing new is asked, the last request is sent again: the
        board's clock stands still, its dead-man does not."""
        # one exchange less than the board waits: the next request shall reach it before its watchdog runs out
        patience = (self._watchdog - 1) * EXCHANGE_S
        link = Link(stream, timeout_s=min(self._attempt_s, patience / 3), within_s=patience)
        link.counters = self.counters
        last: Ask | None = None
        looked_s, times = 0.0, False
        while not self._stopping:
            ask = self._next(patience / 2)
            if ask is None and last is None:
                continue
            current = ask or last
            assert current is not None
            words = rtu.registers(current.request, link.ask(current.request))
            if ask is not None:
                last = ask
                with self._lock:
                    self._reply = Reply(ask, words)
            if self._clock() - looked_s >= _DIAGNOSE_S:
                looked_s = self._clock()
                self._look(link, times)
                times = not times

    def _look(self, link: Link, times: bool) -> None:
        """Ask for what the board says of itself: its scan times, or its figures. Never both behind one exchange, or the
        next one would be late."""
        slave = BLANK + self.io.number
        if times:
            request = rtu.read(slave, rtu.READ_HOLDING, MIRROR_READ + bench.SCAN_MIN, len(self.scans))
            self.scans = rtu.registers(request, link.ask(request))
        else:
            request = rtu.read(slave, rtu.READ_INPUT, 0, _FIGURES)
            self.figures = rtu.registers(request, link.ask(request))

    def _next(self, wait_s: float) -> Ask | None:
        with self._lock:
            if self._asked is None and not self._stopping:
                self._lock.wait(wait_s)
            ask, self._asked = self._asked, None
        return ask

    def _fail(self, error: LinkError) -> None:
        was = self.state, self.problem
        if isinstance(error, WrongBoardError):
            self.state = LinkState.REFUSED
        else:
            self.state = LinkState.LOST if self.connections else LinkState.SEARCHING
        self.problem = str(error)
        if was != (self.state, self.problem):
            _log.warning("station %d: %s", self.io.number, self.problem)

    def _wait(self, seconds: float) -> None:
        with self._lock:
            if not self._stopping:
                self._lock.wait(seconds)
