"""The public mains: its voltage as a share of nominal, with sags of any shape and outages."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda

NOMINAL_V: Final = 400
FREQUENCY_CHZ: Final = 5000

#: A sag: (remaining voltage in permille, us), one after the other; afterwards the voltage is nominal again.
Shape = tuple[tuple[int, int], ...]


class Mains:
    """`changed` is told (now) at every change of the voltage. A sag that begins in another one replaces it; during an
    outage there is no voltage whatever the sag says."""

    STATE: ClassVar[tuple[str, ...]] = ("failed", "tripped", "held", "_level", "_course")

    def __init__(self, agenda: Agenda, changed: Callable[[int], None]) -> None:
        self._changed = changed
        self._slot = agenda.slot(self._next)
        self.failed = False
        self.tripped = False
        #: Injection: the voltage is no higher than this, permille.
        self.held = 1100
        self._level = 1000
        self._course: list[list[int]] = []

    @property
    def permille(self) -> int:
        """The voltage now, in permille of nominal."""
        return 0 if self.failed or self.tripped else min(self._level, self.held)

    def sag(self, now: int, shape: Shape) -> None:
        """The voltage takes a course of steps (each 0..1100 permille, longer than nothing) and is then nominal."""
        for permille, us in shape:
            if not 0 <= permille <= 1100 or us <= 0:
                raise ValueError(f"a sag of {permille} permille for {us} us: 0..1100 permille and more than 0 us")
        self._course = [list(step) for step in shape]
        self._next(now)

    def fail(self, now: int) -> None:
        """An outage begins."""
        self.failed = True
        self._changed(now)

    def mend(self, now: int) -> None:
        """The outage ends."""
        self.failed = False
        self._changed(now)

    def cut(self, now: int, tripped: bool) -> None:
        """Injection: no voltage from now on, or as it would be without it."""
        if tripped != self.tripped:
            self.tripped = tripped
            self._changed(now)

    def hold_down(self, now: int, permille: int) -> None:
        """Injection: from now on the voltage is no higher than `permille` (1100: as it would be without it)."""
        if permille != self.held:
            self.held = permille
            self._changed(now)

    def _next(self, now: int) -> None:
        if self._course:
            self._level, us = self._course.pop(0)
            self._slot.arm(now + us)
        else:
            self._level = 1000
            self._slot.cancel()
        self._changed(now)
