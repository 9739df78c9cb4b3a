"""When machines fail: a clock that runs out, in calendar time or only while the machine works."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from plant.agenda import Agenda

Draw = Callable[[], int]
Told = Callable[[int], None]


class Failure:
    """A failure clock. `draw` gives the time to the next failure (us); `strikes` is told when it has run out.

    After a failure the clock stands until `mended`. Between `rest` and `work` it stands too, so a caller that never
    calls them has calendar-time failures, one that does has operation-dependent ones (ISO 22400: MTBF counts
    operating time).
    """

    __slots__ = ("_draw", "_left", "_slot", "_strikes", "failed", "failures", "working")
    STATE: ClassVar[tuple[str, ...]] = ("failed", "failures", "working", "_left")

    def __init__(self, agenda: Agenda, draw: Draw, strikes: Told, *, working: bool = True) -> None:
        self._draw = draw
        self._strikes = strikes
        self._slot = agenda.slot(self._fire)
        self._left = max(1, draw())
        self.failed = False
        self.failures = 0
        self.working = working
        if working:
            self._slot.arm(self._left)

    def work(self, now: int) -> None:
        """The machine begins to work: the clock runs."""
        if not self.working:
            self.working = True
            if not self.failed:
                self._slot.arm(now + self._left)

    def rest(self, now: int) -> None:
        """The machine rests: the clock stands."""
        if self.working:
            self.working = False
            if not self.failed:
                self._left = max(1, self._slot.at - now)
                self._slot.cancel()

    def mended(self, now: int) -> None:
        """The failure is repaired: a new time to failure is drawn."""
        self.failed = False
        self._left = max(1, self._draw())
        if self.working:
            self._slot.arm(now + self._left)

    def strike(self, now: int) -> None:
        """Injection: fail now, not when the clock runs out; without effect on what has failed already."""
        if not self.failed:
            self._slot.cancel()
            self._fire(now)

    def _fire(self, now: int) -> None:
        self.failed = True
        self.failures += 1
        self._strikes(now)
