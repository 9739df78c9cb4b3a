"""When things happen: entries at a time, or when a condition becomes true; once or again and again."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.ports import NEVER
from sector7.scenario.actions import Deed
from sector7.scenario.expression import Expression
from sector7.scenario.model import Entry, us


@dataclass
class Moment:
    """One entry of the timeline and how often it happened. `label` is what records call it."""

    entry: Entry
    label: str
    deeds: list[Deed]
    when: Expression | None
    fired: int = 0
    #: The next time for an entry with a time; the earliest one for an entry with a condition.
    next_us: int = 0
    _before: bool = False

    def __post_init__(self) -> None:
        self.next_us = us(self.entry.at) if self.entry.at is not None else 0

    @property
    def due_us(self) -> int:
        """When it happens by the clock alone."""
        return self.next_us if self.when is None else NEVER

    def sample(self, now: int) -> bool:
        """For an entry with a condition: does it happen at this sample? It does when the condition becomes true, or
        is true when its time begins. Raises ExpressionError."""
        if self.when is None or now < self.next_us:
            return False
        true = self.when.holds()
        rising = true and not self._before
        self._before = true
        return rising

    def happen(self, now: int, who: str) -> None:
        """Do it, and say when it can happen again."""
        self.fired += 1
        for deed in self.deeds:
            deed(now, who)
        every, times = self.entry.every, self.entry.times
        again = every is not None and (times is None or self.fired < times)
        self.next_us = now + us(every) if again and every is not None else NEVER
        self._before = False  # what is still true by then counts again
