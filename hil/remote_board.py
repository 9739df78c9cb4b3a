"""Port `Board` on a board that somebody else polls: the last status it told, the commands that it is to be given.

Nothing here waits or knows a clock. Whoever polls takes images from `outbox`, calls `heard` with what the device told
and `silent` when it has told nothing for too long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import ClassVar, Final

from protocols.ports import NO_ANSWER
from protocols.stations.images import DEVICE, OUTPUTS, PROGRAM, SPEED, TARGET, WORD
from protocols.stations.station_io import StationIO

EXCHANGE_US: Final = 20_000
#: Command images that wait to be written: more than a poll can miss, so that no pulse gets lost.
_WAITING: Final = 16
_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED
#: Command words that reach the plant beside the coils.
_WORDS: Final = (1 << 16 * (PROGRAM + 1)) - (1 << 16)


def _nobody() -> None:
    pass


class RemoteBoard:
    """The plant's end of a remote board.

    Its outputs are the device's coils as they were read; when it falls silent, those declared safe. `wake` is called
    when there is a new command to write.
    """

    STATE: ClassVar[tuple[str, ...]] = ("outputs", "due_us", "command", "axis", "_status", "_coils", "_counts")

    def __init__(self, io: StationIO) -> None:
        self.io = io
        self.outputs = 0
        self.due_us = 0
        self.watchdog_us = 5 * EXCHANGE_US
        self.command = 0
        self.outbox: deque[int] = deque(maxlen=_WAITING)
        self.wake: Callable[[], None] = _nobody
        self.axis = 0
        self.polls = 0
        self.losses = 0
        self._status = NO_ANSWER
        self._coils = 0
        self._counts: tuple[int, ...] = (0, 0, 0, 0)
        self._keep = sum(io.output(name) for name in io.keep)

    # ---- the side that polls
    @property
    def present(self) -> bool:
        """True while the device tells its status."""
        return self._status != NO_ANSWER

    @property
    def told(self) -> tuple[int, int, tuple[int, ...], int] | None:
        """What `heard` was told last; None if the device is silent."""
        return (self._status, self._coils, self._counts, self.axis) if self.present else None

    def heard(self, status: int, coils: int, counts: tuple[int, ...], axis: int) -> None:
        """The device's status image, its coils, analogue counts and axis position."""
        self._status, self._coils, self._counts, self.axis = status, coils, counts, axis
        self.polls += 1

    def silent(self) -> None:
        """It has told nothing for too long."""
        if self._status != NO_ANSWER:
            self._status = NO_ANSWER
            self.losses += 1

    # ---- port Board
    def exchange(self, now_us: int, command: int) -> int:
        """See port `Board`: hands the command over and returns what was heard last."""
        self.due_us = now_us + EXCHANGE_US  # the device may tell something new at any time
        if command != self.command:
            self.command = command
            self.outbox.append(command)
            self.wake()
        if self._status != NO_ANSWER:
            self.outputs = self._coils & DEVICE | command & _WORDS
        return self._status

    def idle(self, now_us: int, heard_us: int) -> None:
        """See port `Board`: the plant's actuators go to what is declared safe, as the device's own watchdog has it."""
        self.due_us = now_us + EXCHANGE_US
        self.outputs = self.outputs & ~(OUTPUTS | _AXIS) | self.outputs & self._keep

    def notice(self, now_us: int, bit: int) -> int:
        """See port `Board`: inputs come from the device, not from the plant's terminals."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def signal_changed(self, now_us: int) -> int:
        """See port `Board`: so do measurements."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def measured(self, channel: int, now_us: int) -> int:
        """See port `Board`."""
        return self._counts[channel]
