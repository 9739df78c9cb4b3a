"""How good an alarm system is for its operators: rates, floods, priorities (ISA-18.2, clause on monitoring)."""

from __future__ import annotations

from collections import deque
from typing import ClassVar, Final

from protocols.alarms.alarm import Priority

SECOND: Final = 1_000_000
#: The window in which annunciations are counted.
WINDOW_US: Final = 600 * SECOND
#: A flood begins with more than ten in the window and ends below five.
FLOOD_BEGINS: Final = 10
FLOOD_ENDS: Final = 5


class Kpis:
    """Counts annunciations: every time an alarm becomes Unacknowledged."""

    __slots__ = ("_flood_since", "by_priority", "flood_us", "floods", "in_flood", "peak", "total", "window")
    STATE: ClassVar[tuple[str, ...]] = (
        "by_priority", "flood_us", "floods", "in_flood", "peak", "total", "window", "_flood_since",
    )  # fmt: skip

    def __init__(self) -> None:
        self.total = 0
        #: By priority number, 0 is unused.
        self.by_priority = [0] * (len(Priority) + 1)
        self.window: deque[int] = deque()
        self.peak = 0
        self.in_flood = False
        self.floods = 0
        self.flood_us = 0
        self._flood_since = 0

    def annunciated(self, now: int, priority: int) -> int:
        """One more; returns when the flood ends if nothing else comes (-1: there is none)."""
        self.total += 1
        self.by_priority[priority] += 1
        window = self.window
        while window and window[0] <= now - WINDOW_US:
            window.popleft()
        window.append(now)
        self.peak = max(self.peak, len(window))
        if len(window) > FLOOD_BEGINS and not self.in_flood:
            self.in_flood = True
            self.floods += 1
            self._flood_since = now
        return window[-FLOOD_ENDS] + WINDOW_US if self.in_flood else -1

    def flood_ends(self, now: int) -> None:
        """The instant has come that `annunciated` told last."""
        self.in_flood = False
        self.flood_us += now - self._flood_since

    def rate(self, now: int) -> int:
        """Annunciations of the last ten minutes."""
        return sum(1 for t in self.window if t > now - WINDOW_US)

    def per_hour(self, now: int) -> float:
        """Average since the beginning; in the first hour what an hour has had so far."""
        return self.total / max(1.0, now / (3600 * SECOND))

    def flood_share(self, now: int) -> float:
        """Share of the time spent in floods, 0..1."""
        running = now - self._flood_since if self.in_flood else 0
        return (self.flood_us + running) / now if now > 0 else 0.0
