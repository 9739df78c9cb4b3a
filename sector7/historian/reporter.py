"""Report by exception: of every sampling only what has moved by more than its deadband."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sector7.historian.selection import Recorded

#: A tag by its place among those recorded, and its raw value; None: unknown from here on.
Change = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Report:
    """What changed at one instant: plant time and wall time (since 1970) in ms."""

    at_ms: int
    wall_ms: int
    changes: Sequence[Change]


class Reporter:
    """Compares values with what was last reported. `known` are the raw values that need no report at first."""

    def __init__(self, recorded: Sequence[Recorded], known: Mapping[str, int] | None = None) -> None:
        self._deadbands = [r.deadband for r in recorded]
        self._get = itemgetter(*(r.tag.name for r in recorded))
        self._count = len(recorded)
        # the band around each last reported value: an empty one lets everything through
        self._lows = [1] * self._count
        self._highs = [0] * self._count
        for i, r in enumerate(recorded):
            if known and r.tag.name in known:
                self._report(i, known[r.tag.name])

    def changes(self, values: Mapping[str, int]) -> list[Change]:
        """What is to be reported of `values`, which have every recorded tag; they count as reported from then on."""
        raws = self._get(values) if self._count > 1 else (self._get(values),)
        # a chained comparison in one comprehension: this runs for every tag at every sampling
        moved: list[Change] = [
            (i, int(raw))
            for i, (low, raw, high) in enumerate(zip(self._lows, raws, self._highs, strict=True))
            if not low <= raw <= high
        ]
        for i, raw in moved:
            self._report(i, raw or 0)
        return moved

    def forget(self) -> None:
        """Report everything next time."""
        self._lows = [1] * self._count
        self._highs = [0] * self._count

    def _report(self, i: int, raw: int) -> None:
        self._lows[i] = raw - self._deadbands[i]
        self._highs[i] = raw + self._deadbands[i]
