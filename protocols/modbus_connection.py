"""One client of the Modbus server: cuts the byte stream into requests and answers them in order.

A connection never gets more than a slice of the loop at a time, is not read from while it does not take its answers,
and is closed when it talks nonsense or says nothing for too long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pymodbus.server.requesthandler import ServerRequestHandler

from protocols.modbus_framing import BROKEN, HEADER, INCOMPLETE, frame_end, framed
from protocols.modbus_log import LimitedLog

#: Requests answered before others get their turn (about half a millisecond).
SLICE = 32


@dataclass
class ServerCounters:
    """What the server has done since it was made; `clients` is how many are connected now."""

    requests: int = 0
    exceptions: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    clients: int = 0
    connections: int = 0
    connections_refused: int = 0
    broken_frames: int = 0
    idle_closed: int = 0


@dataclass
class Shared:
    """What all connections of one server have in common.

    `answer(unit, pdu, who)` gives the answer PDU; `max_clients` and `idle_timeout_s` limit what clients may occupy.
    """

    answer: Callable[[int, bytes, str], bytes]
    log: LimitedLog
    max_clients: int
    idle_timeout_s: float
    counters: ServerCounters = field(default_factory=ServerCounters)
    connections: set[Connection] = field(default_factory=set)


class Connection(ServerRequestHandler):
    """The server's end of one TCP connection."""

    def __init__(self, listener: Any, shared: Shared) -> None:
        super().__init__(listener, None, None, None)  # type: ignore[no-untyped-call]
        self.who = "unknown"
        #: Done when the connection is gone.
        self.gone: asyncio.Future[None] = self.loop.create_future()
        self._shared = shared
        self._wire: asyncio.Transport | None = None
        self._stream = b""
        self._clogged = False
        self._more = False
        self._last_request = self.loop.time()
        self._idle_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: a client has connected."""
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)
        self.who = _name(transport.get_extra_info("peername"))
        shared = self._shared
        if len(shared.connections) >= shared.max_clients:
            shared.counters.connections_refused += 1
            shared.log.note("client refused", f"{self.who}: {shared.max_clients} clients are connected already")
            transport.abort()
            return
        self._wire = transport
        shared.connections.add(self)
        shared.counters.connections += 1
        shared.counters.clients = len(shared.connections)
        self._watch_idle()

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the connection is closed, by whichever side."""
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        self._wire = None
        self._shared.connections.discard(self)
        self._shared.counters.clients = len(self._shared.connections)
        if not self.gone.done():
            self.gone.set_result(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came in, cut anywhere."""
        self._shared.counters.bytes_in += len(data)
        self._stream += data
        if not self._more:
            self._serve()

    def pause_writing(self) -> None:
        """asyncio: the client does not take its answers. It gets no further ones until it does."""
        self._clogged = True
        self._set_reading()

    def resume_writing(self) -> None:
        """asyncio: the client has taken enough of its answers."""
        self._clogged = False
        if not self._more:
            self._serve()

    def drop(self) -> None:
        """Close at once, without waiting for what is still to be sent."""
        if self._wire is not None:
            self._wire.abort()

    def _serve(self) -> None:
        """Answer the complete requests received so far, at most a slice of them, with one write."""
        self._more = False
        if self._wire is None or self._wire.is_closing():
            return
        stream, start = self._stream, 0
        answers: list[bytes] = []
        end = INCOMPLETE
        if not self._clogged:
            while (end := frame_end(stream, start)) > 0:
                if len(answers) == SLICE:
                    self._more = True
                    self.loop.call_soon(self._serve)
                    break
                pdu = self._shared.answer(stream[start + HEADER], stream[start + HEADER + 1 : end], self.who)
                self._shared.counters.exceptions += pdu[0] >> 7
                answers.append(framed(stream, start, pdu))
                start = end
        self._stream = stream[start:]
        if answers:
            self._last_request = self.loop.time()
            self._shared.counters.requests += len(answers)
            output = b"".join(answers)
            self._shared.counters.bytes_out += len(output)
            self._wire.write(output)
        if end == BROKEN:
            self._shared.counters.broken_frames += 1
            header = self._stream[:HEADER].hex(" ")
            self._shared.log.note("client dropped", f"{self.who}: no Modbus TCP frame begins with {header}")
            self._stream = b""
            self._wire.close()  # after the answers that were due before
            return
        self._set_reading()

    def _set_reading(self) -> None:
        if self._wire is None:
            return
        if self._clogged or self._more:
            self._wire.pause_reading()
        else:
            self._wire.resume_reading()

    def _watch_idle(self) -> None:
        """Runs when the timeout would be over if no request had come since it was set."""
        rest = self._last_request + self._shared.idle_timeout_s - self.loop.time()
        if rest > 0:
            self._idle_timer = self.loop.call_later(rest, self._watch_idle)
            return
        self._shared.counters.idle_closed += 1
        self._shared.log.note("client dropped", f"{self.who}: no request for {self._shared.idle_timeout_s:g} s")
        self.drop()


def _name(peer: Any) -> str:
    """A socket address as people write it."""
    if not isinstance(peer, tuple):
        return "unknown"
    host, port = peer[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
