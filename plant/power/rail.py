"""A cabinet's 24 V supply and the 5 V rail of its board behind it: hold-up time, decay and restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda

RAIL_MV: Final = 5000
#: Levels at which a microcontroller notices: its brown-out detector and its power-on reset (ATmega328P).
BROWN_OUT_MV: Final = 2700
POWER_ON_MV: Final = 1100
#: How fast the rail falls when the hold-up time is over, mV per ms.
_DECAY: Final = 50
_TO_BROWN_OUT_US: Final = (RAIL_MV - BROWN_OUT_MV) * 1000 // _DECAY + 20
_TO_POWER_ON_US: Final = (RAIL_MV - POWER_ON_MV) * 1000 // _DECAY + 20

#: What the rail is: up (or living on its hold-up time), browned out, dead, coming up again.
UP, LOW, DEAD, RISING = range(4)

Told = Callable[[int, int], None]


def _nobody(now: int, millivolts: int) -> None:
    pass


class Rail:
    """While the input is at least `lowest` (permille of nominal) the rail has 5 V. Below that it holds for
    `hold_up_us` and then falls. An input that returns before the rail is dead brings it back at once; a dead supply
    takes `start_us` to start.

    `told` hears (now, millivolts) when the rail passes a level that its board notices.
    """

    __slots__ = ("_hold_up_us", "_since", "_slot", "_start_us", "fed", "lowest", "phase", "told")
    STATE: ClassVar[tuple[str, ...]] = ("fed", "phase", "_since")

    def __init__(self, agenda: Agenda, *, lowest: int, hold_up_us: int, start_us: int) -> None:
        self.lowest = lowest
        self._hold_up_us = hold_up_us
        self._start_us = start_us
        self._slot = agenda.slot(self._fire)
        self.told: Told = _nobody
        self.fed = True
        self.phase = UP
        self._since = 0  # when the input went away

    def input(self, now: int, permille: int) -> None:
        """The voltage at the supply's input changes."""
        fed = permille >= self.lowest
        if fed == self.fed:
            return
        self.fed = fed
        if not fed:
            if self.phase == UP:
                self._since = now
                self._slot.arm(now + self._hold_up_us + _TO_BROWN_OUT_US)
            elif self.phase == RISING:
                self.phase = DEAD
                self._slot.cancel()
        elif self.phase == DEAD:
            self.phase = RISING
            self._slot.arm(now + self._start_us)
        else:
            self._slot.cancel()
            if self.phase == LOW:
                self._up(now)

    def millivolts(self, now: int) -> int:
        """The board's supply voltage at `now`."""
        if self.phase in (DEAD, RISING) or (self.fed and self.phase == UP):
            return RAIL_MV if self.phase == UP else 0
        fallen = max(0, now - self._since - self._hold_up_us) * _DECAY // 1000
        return max(0, RAIL_MV - fallen)

    def _up(self, now: int) -> None:
        self.phase = UP
        self.told(now, RAIL_MV)

    def _fire(self, now: int) -> None:
        if self.phase == RISING:
            self._up(now)
            return
        self.phase += 1
        if self.phase == LOW:
            self._slot.arm(self._since + self._hold_up_us + _TO_POWER_ON_US)
        self.told(now, BROWN_OUT_MV - 1 if self.phase == LOW else 0)
