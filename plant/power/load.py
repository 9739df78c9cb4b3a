"""How long and how hard an electrical consumer has worked: energy in closed form, without a single event of its own."""

from __future__ import annotations

from typing import ClassVar, Final

FULL: Final = 1024
#: Energy is counted in watt microseconds times FULL: whole numbers, so sums are exact in any order.
WATT_HOUR: Final = 3600 * 1_000_000 * FULL
NEVER: Final = 1 << 61


class Load:
    """One consumer of `watts` at full level. Its mechanism tells when the level (0..1024) changes, and nothing else
    does: power and energy are asked for when somebody wants to know."""

    __slots__ = ("_level", "_since", "_until", "_used", "watts")
    STATE: ClassVar[tuple[str, ...]] = ("_level", "_since", "_until", "_used")

    def __init__(self, watts: int) -> None:
        self.watts = watts
        self._used = 0
        self._since = 0
        self._until = NEVER
        self._level = 0

    def set(self, now: int, level: int, until: int = NEVER) -> None:
        """From `now` on it works at `level` (0..1024), by itself no longer than to `until` (us)."""
        end = self._until
        self._used += ((now if now < end else end) - self._since) * self._level
        self._since = now
        self._until = until
        self._level = level

    def power(self, now: int) -> int:
        """Watts at `now`."""
        return self.watts * self._level // FULL if now < self._until else 0

    def energy(self, now: int) -> int:
        """Since the beginning, in watt microseconds times FULL."""
        end = self._until
        return self.watts * (self._used + ((now if now < end else end) - self._since) * self._level)
