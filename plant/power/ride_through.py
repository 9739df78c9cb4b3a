"""How long a sag may last before contactors and drives drop out (SEMI F47 and what is weaker)."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda

#: (permille, us): the voltage may be below the first for as long as the second.
Curve = tuple[tuple[int, int], ...]

#: SEMI F47: 80 % for 1 s, 70 % for 0.5 s, 50 % for 0.2 s; below 50 % one mains cycle.
SEMI_F47: Final[Curve] = ((900, 1_000_000), (800, 500_000), (700, 200_000), (500, 20_000))
#: Ordinary relays and drives without any care.
ORDINARY: Final[Curve] = ((900, 300_000), (800, 80_000), (700, 40_000), (500, 10_000))

NEVER: Final = 1 << 61


class RideThrough:
    """Watches one voltage and tells `dropped` when it has been too low for too long. A limit reached in the very
    instant in which the voltage returns is survived."""

    __slots__ = ("_below", "_curve", "_dropped", "_slot")
    STATE: ClassVar[tuple[str, ...]] = ("_below",)

    def __init__(self, agenda: Agenda, curve: Curve, dropped: Callable[[int], None]) -> None:
        self._curve = curve
        self._dropped = dropped
        self._slot = agenda.slot(self._fire)
        self._below = [NEVER] * len(curve)  # since when the voltage is below each level

    def follow(self, now: int, permille: int) -> None:
        """The voltage changes."""
        below, at = self._below, NEVER
        for i, (level, allowed) in enumerate(self._curve):
            if permille >= level:
                below[i] = NEVER
            else:
                below[i] = min(below[i], now)
                at = min(at, max(now, below[i] + allowed))
        if at < NEVER:
            self._slot.arm(at)
        else:
            self._slot.cancel()

    def _fire(self, now: int) -> None:
        self._dropped(now)
