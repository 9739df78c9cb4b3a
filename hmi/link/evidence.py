"""The evidence of commissioning as the plant keeps it (file 20): read while it is looked at, and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from hmi.link.entry_file import EntryFile, Files
from protocols.commissioning import ENTRY_WORDS, MAP_ITEM, By, Entry, Finding, Stage, entry_of, expected, seen, what
from protocols.commissioning_checks import required
from protocols.stations.io_table import STATIONS
from protocols.tags.commissioning_map import EVIDENCE_FILE, MOST_ENTRIES

#: The items of each step, by station and step.
_KNOWN: Final[dict[int, dict[int, frozenset[int]]]] = {
    io.number: {int(stage): items for stage, items in required(io).items()} for io in STATIONS
}


@dataclass(frozen=True, slots=True)
class Tally:
    """One station's evidence: how many checks failed for each step, and when each step was reached (plant time, us).

    `stage` is how far the rows lead; `passed` are the items of the step behind it that have passed already.
    """

    stage: int = 0
    passed: frozenset[int] = frozenset()
    failures: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    reached: Mapping[int, Entry] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Found:
    """What the last failed check of an item said, and whether the item has passed since."""

    entry: Entry
    mended: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The rows, newest first, and what follows from them."""

    rows: tuple[Entry, ...] = ()
    tallies: Mapping[int, Tally] = field(default_factory=lambda: MappingProxyType({}))
    found: tuple[Found, ...] = ()
    #: False if the server has no such file.
    there: bool = True

    def of(self, number: int) -> Tally:
        """The tally of a station."""
        return self.tallies.get(number, Tally())

    def last_failed(self, number: int) -> Entry | None:
        """The check of a station that failed last; None if none did."""
        return next((row for row in self.rows if row.station == number and not (row.passed or _is_map(row))), None)


class Evidence:
    """The reader. `book` is what is known."""

    def __init__(self) -> None:
        self._file = EntryFile(EVIDENCE_FILE, MOST_ENTRIES, lambda entry: (*entry[:2], *entry[5:8]))
        self.book = Book()

    async def update(self, files: Files, run: int = 0) -> None:
        """Read what is new of the plant's `run` (Line.RunEpoch). Raises LinkError."""
        if await self._file.update(files, run) or self._file.there is not self.book.there:
            self.book = book([row for words in self._file.entries if (row := _row(words))], self._file.there)


def book(rows: Sequence[Entry], there: bool = True) -> Book:
    """Add up rows, newest first."""
    oldest_first = tuple(reversed(rows))
    tallies = {n: _tally(n, [row for row in oldest_first if row.station == n]) for n in _KNOWN}
    return Book(tuple(rows), tallies, _found(oldest_first), there)


def _tally(number: int, rows: Sequence[Entry]) -> Tally:
    stage, passed = 0, set[int]()
    failures, reached = Counter[int](), dict[int, Entry]()
    for row in rows:
        if _is_map(row):
            continue  # a submitted map is no check of an input
        if row.stage != stage + 1:  # the station has fallen back meanwhile
            stage, passed = row.stage - 1, set()
        passed.discard(row.item)
        if not row.passed:
            failures[row.stage] += 1
            continue
        passed.add(row.item)
        if _KNOWN[number][row.stage] <= passed:
            reached[row.stage] = row
            stage, passed = row.stage, set()
    return Tally(stage, frozenset(passed), MappingProxyType(failures), MappingProxyType(reached))


def _found(oldest_first: Sequence[Entry]) -> tuple[Found, ...]:
    found: dict[tuple[int, int, int], Found] = {}
    for row in oldest_first:
        place = (row.station, row.stage, row.item)
        if row.finding >= Finding.DEAD_BOARD:
            found[place] = Found(row, False)
        elif row.passed and place in found:
            found[place] = Found(found[place].entry, True)
    return tuple(sorted(found.values(), key=lambda one: (one.mended, one.entry.station, one.entry.at_us)))


def _row(words: Sequence[int]) -> Entry | None:
    """A row of evidence; None for what no plant of this map writes: it could not be put into words."""
    if len(words) < ENTRY_WORDS:
        return None
    row = entry_of(list(words))
    if row.item not in _KNOWN.get(row.station, {}).get(row.stage, ()) and not _is_map(row):
        return None
    try:
        what(row), expected(row), seen(row), By(row.by)
    except (IndexError, ValueError):
        return None
    return row


def _is_map(row: Entry) -> bool:
    return row.stage == Stage.IO_CHECKED and row.item == MAP_ITEM
