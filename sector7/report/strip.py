"""What one station did over a run: every change while there are few, else what lasted longest in each column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sector7.report.activity import Activity

#: More intervals than this are not kept; then there are so many columns.
MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Interval:
    """From `begin_us` up to `end_us` one activity."""

    begin_us: int
    end_us: int
    activity: Activity


class Strip:
    """The activities of a run of `length_us`. Its memory is bounded, however long the run and however many changes.

    `totals` are exact always: time by activity, us.
    """

    def __init__(self, length_us: int, begin: Activity) -> None:
        self._width = max(1, -(-length_us // MOST))
        self._now = begin
        self._since = 0
        self._exact: list[Interval] | None = []
        self._columns = [[0] * len(Activity) for _ in range(-(-length_us // self._width))]
        self.totals = [0] * len(Activity)

    @property
    def now(self) -> Activity:
        """The present activity."""
        return self._now

    @property
    def column_us(self) -> int:
        """The width of a column; 0 while every change is kept."""
        return 0 if self._exact is not None else self._width

    def enter(self, now: int, activity: Activity) -> None:
        """From `now` on the station does this."""
        if activity != self._now:
            self.close(now)
            self._now = activity

    def close(self, now: int) -> None:
        """Book what lasts until `now` (the end of the run: nothing is booked behind it)."""
        begin, self._since = self._since, now
        if now == begin:
            return
        self.totals[self._now] += now - begin
        self._fill(begin, now)
        if self._exact is not None:
            self._exact.append(Interval(begin, now, self._now))
            if len(self._exact) > MOST:
                self._exact = None

    def _fill(self, begin: int, end: int) -> None:
        width = self._width
        for column in range(begin // width, -(-end // width)):
            low, high = max(begin, column * width), min(end, (column + 1) * width)
            self._columns[column][self._now] += high - low

    def intervals(self) -> list[Interval]:
        """The whole run without gap and overlap: each change, or in columns what lasted longest there."""
        if self._exact is not None:
            return _joined(self._exact)
        width, end = self._width, self._since
        found = []
        for number, column in enumerate(self._columns):
            if number * width < end:
                # in a tie the one that wants somebody
                longest = max(reversed(Activity), key=column.__getitem__)
                found.append(Interval(number * width, min((number + 1) * width, end), longest))
        return _joined(found)


def _joined(intervals: list[Interval]) -> list[Interval]:
    """Neighbours with one activity are one interval."""
    found: list[Interval] = []
    for each in intervals:
        if found and found[-1].activity == each.activity:
            found[-1] = Interval(found[-1].begin_us, each.end_us, each.activity)
        else:
            found.append(each)
    return found
