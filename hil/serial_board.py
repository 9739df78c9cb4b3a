"""Port `Board` on a real board at a serial port: what it told last, and what it is to be asked next.

One exchange (FC23) per grid instant, made by the board's worker while the plant goes on: the answer to the request of
one instant is wanted at the next. If it has not been told by then, the last one holds and nothing new is asked. What
comes in from the wall clock's side comes between two runs of the plant, so that it can be told again without a board:
an answer (`heard`), and whether the board is lost, which its worker judges (`hear`).

What a held or older answer says of a command that the board has not answered yet is taken out of it: an axis that has a
new target is not in position, a comparator with a new limit is off, as the board itself begins with.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from typing import ClassVar, Final

from hil import bench
from hil.board_worker import Ask, BoardWorker, Reply
from hil.rtu import read_write
from hil.twin import DIGITAL, Twin
from protocols.ports import NO_ANSWER, Terminals
from protocols.stations.images import ANDON, IN_POSITION, LEVEL, LIMIT, MARK, OUTPUTS, PROGRAM, SPEED, TARGET, WORD
from protocols.stations.images import DUTY as DUTY_WORD
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import DIAGNOSTICS, MIRROR_READ, MIRROR_WRITE

_log = logging.getLogger("sector7.boards.kinds")

EXCHANGE_US: Final = 20_000
_READ: Final = bench.DRIVEN + 1
_PERIOD: Final = 1 << 32
_ADDRESS_BASE: Final = 10
#: Commands that wait for a board that is late: more than a watchdog's worth is never needed.
_WAITING: Final = 16
_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED
_SUPPLIED: Final = 0x8000  # in a word of counts: the host supplies this channel
_ALL_INPUTS: Final = 0x7F


@dataclass(frozen=True, slots=True)
class SerialAnswer:
    """What a board told: status image without LINK, outputs image, analogue counts, axis position, and the command
    image that it answers."""

    status: int
    outputs: int
    counts: tuple[int, ...]
    axis: int
    command: int


class SerialBoard:
    """The plant's end of a real board.

    `pins` are the channels with a real sensor (bits 0 to 5 the inputs, 6 the safety chain, 7 to 10 the analogue
    inputs); the others are supplied from the plant's `terminals`, so that a bare board closes the loop. Without a
    worker (a plant that repeats what was) nothing is asked, and what was told holds.
    """

    STATE: ClassVar[tuple[str, ...]] = ("outputs", "due_us", "command", "present", "axis", "_counts", "_told")
    DERIVED: ClassVar[tuple[str, ...]] = ("worker",)

    def __init__(self, io: StationIO, terminals: Terminals, pins: int = 0, watchdog: int = 5) -> None:
        self.io = io
        self.terminals = terminals
        self.twin = Twin(pins)
        self.worker: BoardWorker | None = None
        self.watchdog_us = watchdog * EXCHANGE_US
        self.outputs = 0
        self.due_us = 0
        self.command = 0
        #: True between the events "connected" and "lost".
        self.present = False
        #: Grid instants at which the answer to the last request had not been told yet.
        self.late = 0
        self.axis = 0
        self._supplied = _ALL_INPUTS & ~pins
        self._commands: deque[int] = deque(maxlen=_WAITING)
        self._waiting = False  # for the answer to the last request
        self._counts: tuple[int, ...] = (0, 0, 0, 0)
        #: The fields of the last answer, as they are saved.
        self._told: tuple[int, int, tuple[int, ...], int, int] | None = None
        self._keep = sum(io.output(name) for name in io.keep)

    # ---- what is told from outside
    def hear(self, alive: bool) -> None:
        """The event from the wall clock's side: the board is there, or lost. What it told before counts no more."""
        self.present = alive
        self._waiting = False
        self._told = None
        self._commands.clear()

    def heard(self, answer: SerialAnswer) -> None:
        """The answer to the last request; it counts from the next exchange on."""
        self._told = answer.status, answer.outputs, answer.counts, answer.axis, answer.command
        self._waiting = False

    def again(self) -> None:
        """The answer to the last request got lost on its way: ask anew."""
        self._waiting = False

    @property
    def told(self) -> SerialAnswer | None:
        """The answer that it was told last, None if there is none since it was found."""
        return None if self._told is None else SerialAnswer(*self._told)

    def answer(self, now_us: int, reply: Reply) -> SerialAnswer:
        """What a reply says; the real sensors in it are compared with the plant's."""
        words, ask = reply.words, reply.ask
        outputs = (
            words[bench.OUTPUTS] & (OUTPUTS | MARK | ANDON)
            | words[bench.TARGET] << 16 * TARGET
            | words[bench.SPEED] << 16 * SPEED
            | words[bench.DUTY] << 16 * DUTY_WORD
            | ask.command & WORD << 16 * PROGRAM
        )  # fmt: skip
        if self.twin.pins and (news := self.twin.compare(now_us, ask.inputs, words[0], ask.counts, words[2:6])):
            for name, channel in self.io.sensors.items():
                if news >> channel & 1:
                    _log.info("station %d: %s differs from the plant's", self.io.number, name)
        return SerialAnswer(words[0] | words[1] << 16, outputs, words[2:6], words[6], ask.command)

    # ---- port Board
    def exchange(self, now_us: int, command: int) -> int:
        """See port `Board`: takes over what it was told, and makes a new request if the last one is answered."""
        self.due_us = now_us + EXCHANGE_US  # the board may tell something new at any time
        if command != self.command:
            self.command = command
            self._commands.append(command)
        if not self.present:
            return NO_ANSWER
        if self._waiting:
            self.late += 1
        elif self.worker is not None:
            self._waiting = True
            self.worker.ask(self._ask(now_us))
        if self._told is None:
            return NO_ANSWER
        status, self.outputs, self._counts, self.axis, answered = self._told
        return _as_answer(status, command ^ answered)

    def idle(self, now_us: int, heard_us: int) -> None:
        """See port `Board`: the plant's actuators go to what is declared safe, as the board's dead-man has it."""
        self.due_us = now_us + EXCHANGE_US
        self.outputs = self.outputs & ~(OUTPUTS | _AXIS) | self.outputs & self._keep

    def notice(self, now_us: int, bit: int) -> int:
        """See port `Board`: a changed input goes out with the next exchange."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def signal_changed(self, now_us: int) -> int:
        """See port `Board`: so does a measurement."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def measured(self, channel: int, now_us: int) -> int:
        """See port `Board`."""
        return self._counts[channel]

    def diagnostics(self) -> dict[str, int]:
        """The board's own figures by the names of the register map, as of the last second."""
        if self.worker is None:
            return {}
        words = self.worker.figures
        return {
            name: words[address] << 16 | words[address + 1] if kind.words == 2 else words[address]
            for address, name, kind, _, _ in DIAGNOSTICS
        } | {"axis_position": self.axis, "reset_cause": words[9]}

    @property
    def scans(self) -> tuple[int, ...]:
        """Least, mean and longest scan that the board measured, us; zeros while nobody asked it."""
        return self.worker.scans if self.worker is not None else (0, 0, 0)

    # ---- its parts
    def _ask(self, now: int) -> Ask:
        command = self._commands.popleft() if self._commands else self.command
        terminals = self.terminals
        inputs = terminals.inputs
        counts = tuple(signal.counts(now) for signal in terminals.analogs)
        counts += (0,) * (4 - len(counts))
        pins = self.twin.pins >> DIGITAL
        us = now % _PERIOD
        words = (
            us >> 16, us & WORD, *(command >> 16 * i & WORD for i in range(9)), terminals.carrier,
            self._supplied << 8 | inputs & self._supplied,
            *(0 if pins >> i & 1 else _SUPPLIED | value for i, value in enumerate(counts)),
        )  # fmt: skip
        request = read_write(_ADDRESS_BASE + self.io.number, MIRROR_READ, _READ, MIRROR_WRITE, words)
        return Ask(now, request, command, inputs, counts)


def _as_answer(status: int, news: int) -> int:
    """A status as far as it can be an answer to a command that differs in `news` from the one it answers."""
    if news & _AXIS:
        status &= ~IN_POSITION
    if news:
        for limit, level in zip(LIMIT, LEVEL, strict=True):
            if news >> 16 * limit & WORD:
                status &= ~level
    return status
