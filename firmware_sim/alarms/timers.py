"""The alarm engine's clocks: one instant for each of (kind, alarm)."""

from __future__ import annotations

from typing import ClassVar, Final

from protocols.ports import NEVER

#: Kinds, in the order in which those of one instant run out.
ON_DELAY, OFF_DELAY, SHELF, SETTLED, CALM, STALE_AGE, FLOOD = range(7)
_KIND: Final = 1 << 16


class Timers:
    """`wake_us` is the next instant at which one runs out."""

    STATE: ClassVar[tuple[str, ...]] = ("_due", "wake_us")

    def __init__(self) -> None:
        self._due: dict[int, int] = {}
        self.wake_us = NEVER

    def set(self, kind: int, number: int, at_us: int) -> None:
        """Run out at `at_us`, whatever was set before."""
        self._due[kind * _KIND + number] = at_us
        self.wake_us = min(self._due.values())

    def cancel(self, kind: int, number: int) -> None:
        """Do not run out."""
        if self._due.pop(kind * _KIND + number, None) is not None:
            self.wake_us = min(self._due.values(), default=NEVER)

    def running(self, kind: int, number: int) -> bool:
        """True while it is set."""
        return kind * _KIND + number in self._due

    def take(self, now: int) -> list[tuple[int, int]]:
        """What runs out now, as (kind, number): in order of time, kind and number."""
        due = sorted((at, key) for key, at in self._due.items() if at <= now)
        for _, key in due:
            del self._due[key]
        self.wake_us = min(self._due.values(), default=NEVER)
        return [divmod(key, _KIND) for _, key in due]
