"""The search itself, over anything: random sets that grow, then delta debugging of what broke (Zeller and Hildebrandt,
IEEE TSE 2002). Which sets are tried depends on the seed and the answers alone, never on how many workers answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Final, Generic, TypeVar

T = TypeVar("T")

#: Sets that are asked about together; of those that break, the first counts.
_TOGETHER: Final = 4


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A set that breaks `expectation`; no set with one member less does. `singles`: every candidate was tried alone."""

    members: tuple[T, ...]
    expectation: str
    singles: bool


#: Answers for each set what it breaks: names of expectations, the earliest failure first; empty if all held.
Oracle = Callable[[Sequence[tuple[T, ...]]], Sequence[Sequence[str]]]


class Search(Generic[T]):
    """Looks for the smallest set of `candidates` that breaks something, with at most about `runs` questions (a set
    that was found is always shrunk to the end). Sets have at most `most` members."""

    def __init__(self, candidates: Sequence[T], oracle: Oracle[T], *, most: int, runs: int, seed: int) -> None:
        self._candidates = list(candidates)
        self._oracle = oracle
        self._most = min(most, len(self._candidates))
        self._runs = runs
        self._stream = Random(f"chaos|{seed}")
        self.asked = 0

    def run(self) -> Found[T] | None:
        """The smallest set found, None if nothing broke."""
        singles = len(self._candidates) <= max(1, self._runs // 2)
        if singles:
            alone = self._first((each,) for each in self._candidates)
            if alone is not None:
                return Found(alone[0], alone[1], singles)
        found = self._first(self._growing(2), self._runs - self.asked)
        if found is None:
            return None
        best, expectation = self.shrink(*found), found[1]
        least = 2 if singles else 1
        while len(best) > least and self.asked < self._runs:
            again = self._first(self._of_size(len(best) - 1), self._runs - self.asked, expectation)
            if again is None:
                break
            best = self.shrink(again[0], expectation)
        return Found(best, expectation, singles)

    def shrink(self, members: tuple[T, ...], expectation: str) -> tuple[T, ...]:
        """A subset that still breaks the expectation, and of which no member can be left out (ddmin)."""
        parts = 2
        while len(members) > 1:
            pieces = _pieces(members, parts)
            rests = [tuple(each for other in pieces if other is not piece for each in other) for piece in pieces]
            smaller = self._first([*pieces, *rests] if parts > 2 else pieces, expectation=expectation)
            if smaller is not None:
                kept_rest = smaller[0] in rests and smaller[0] not in pieces
                members = smaller[0]
                parts = max(parts - 1, 2) if kept_rest else 2
            elif parts < len(members):
                parts = min(2 * parts, len(members))
            else:
                break
        return members

    def _first(
        self, sets: Iterable[tuple[T, ...]], limit: int | None = None, expectation: str = ""
    ) -> tuple[tuple[T, ...], str] | None:
        """The first of `sets` that breaks `expectation` (or anything, if none is named), and what it breaks."""
        for batch in _batches(sets, limit):
            self.asked += len(batch)
            for members, broken in zip(batch, self._oracle(batch), strict=True):
                if broken and (not expectation or expectation in broken):
                    return members, expectation or broken[0]
        return None

    def _growing(self, size: int) -> Iterator[tuple[T, ...]]:
        """Random sets of 2, 4, 8, ... members up to the most, and again from the beginning."""
        if self._most < 2:
            return
        while True:
            yield self._draw(min(size, self._most))
            size = 2 if size >= self._most else 2 * size

    def _of_size(self, size: int) -> Iterator[tuple[T, ...]]:
        while True:
            yield self._draw(size)

    def _draw(self, size: int) -> tuple[T, ...]:
        """A random set in the candidates' order."""
        chosen = sorted(self._stream.sample(range(len(self._candidates)), size))
        return tuple(self._candidates[i] for i in chosen)


def _pieces(members: tuple[T, ...], parts: int) -> list[tuple[T, ...]]:
    """`parts` pieces of nearly equal size."""
    ends = [round(i * len(members) / parts) for i in range(parts + 1)]
    return [members[a:b] for a, b in pairwise(ends) if a < b]


def _batches(sets: Iterable[tuple[T, ...]], limit: int | None) -> Iterator[list[tuple[T, ...]]]:
    batch: list[tuple[T, ...]] = []
    for number, members in enumerate(sets):
        if limit is not None and number >= limit:
            break
        batch.append(members)
        if len(batch) == _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
