"""Pens of the trend page: the tags somebody wants to see, and what is known of their past in plant time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hmi.link.backfill import Files, read_range
from hmi.link.snapshot import LinkState, Snapshot
from protocols.errors import Refusal
from protocols.tags.history_map import RECORDING, RING, WIDTHS, Bucket
from protocols.tags.line_map import LINE_MAP
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Kind, Table, Tag

#: More cannot be told apart on a screen.
MOST_PENS: Final = 6
#: Points of a curve that are read at most: a request brings thirteen.
MOST_POINTS: Final = 700
#: Own samples that are kept for each pen, one a second of wall time.
_KEPT: Final = 3600

FIRST: Final = ("Line.Rate", "Line.OEE", "Line.RobotsInProcess", "Line.AirPressure")

#: Tags that can be trended: what the plant tells, as far as it is a value and not a time or a counter of the server.
TRENDABLE: Final = tuple(
    tag.name for tag in LINE_MAP.tags if tag.table in (Table.INPUT, Table.DISCRETE) and tag.kind is not Kind.U64
)


class Pen:
    """One tag's past: buckets from the server by level and number, and own samples."""

    def __init__(self, tag: Tag) -> None:
        self.tag: Final = tag
        self.buckets: dict[int, dict[int, Bucket]] = {level: {} for level in WIDTHS}
        #: Numbers of buckets that need not be read again, whether there was something in them or not.
        self.asked: dict[int, set[int]] = {level: set() for level in WIDTHS}
        #: False if the server keeps no history of it.
        self.recorded = True
        self._times: deque[float] = deque(maxlen=_KEPT)
        self._values: deque[int | None] = deque(maxlen=_KEPT)

    def sample(self, second: float, value: int | None) -> None:
        """Note a value seen now; None where nothing is known (the link is lost)."""
        if self._times and second < self._times[-1]:
            return
        self._times.append(second)
        self._values.append(value)

    def learn(self, level: int, now: int, found: Mapping[int, Bucket], asked: Sequence[int]) -> None:
        """Take what was read; bucket `now` is not complete and is read again. What the ring has lost is dropped."""
        known, done = self.buckets[level], self.asked[level]
        known |= found
        done |= {number for number in asked if number < now}
        for number in [number for number in done if number <= now - RING]:
            done.discard(number)
            known.pop(number, None)

    def points(self, level: int, begin_s: float, end_s: float, count: int) -> list[Bucket | None]:
        """What the tag did in `count` equal parts of the time from `begin_s` to `end_s`; None where it is not known."""
        times, values = list(self._times), list(self._values)
        part = (end_s - begin_s) / count
        return [
            self._recorded(level, begin_s + i * part, begin_s + (i + 1) * part)
            or _seen(times, values, begin_s + i * part, begin_s + (i + 1) * part)
            for i in range(count)
        ]

    def _recorded(self, level: int, begin_s: float, end_s: float) -> Bucket | None:
        width, known = WIDTHS[level], self.buckets[level]
        first = int(begin_s // width)
        last = max(first, -int(-end_s // width) - 1)
        return _together([known[number] for number in range(first, last + 1) if number in known])


def _seen(times: Sequence[float], values: Sequence[int | None], begin_s: float, end_s: float) -> Bucket | None:
    first, last = bisect_left(times, begin_s), bisect_right(times, end_s)
    seen = [value for value in values[first:last] if value is not None]
    if not seen and 0 < first < len(times) and first == last and values[first] is not None:
        # Nobody looked in this stretch: the value before it still stands, if somebody looked after it.
        before = values[first - 1]
        seen = [] if before is None else [before]
    return _together([Bucket(value, value, value, value) for value in seen])


def _together(parts: Sequence[Bucket]) -> Bucket | None:
    if not parts:
        return None
    mean = sum(part.mean for part in parts) / len(parts)
    return Bucket(min(p.low for p in parts), max(p.high for p in parts), mean, parts[-1].last)


class Pens:
    """The chosen pens in their order. What is known of them is forgotten when the plant began anew."""

    def __init__(self, names: Iterable[str] = FIRST) -> None:
        self._pens = {name: Pen(PLANT_MAP[name]) for name in names}
        self._next_s = 0.0
        self._epoch = 0
        #: Counts what was learnt, so that a drawing knows whether it is still true.
        self.revision = 0

    @property
    def chosen(self) -> tuple[Pen, ...]:
        """The pens, first chosen first."""
        return tuple(self._pens.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Their tags."""
        return tuple(self._pens)

    def choose(self, names: Sequence[str]) -> None:
        """These pens and no others, at most MOST_PENS of them."""
        self._pens = {name: self._pens.get(name) or Pen(PLANT_MAP[name]) for name in names[:MOST_PENS]}
        self.revision += 1

    def toggle(self, name: str) -> bool:
        """Choose a tag, or drop it if it is chosen. False if there are as many pens as can be."""
        if name in self._pens:
            del self._pens[name]
        elif len(self._pens) < MOST_PENS:
            self._pens[name] = Pen(PLANT_MAP[name])
        else:
            return False
        self.revision += 1
        return True

    def sample(self, snapshot: Snapshot, now_s: float) -> None:
        """Take a sample of each pen if a second has passed since the last one."""
        if now_s < self._next_s or not snapshot.line:
            return
        self._next_s = now_s + 1.0
        if self._epoch != (epoch := snapshot.line["Line.RunEpoch"]):
            self._epoch = epoch
            self.choose_anew()
        good = snapshot.state is LinkState.OK
        second = snapshot.line["Line.SimulatedTime"] / 1e6
        for name, pen in self._pens.items():
            pen.sample(second, snapshot.line.get(name) if good else None)
        self.revision += 1

    def choose_anew(self) -> None:
        """Keep the pens, forget their past: it was another plant's."""
        self._pens = {name: Pen(pen.tag) for name, pen in self._pens.items()}

    async def fetch(self, files: Files, snapshot: Snapshot, level: int, begin_s: float, end_s: float) -> None:
        """Read from the server's history what is missing of a stretch of time. Raises LinkError."""
        if snapshot.line.get("Line.HistoryState") != RECORDING:
            return
        width = WIDTHS[level]
        now = snapshot.line["Line.HistoryNewest"] // width
        for pen in self.chosen:
            first, last = max(0, int(begin_s) // width, now - RING + 1), min(now, int(end_s) // width)
            missing = [number for number in range(first, last + 1) if number not in pen.asked[level]]
            if not pen.recorded or not missing:
                continue
            try:
                pen.learn(level, now, await read_range(files, pen.tag, level, missing[0], missing[-1]), missing)
            except (Refusal, ValueError):
                pen.recorded = False
            self.revision += 1


def level_for(span_s: float, age_s: float) -> int:
    """The finest level of the server's history that holds `age_s` seconds back and gives no more than MOST_POINTS."""
    for level, width in WIDTHS.items():
        if span_s / width <= MOST_POINTS and age_s / width < RING:
            return level
    return max(WIDTHS)
