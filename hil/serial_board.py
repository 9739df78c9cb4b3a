"""Port `Board` on a real board at a serial port: what it told last, and what it is to be asked next.

One exchange (FC23) per grid instant, made by the board's worker while the plant goes on: the answer to the request of
one instant is looked for at the next. If it is not there yet, the last one holds and nothing new is asked. Whether
the board is lost is judged by the worker in wall time and comes here as an event (`hear`).

What a held or older answer says of a command that the board has not answered yet is taken out of it: an axis that has a
new target is not in position, a comparator with a new limit is off, as the board itself begins with.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import Final

from hil import bench
from hil.board_worker import Ask, BoardWorker, Reply
from hil.rtu import read_write
from hil.twin import DIGITAL, Twin
from protocols.images import ANDON, IN_POSITION, LEVEL, LIMIT, MARK, OUTPUTS, PROGRAM, SPEED, TARGET, WORD
from protocols.images import DUTY as DUTY_WORD
from protocols.ports import NO_ANSWER, Terminals
from protocols.station_io import StationIO
from protocols.station_map import DIAGNOSTICS, MIRROR_READ, MIRROR_WRITE

_log = logging.getLogger("sector7.boards")

EXCHANGE_US: Final = 20_000
_READ: Final = bench.DRIVEN + 1
_PERIOD: Final = 1 << 32
_ADDRESS_BASE: Final = 10
#: Commands that wait for a board that is late: more than a watchdog's worth is never needed.
_WAITING: Final = 16
_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED
_SUPPLIED: Final = 0x8000  # in a word of counts: the host supplies this channel
_ALL_INPUTS: Final = 0x7F


class SerialBoard:
    """The plant's end of a real board.

    `pins` are the channels with a real sensor (bits 0 to 5 the inputs, 6 the safety chain, 7 to 10 the analogue
    inputs); the others are supplied from the plant's `terminals`, so that a bare board closes the loop. Without a
    worker (a plant that was restored and is not served) it is a board that does not answer.
    """

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
        #: Grid instants at which the answer to the last request was not there yet.
        self.late = 0
        self.axis = 0
        self._supplied = _ALL_INPUTS & ~pins
        self._commands: deque[int] = deque(maxlen=_WAITING)
        self._waiting = False
        self._status = NO_ANSWER
        self._answered = 0  # the command of the answer that `_status` is
        self._counts: tuple[int, ...] = (0, 0, 0, 0)
        self._keep = sum(io.output(name) for name in io.keep)

    def hear(self, alive: bool) -> None:
        """The event from the wall clock's side: the board is there, or lost."""
        self.present = alive
        self._waiting = False
        self._status = NO_ANSWER
        self._commands.clear()

    # ---- port Board
    def exchange(self, now_us: int, command: int) -> int:
        """See port `Board`: fetches the answer to the last request and makes a new one."""
        self.due_us = now_us + EXCHANGE_US  # the board may tell something new at any time
        if command != self.command:
            self.command = command
            self._commands.append(command)
        if not self.present or self.worker is None:
            return NO_ANSWER
        reply = self.worker.take()
        if reply is not None:
            self._digest(now_us, reply)
        elif self._waiting:
            self.late += 1
            return self._told(command)
        self._waiting = True
        self.worker.ask(self._ask(now_us))
        return self._told(command)

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

    # ---- its parts
    def _told(self, command: int) -> int:
        """The status as far as it can be an answer to `command`."""
        status = self._status
        news = command ^ self._answered
        if news and status != NO_ANSWER:
            if news & _AXIS:
                status &= ~IN_POSITION
            for limit, level in zip(LIMIT, LEVEL, strict=True):
                if news >> 16 * limit & WORD:
                    status &= ~level
        return status

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

    def _digest(self, now: int, reply: Reply) -> None:
        words, ask = reply.words, reply.ask
        self._status = words[0] | words[1] << 16
        self._answered = ask.command
        self._counts = words[2:6]
        self.axis = words[6]
        self.outputs = (
            words[bench.OUTPUTS] & (OUTPUTS | MARK | ANDON)
            | words[bench.TARGET] << 16 * TARGET
            | words[bench.SPEED] << 16 * SPEED
            | words[bench.DUTY] << 16 * DUTY_WORD
            | ask.command & WORD << 16 * PROGRAM
        )  # fmt: skip
        if self.twin.pins and (news := self.twin.compare(now, ask.inputs, words[0], ask.counts, self._counts)):
            for name, channel in self.io.sensors.items():
                if news >> channel & 1:
                    _log.info("station %d: %s differs from the plant's", self.io.number, name)
