"""Real boards, and whatever looks like one behind a serial port: brought to the state after a start without a reset.

The inputs are supplied by the host, so no terminal needs a wire. The board is made the board of each vector's station
in turn and gets its own profile back at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from hil import bench
from hil.profile_image import profile_words
from protocols.errors import LinkError
from protocols.ports import NEVER
from protocols.stations.images import (
    ACKNOWLEDGE,
    IN_POSITION,
    OUTPUTS,
    SAFE_STATE,
    SAFETY_OK,
    SPEED,
    TRIPPED,
    WORD,
    put,
)
from protocols.stations.station_io import StationIO
from sector7.board_check.bench_line import BenchLine
from sector7.board_check.specimen import Drive, Seen, Unfit
from sector7.board_check.vector import EXCHANGE_US

_NO_DUE: Final = 0xFFFFFFFF
#: Longer than every watchdog (50 exchanges at most).
_LONG_US: Final = 60 * EXCHANGE_US
#: The longest way of an axis at full speed takes less.
_HOMING_US: Final = 60_000_000
#: Starts and histories that were interrupted are repeated so many times.
_REPETITIONS: Final = 5
_HOME: Final = ACKNOWLEDGE | put(WORD, SPEED)


class SerialSpecimen:
    """A specimen (see `Specimen`).

    What a board does is a function of its exchanges. So when this machine was interrupted for longer than the board's
    dead-man waits, nothing is lost: the board is brought to its start and told all exchanges again.
    """

    def __init__(self, target: SerialTarget, io: StationIO, first: Drive) -> None:
        self.io = io
        self.line = target.line
        self.words: tuple[int, ...] = ()
        self._target = target
        self._first = first
        self._told: list[tuple[int, Drive, int, int]] = []
        self._modulated = io.output(io.modulated) if io.modulated else 0
        self.line.longest_s()
        self._base_us = target.start(io, first)

    def exchange(self, now_us: int, drive: Drive, carrier: int = 0) -> Seen:
        """See `Specimen`."""
        seen = self._exchange(now_us, drive, carrier)
        if self._interrupted(seen, drive):
            seen = self._again(now_us, drive, carrier)
        self._told.append((now_us, drive, carrier, seen.status))
        return seen

    def silence(self, now_us: int, drive: Drive) -> Seen | None:
        """See `Specimen`: over the line nobody can see what a silent line does."""
        return None

    def as_wired(self, now_us: int) -> tuple[int, ...]:
        """An exchange with the inputs as they are at the terminals; the words of `hil.bench`."""
        return self._target.exchange(self._base_us + now_us, Drive(), supplied=False)

    def _exchange(self, now_us: int, drive: Drive, carrier: int) -> Seen:
        self.words = read = self._target.exchange(self._base_us + now_us, drive, carrier)
        due = read[7] << 16 | read[8]
        outputs = read[bench.OUTPUTS] & OUTPUTS
        return Seen(
            status=read[0],
            outputs=self._terminals(outputs, read),
            position=read[6],
            target=read[bench.TARGET],
            speed=read[bench.SPEED],
            duty=read[bench.DUTY],
            due_us=NEVER if due == _NO_DUE else now_us + due,
            counts=tuple(read[2 : 2 + len(self.io.analogs)]),
        )

    def _interrupted(self, seen: Seen, drive: Drive) -> bool:
        """Whether the board's dead-man may have fired. If it has, the board is in its safe state, or this exchange has
        just acknowledged it."""
        suspicious = seen.status & SAFE_STATE or drive.acknowledge
        return bool(suspicious) and self.line.longest_s() >= self.line.watchdog_s

    def _again(self, now_us: int, drive: Drive, carrier: int) -> Seen:
        for _ in range(_REPETITIONS):
            self._base_us = self._target.start(self.io, self._first)
            if all(self._exchange(now, done, tag).status == status for now, done, tag, status in self._told):
                seen = self._exchange(now_us, drive, carrier)
                if not self._interrupted(seen, drive):
                    return seen
        raise LinkError(self.line.url, "does not do the same again", "this machine is too busy, or the board restarts")

    def _terminals(self, outputs: int, read: tuple[int, ...]) -> int:
        """The pins; a modulated output with duty 0 is on without showing it, and with its own safety chain open a
        board drives only what is declared safe, whatever its program says."""
        if not self.line.chain_closed:
            return outputs
        hidden = outputs & self._modulated if not read[bench.DUTY] else 0
        return read[bench.DRIVEN] | hidden


class SerialTarget:
    """The board behind a port (see `Target`)."""

    def __init__(self, url: str, station: int | None = None) -> None:
        self.name = url
        self.line = BenchLine(url, station)
        self.pause_us = 4 * EXCHANGE_US
        self._now = 0
        self._debounce = 0
        self._own = self.line.profile()

    @property
    def station(self) -> int:
        """The station whose board it is; 0 if it is nobody's."""
        return self._own[0] & 0xFF

    @contextmanager
    def fit(self, io: StationIO, first: Drive) -> Iterator[SerialSpecimen]:
        """See `Target`: the same board, brought to the state after a start."""
        try:
            yield SerialSpecimen(self, io, first)
        finally:
            self.line.drop()

    def start(self, io: StationIO, first: Drive) -> int:
        """Everything as after a start; answers the instant of the board's clock at which the first exchange is due."""
        for _ in range(_REPETITIONS):
            self.line.longest_s()
            try:
                return self._start(io, first)
            except LinkError:
                if self.line.longest_s() < self.line.watchdog_s:
                    raise
        return self._start(io, first)

    def exchange(self, now_us: int, drive: Drive, carrier: int = 0, *, supplied: bool = True) -> tuple[int, ...]:
        """One exchange at an instant of the board's clock."""
        self._now = now_us
        return self.line.exchange(now_us, drive, carrier, supplied=supplied)

    def assign(self, io: StationIO) -> None:
        """Make it the board of that station for good."""
        self._own = profile_words(io)
        self._give_back()

    def close(self) -> None:
        """See `Target`: the board gets back the profile it came with."""
        try:
            self._give_back()
        except LinkError as error:
            remedy = f"afterwards: sector7 boards assign PORT {self.station}" if self.station else ""
            raise LinkError(self.name, f"could not be given its profile back: {error.problem}", remedy) from error
        finally:
            self.line.close()

    # ---- its parts
    def _step(self, drive: Drive, us: int = EXCHANGE_US) -> tuple[int, ...]:
        self._now += us
        return self.line.exchange(self._now, drive)

    def _give_back(self) -> None:
        if self.line.profile() != self._own:
            self._trip()
            self.line.configure(self._own)

    def _trip(self) -> tuple[int, ...]:
        """Exchanges so far apart that the board's watchdog expires; everything off."""
        self._step(Drive())
        return self._step(Drive(), _LONG_US)

    def _start(self, io: StationIO, first: Drive) -> int:
        """Everything as after a boot: axis at 0, nothing on, tripped without a watchdog trip, inputs debounced."""
        own, words = self.line.profile(), profile_words(io)
        self._home(own)
        if own != words:
            self._trip()
            self.line.configure(words)
            self._home(words)
        self._regulator_at_rest(io)
        self._look_at_the_chain()
        # a trip by the safety chain is not one by the watchdog; an acknowledge that is there from the start is no edge
        for drive in (Drive(0, command=_HOME), Drive(0), Drive(0, command=first.acknowledge)):
            self._settle(drive)
        read = self._settle(Drive(first.inputs, first.counts, first.acknowledge))
        if not read[0] & TRIPPED or read[0] & SAFE_STATE or read[6]:
            raise LinkError(self.name, f"is not as after a start (status {read[0]:04X})", "press its reset button")
        return self._now + EXCHANGE_US

    def _home(self, profile: tuple[int, ...]) -> None:
        """Bring the axis to 0 and acknowledge. Only a board that knows the axis can."""
        self.line.watchdog_s = profile[6] * EXCHANGE_US / 1e6
        self.pause_us = (profile[6] - 1) * EXCHANGE_US
        self._debounce = -(-profile[5] * 1000 // EXCHANGE_US) + 1
        self._trip()
        read = self._settle(Drive())
        read = self._step(Drive(command=_HOME))
        end = self._now + _HOMING_US
        while not read[0] & IN_POSITION:
            if read[0] & TRIPPED or self._now > end:
                raise LinkError(self.name, f"does not bring its axis to 0 (status {read[0]:04X})", "reset it")
            read = self._step(Drive(command=_HOME), self.pause_us)

    def _settle(self, drive: Drive) -> tuple[int, ...]:
        """So many exchanges that every input is debounced."""
        read: tuple[int, ...] = ()
        for _ in range(self._debounce):
            read = self._step(drive)
        return read

    def _look_at_the_chain(self) -> None:
        """Whether the safety input itself is closed: only then do the pins show what the program wants."""
        for _ in range(self._debounce):
            self._now += EXCHANGE_US
            read = self.line.exchange(self._now, Drive(command=_HOME), supplied=False)
            self.line.chain_closed = bool(read[0] & SAFETY_OK)

    def _regulator_at_rest(self, io: StationIO) -> None:
        """A regulator that has run since the board's start remembers it, and only a reset makes it forget."""
        if io.modulated != "heater":
            return
        remembered = self._step(Drive(command=_HOME | io.output(io.modulated)))[bench.DUTY]
        self._step(Drive(command=_HOME))
        if remembered:
            raise Unfit("the board's regulator has been on since its last start: press the reset button and repeat")
