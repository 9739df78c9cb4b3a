"""Samples a plant on a grid of plant time and hands what changed to every sink."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Final

from sector7.historian.reporter import Report, Reporter
from sector7.historian.writer import Writer

_log = logging.getLogger("sector7.historian")

#: Plant time between two samplings at real speed, us.
PERIOD_US: Final = 1_000_000
#: Samplings in a second of wall time at most: beyond this speed they lie further apart in plant time.
MOST_PER_S: Final = 20


class Recording:
    """What goes to one sink. After a loss it says from when nothing is known, and reports everything anew."""

    def __init__(self, reporter: Reporter, writer: Writer, tags: int) -> None:
        self.writer = writer
        #: Changes that found no room.
        self.lost = 0
        self._reporter = reporter
        self._tags = tags
        self._gap_ms: int | None = None

    def take(self, at_ms: int, wall_ms: int, values: Mapping[str, int]) -> None:
        """The values at an instant."""
        if self._gap_ms is not None:
            unknown = Report(self._gap_ms, wall_ms, [(i, None) for i in range(self._tags)])
            if not self.writer.put(unknown):
                self.lost += len(self._reporter.changes(values))
                return
            _log.warning("what changed between %d and %d s of plant time is lost", self._gap_ms // 1000, at_ms // 1000)
            self._gap_ms = None
            self._reporter.forget()
        changes = self._reporter.changes(values)
        if not self.writer.put(Report(at_ms, wall_ms, changes)):
            self.lost += len(changes)
            self._gap_ms = at_ms


class Historian:
    """`now` is plant time in us, `values` the present raw values with all recorded tags.

    Call `beat` whenever the plant has gone on, and let it go no further than `horizon` in between: then samplings lie
    exactly on their grid, and the same run is recorded in the same way.
    """

    def __init__(
        self, now: Callable[[], int], values: Callable[[], Mapping[str, int]], recordings: Sequence[Recording],
        *, period_us: int = PERIOD_US, after_us: int = -1, wall: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        """Nothing is sampled up to `after_us`: it is on record."""
        #: Plant seconds per wall second.
        self.speed = 1.0
        self.recordings = recordings
        self._now = now
        self._values = values
        self._period_us = period_us
        self._wall = wall
        self._due = self._behind(max(after_us, now() - 1))

    def horizon(self) -> int:
        """The instant of the next sampling, us."""
        return self._due

    def beat(self) -> None:
        """Sample, if it is time."""
        now = self._now()
        if now < self._due:
            return
        values, wall_ms = self._values(), int(self._wall() * 1000)
        for recording in self.recordings:
            recording.take(now // 1000, wall_ms, values)
        self._due = self._behind(now)

    def close(self) -> None:
        """Write what is left. Blocks until then."""
        for recording in self.recordings:
            recording.writer.close()

    def _behind(self, instant_us: int) -> int:
        """The first instant of the grid behind another."""
        step = self._period_us * max(1, ceil(self.speed * 1e6 / (self._period_us * MOST_PER_S)))
        return (instant_us // step + 1) * step
