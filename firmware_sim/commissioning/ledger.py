"""The commissioning ledger: which step a station has reached, and the evidence for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import ClassVar, Final

from protocols.commissioning import By, Entry, Stage
from protocols.commissioning_checks import required
from protocols.ports import Log
from protocols.stations.station_io import StationIO
from protocols.tags.commissioning_map import MOST_ENTRIES

#: Log numbers of a station: its step, and every row of evidence.
LOG_STAGE, LOG_EVIDENCE = 50, 51


class Book:
    """The evidence of the whole line, in the order in which it was found; the last `MOST_ENTRIES` rows are kept."""

    STATE: ClassVar[tuple[str, ...]] = ("rows", "count")

    def __init__(self) -> None:
        self.rows: deque[tuple[int, ...]] = deque(maxlen=MOST_ENTRIES)
        self.count = 0

    def write(self, *row: int) -> Entry:
        """Add a row (see Entry, without its number)."""
        self.count += 1
        entry = Entry(self.count, *row)
        self.rows.append(tuple(entry))
        return entry

    def entries(self) -> Iterator[Entry]:
        """What is kept, the oldest first."""
        return (Entry(*row) for row in self.rows)


class StationLedger:
    """One station's way from cold to released. A step is reached at the moment in which the last of its items passes.

    A failed item has to pass again; `fall` takes the station back, because what was reached no longer holds.
    """

    STATE: ClassVar[tuple[str, ...]] = ("stage", "passed", "released_us")

    def __init__(self, io: StationIO, book: Book, log: Log, base: int, *, released: bool) -> None:
        self._number = io.number
        self._book = book
        self._log = log
        self._base: Final = base
        self.required = required(io)
        self.stage = int(Stage.RELEASED if released else Stage.COLD)
        #: Items of the next step that have passed so far.
        self.passed: list[int] = []
        self.released_us = -1

    @property
    def next_stage(self) -> int:
        """The step that evidence can be given for; the last one once it is reached."""
        return min(self.stage + 1, Stage.RELEASED)

    def record(
        self, now: int, item: int, low: int, high: int, seen: int, by: By, finding: int = 0, other: int = 0
    ) -> Entry | None:
        """Evidence for the next step. None, and nothing is written, if the step has no such item or the station is
        released already."""
        stage = self.next_stage
        if self.stage == Stage.RELEASED or item not in self.required[Stage(stage)]:
            return None
        entry = self._book.write(now, self._number, stage, item, int(by), low, high, seen, finding, other)
        self._log((now, self._base + LOG_EVIDENCE, (seen & 0xFFFFFFFF) << 16 | stage << 8 | item << 1 | entry.passed))
        if item in self.passed:
            self.passed.remove(item)
        if entry.passed:
            self.passed.append(item)
            if self.required[Stage(stage)] <= set(self.passed):
                self._reach(now, stage)
        return entry

    def fall(self, now: int, stage: Stage) -> None:
        """What was reached behind `stage` no longer holds; items that had passed for the next step neither."""
        if stage <= self.stage:
            self.passed = []
            if stage < self.stage:
                self._reach(now, stage)

    def _reach(self, now: int, stage: int) -> None:
        self.stage = int(stage)
        self.passed = []
        self.released_us = now if stage == Stage.RELEASED else -1
        self._log((now, self._base + LOG_STAGE, self.stage))
