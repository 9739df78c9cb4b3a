"""Port `Board` on the C firmware, in lock-step with the plant: no wall clock, the same run every time.

The host exchanges when the cabinet asks, and in between only often enough to keep the board's watchdog quiet: as no
input edge, no command and no deadline of the board lies between two exchanges, those left out would have changed
nothing. Comparators are the one thing that a board cannot foretell; their crossings are known here, where the signals
come from.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, Final

from hil import bench
from hil.board_process import CRASHED, CYCLES_PER_US, POSTED, RUNNING, Answer, BoardProcess, emulated
from hil.board_process import Terminals as Wires
from hil.board_state import capture, restore, unpack_eeprom
from hil.profile_image import eeprom_image
from hil.rtu import READ_HOLDING, READ_INPUT, Garbled, answer_length, read, read_write, registers, write_register
from protocols.errors import LinkError
from protocols.ports import NEVER, NO_ANSWER, Terminals
from protocols.stations.images import ANDON, DUTY, LEVEL, LIMIT, MARK, OUTPUTS, PROGRAM, SPEED, TARGET, WORD
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import DIAGNOSTICS, MIRROR_READ, MIRROR_WRITE, board_map

EXCHANGE_US: Final = 20_000
#: The board gets its power so long before anything happens to it.
LEAD_US: Final = 20_000
#: An exchange that is not over by then failed.
TIMEOUT_US: Final = 15_000
#: A question beside the exchanges is answered by then.
ASIDE_US: Final = 10_000
HYSTERESIS: Final = 8
BROWN_OUT_MV: Final = 2700
START_UP_US: Final = 65_000
_NO_DUE: Final = 0xFFFFFFFF
_ADDRESS_BASE: Final = 10
_PERIOD: Final = 1 << 32
_LIMITS: Final = (1 << 16 * (LIMIT[3] + 1)) - (1 << 16 * LIMIT[0])
_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED
_PROGRAM: Final = WORD << 16 * PROGRAM
_FIGURES: Final = 21  # input registers 0 to 20
_MODULATED: Final = 0x18  # outputs 3 and 4 have a pulse-width modulator
_READ: Final = bench.DRIVEN + 1

#: Starts the program of a board with this EEPROM file.
Start = Callable[[Path], BoardProcess]


class EmulatedBoard:
    """The board of a station, executed from its C firmware.

    `start` chooses the program, by default the emulator; `every` leaves no exchange out. The board gets its power
    shortly before the first thing that happens to it: one that is fitted to a running line has just been switched on.
    """

    STATE: ClassVar[tuple[str, ...]] = (
        "_carrier", "_origin", "_last_us", "_command", "_due_us", "_counts", "_before", "_linked", "_silent", "outputs",
        "due_us", "_told", "_told_us", "scans", "_times", "exchanges", "position", "_errands", "image",
    )  # fmt: skip

    def __init__(self, io: StationIO, terminals: Terminals, start: Start = emulated, *, every: bool = False) -> None:
        self.io = io
        self.terminals = terminals
        self.every = every
        self._start = start
        self._folder = TemporaryDirectory(prefix="sector7-board-")
        self._eeprom = Path(self._folder.name) / "eeprom.bin"
        self._eeprom.write_bytes(eeprom_image(io))
        self.process = start(self._eeprom)
        self.close = weakref.finalize(self, _close, self.process, self._folder)
        defaults = {tag.name.rsplit(".", 1)[1]: tag.default for tag in board_map(io).tags}
        self.watchdog_us = defaults["watchdog"] * EXCHANGE_US
        self._pause_us = EXCHANGE_US if every else self.watchdog_us - EXCHANGE_US
        self._keep = sum(io.output(name) for name in io.keep)
        self._modulated = io.output(io.modulated) & _MODULATED if io.modulated else 0
        self._wires = Wires()
        self._carrier = 0
        self._origin: int | None = None  # plant time in cycles at which its clock was 0
        self._last_us = -EXCHANGE_US
        self._command = 0
        self._due_us = 0
        self._counts: tuple[int, ...] = (0, 0, 0, 0)
        self._before: tuple[int, ...] = (0, 0, 0, 0)
        self._linked = False
        self._silent = False
        self.outputs = 0
        self.due_us = 0
        self._told: tuple[int, ...] = (0,) * _FIGURES
        self._told_us = -1
        #: Least, mean and longest scan that the firmware measured, us, as of the last look.
        self.scans: tuple[int, ...] = (0, 0, 0)
        self._times = False  # the next look is for the scans
        self.exchanges = 0
        self.position = 0
        self.last: Answer | None = None
        self._errands: list[list[int]] = []
        self._image = ""

    # ---- checkpoints
    @property
    def image(self) -> str:
        """The whole state of its processor and EEPROM."""
        return capture(self.process, self._wires, self._eeprom)

    @image.setter
    def image(self, text: str) -> None:
        self._image = text

    def restored(self) -> None:
        """Called when all of a checkpoint has been read: go on as the board that was saved. Raises ValueError if that
        ran another firmware."""
        self.close()
        self._folder = TemporaryDirectory(prefix="sector7-board-")
        self._eeprom = Path(self._folder.name) / "eeprom.bin"
        unpack_eeprom(self._image, self._eeprom)
        self.process = self._start(self._eeprom)
        self.close = weakref.finalize(self, _close, self.process, self._folder)
        self.last, behind = restore(self._image, self.process, self._wires, self._eeprom)
        if self._origin is not None:
            self._origin += behind
        self._image = ""

    # ---- port Board
    def notice(self, now_us: int, bit: int) -> int:
        """The C firmware finds edges by looking: it must look at the next exchange instant."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def signal_changed(self, now_us: int) -> int:
        """See port `Board`."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US if self._command & _LIMITS else NEVER

    def exchange(self, now_us: int, command: int) -> int:
        """See port `Board`."""
        self._keep_alive(now_us)
        self._silent = False
        self._sense(now_us)
        self._command = command
        status = self._exchange(now_us)
        if status != NO_ANSWER and command & _LIMITS:
            self.due_us = min(self._due_us, self._crossing(now_us, status))
        if self._errands and status != NO_ANSWER:
            self._run_errand()
        return status

    def idle(self, now_us: int, heard_us: int) -> None:
        """See port `Board`: time goes on for the board, and its dead-man decides about the pins."""
        if not self._silent:
            self._keep_alive(heard_us + 1)
            if self._linked and self._last_us < heard_us:
                self._exchange(heard_us)
            self._silent = True
            self.due_us = NEVER
        if self._linked and now_us - heard_us >= self.watchdog_us:
            answer = self._run(now_us, now_us + EXCHANGE_US - 1)
            pins = answer.outputs & ~self._modulated | self.outputs & self._modulated & self._pulsed(answer)
            self.outputs = self.outputs & ~(OUTPUTS | _AXIS) | pins

    def measured(self, channel: int, now_us: int) -> int:
        """See port `Board`."""
        at = max(0, (now_us - 1) // EXCHANGE_US * EXCHANGE_US)
        if self._linked and not self._silent and self._last_us < at:
            self._keep_alive(at)
            self._wires.counts = self._sample(at)
            self._exchange(at)
        return self._counts[channel] if self._last_us <= at else self._before[channel]

    def diagnostics(self) -> dict[str, int]:
        """The board's own figures by the names of the register map, as of the last exchange."""
        if self._linked and not self._silent and self._told_us != self._last_us and self.last is not None:
            self._look(self.last.cycle)
            self._told_us = self._last_us
        words = self._told
        return {
            name: words[address] << 16 | words[address + 1] if kind.words == 2 else words[address]
            for address, name, kind, _, _ in DIAGNOSTICS
        } | {"axis_position": words[6], "reset_cause": words[9]}

    # ---- beside the exchanges
    def _look(self, begin: int) -> None:
        """Ask for what the board says of itself: its figures, or its scan times. Behind an exchange there is time for
        one of them before the next."""
        slave = _ADDRESS_BASE + self.io.number
        if self._times:
            request = read(slave, READ_HOLDING, MIRROR_READ + bench.SCAN_MIN, len(self.scans))
        else:
            request = read(slave, READ_INPUT, 0, _FIGURES)
        answer = self.process.run(begin, begin + ASIDE_US * CYCLES_PER_US, self._wires, request, answer_length(request))
        if self._times:
            self.scans = registers(request, answer.sent)
        else:
            self._told = registers(request, answer.sent)
        self._times = not self._times

    def configure(self, now_us: int, register: int, value: int) -> int:
        """Write a holding register that the board keeps in its EEPROM, where it is stored byte by byte while the
        board works on. It goes out behind the next exchange; returns the instant by which that should take place."""
        self._errands.append([register, value])
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def _run_errand(self) -> None:
        register, value = self._errands.pop(0)
        request = write_register(_ADDRESS_BASE + self.io.number, register, value)
        assert self.last is not None
        begin = self.last.cycle
        answer = self.process.run(begin, begin + ASIDE_US * CYCLES_PER_US, self._wires, request, len(request))
        if answer.sent != request:
            raise self._odd(f"does not take {value} for its register {register} (it sent {answer.sent.hex(' ')})")

    # ---- the terminal face
    @property
    def supply_mv(self) -> int:
        """Supply voltage, mV."""
        return self._wires.supply_mv

    def supply(self, now_us: int, millivolts: int) -> int:
        """The supply voltage changes. Returns the exchange instant by which the board wants to be asked, NEVER if it
        did not notice."""
        was = self._wires.supply_mv
        if (was < BROWN_OUT_MV) == (millivolts < BROWN_OUT_MV) and millivolts >= BROWN_OUT_MV:
            self._wires.supply_mv = millivolts
            return NEVER
        self._keep_alive(now_us)
        self._run(now_us, now_us)
        self._wires.supply_mv = millivolts
        self._run(now_us, now_us)
        if millivolts < BROWN_OUT_MV:
            self._linked = False
            self._command = 0
            self.outputs = 0
            self.due_us = NEVER
            return -(-now_us // EXCHANGE_US) * EXCHANGE_US if was >= BROWN_OUT_MV else NEVER
        return -(-(now_us + START_UP_US) // EXCHANGE_US) * EXCHANGE_US

    # ---- its parts
    def _sense(self, now: int) -> None:
        self._wires.inputs = self.terminals.inputs
        self._wires.counts = self._sample(now)
        self._carrier = self.terminals.carrier

    def _sample(self, now: int) -> tuple[int, ...]:
        counts = tuple(signal.counts(now) for signal in self.terminals.analogs)
        return counts + (0,) * (4 - len(counts))

    def _keep_alive(self, before: int) -> None:
        """Exchanges of the past that the watchdog needs, with everything as it was then."""
        while self._linked and not self._silent and self._last_us + self._pause_us < before:
            first = self._last_us + self._pause_us
            instants = range(first, min(before, first + POSTED * self._pause_us), self._pause_us)
            # all at once: each answer waited for would cost two changes of process
            for now, request in [(now, self._post(now)) for now in instants]:
                self._digest(now, request)

    def _exchange(self, now: int) -> int:
        """One FC23 on the line; answers the status image."""
        return self._digest(now, self._post(now))

    def _post(self, now: int) -> bytes:
        command = self._command
        us = now % _PERIOD
        words = (us >> 16, us & WORD, *(command >> 16 * i & WORD for i in range(9)), self._carrier)
        request = read_write(_ADDRESS_BASE + self.io.number, MIRROR_READ, _READ, MIRROR_WRITE, words)
        begin = self._cycle(now)
        self.process.post(begin, begin + TIMEOUT_US * CYCLES_PER_US, self._wires, request, answer_length(request))
        return request

    def _digest(self, now: int, request: bytes) -> int:
        self.last = answer = self.process.collect()
        self.exchanges += 1
        self._last_us = now
        try:
            read = registers(request, answer.sent)
        except Garbled:
            self._check(answer)
            self.due_us = NEVER
            return NO_ANSWER
        self._linked = True
        self._before, self._counts = self._counts, read[2:6]
        self.position = read[6]
        self.outputs = self._drive(read, answer)
        due = read[7] << 16 | read[8]
        self._due_us = self.due_us = NEVER if due == _NO_DUE else now + due
        return read[0] | read[1] << 16

    def _drive(self, read: tuple[int, ...], answer: Answer) -> int:
        """The command image cut to what reaches the plant: the pins, and what has no pin as the board tells it."""
        said = read[bench.OUTPUTS]
        pins = answer.outputs & OUTPUTS
        if pins != read[bench.DRIVEN]:
            raise self._odd(f"says that it drives outputs {read[bench.DRIVEN]:05b}, its pins show {pins:05b}")
        if self._wires.inputs & 0x40:
            # a modulated output with duty 0 is on without showing it
            pins |= said & self._modulated if not read[bench.DUTY] else 0
        else:
            pins = said & OUTPUTS  # the open safety chain has dropped the pins before the firmware noticed
        pulsed = said & self._modulated
        if pulsed and self._wires.inputs & 0x40 and self._pulsed(answer, read[bench.DUTY]) != pulsed:
            raise self._odd(f"says duty {read[bench.DUTY]}, its modulators have {answer.duty}")
        return (
            pins
            | said & (MARK | ANDON)
            | read[bench.TARGET] << 16 * TARGET
            | read[bench.SPEED] << 16 * SPEED
            | read[bench.DUTY] << 16 * DUTY
            | self._command & _PROGRAM
        )

    def _pulsed(self, answer: Answer, duty: int = -1) -> int:
        """The modulated output while its modulator has `duty` (the present one), 0 otherwise."""
        if not self._modulated:
            return 0
        if duty < 0:
            duty = self.outputs >> 16 * DUTY & WORD
            if not duty:
                return self._keep
        return self._modulated if answer.duty[self._modulated >> 4] == duty else 0

    def _crossing(self, now: int, status: int) -> int:
        """The first exchange instant at which a comparator may have something new."""
        first = NEVER
        for channel, signal in enumerate(self.terminals.analogs):
            limit = self._command >> 16 * LIMIT[channel] & WORD
            if limit:
                on = bool(status & LEVEL[channel])
                at = signal.crossing(limit - HYSTERESIS if on else limit, not on, now + 1)
                first = first if at is None else min(first, at)
        return first if first == NEVER else -(-first // EXCHANGE_US) * EXCHANGE_US

    def _cycle(self, now: int) -> int:
        """The board's cycle at plant time `now`."""
        if self._origin is None:
            self._origin = (now - LEAD_US) * CYCLES_PER_US
        return now * CYCLES_PER_US - self._origin

    def _run(self, begin: int, until: int) -> Answer:
        self.last = self.process.run(self._cycle(begin), self._cycle(until), self._wires)
        return self.last

    def _check(self, answer: Answer) -> None:
        """A board with power that does not answer is broken, and so is the run."""
        if answer.state == CRASHED:
            raise self._odd("its firmware crashed")
        if answer.state == RUNNING and self._linked:
            raise self._odd(f"does not answer (it sent {answer.sent.hex(' ') or 'nothing'})")

    def _odd(self, problem: str) -> LinkError:
        return LinkError(f"board of {self.io.code} ({self.io.name})", f"at {self._last_us} us it {problem}")


def _close(process: BoardProcess, folder: TemporaryDirectory[str]) -> None:
    process.close()
    folder.cleanup()
