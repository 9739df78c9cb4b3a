"""Values that are looked at now and then, kept as mean, least and greatest of equal stretches of the run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Into so many stretches a run is cut.
STRETCHES: Final = 240
#: No sooner than this is looked again, and no later, us.
_SOONEST_US: Final = 1_000_000
_LATEST_US: Final = 300_000_000


class Samples:
    """The series `names` over a run of `length_us`; its memory does not depend on the length."""

    def __init__(self, length_us: int, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._width = max(1, -(-length_us // STRETCHES))
        self._period = min(max(_SOONEST_US, self._width), _LATEST_US)
        self._sums: list[list[float]] = []
        self._least: list[list[float]] = []
        self._most: list[list[float]] = []
        self._counts: list[int] = []
        self._stretches: list[int] = []
        #: When to look again.
        self.due_us = self._period

    def add(self, now: int, values: Sequence[float]) -> None:
        """What was found at `now`: a value for each name. What is found at the end of a stretch belongs to it."""
        self.due_us = (now // self._period + 1) * self._period
        stretch = max(0, now - 1) // self._width
        if not self._stretches or stretch != self._stretches[-1]:
            self._stretches.append(stretch)
            self._counts.append(0)
            self._sums.append([0.0] * len(self.names))
            self._least.append(list(values))
            self._most.append(list(values))
        self._counts[-1] += 1
        sums, least, most = self._sums[-1], self._least[-1], self._most[-1]
        for index, value in enumerate(values):
            sums[index] += value
            least[index] = min(least[index], value)
            most[index] = max(most[index], value)

    @property
    def ends_us(self) -> list[int]:
        """Where the stretches end in which anything was found."""
        return [(stretch + 1) * self._width for stretch in self._stretches]

    def mean(self, name: str) -> list[float]:
        """The mean of each of them."""
        index = self.names.index(name)
        return [sums[index] / count for sums, count in zip(self._sums, self._counts, strict=True)]

    def least(self, name: str) -> list[float]:
        """The least of each."""
        index = self.names.index(name)
        return [values[index] for values in self._least]

    def most(self, name: str) -> list[float]:
        """The greatest of each; for what only grows, its value at the end of the stretch."""
        index = self.names.index(name)
        return [values[index] for values in self._most]
