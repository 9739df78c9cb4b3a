"""The history as file records (function 20): a ring of buckets for every tag and width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

from protocols.tags.history_map import (
    BUCKET_WORDS,
    HEAD_WORDS,
    RING,
    WIDTHS,
    Bucket,
    Head,
    bucket_words,
    head_words,
    place_of,
)
from protocols.tags.line_map import LINE_MAP
from protocols.tags.tag import Table, Tag
from sector7.historian.errors import HistoryError
from sector7.historian.reader import History

_TAGS: Final[dict[tuple[Table, int], Tag]] = {
    (tag.table, tag.address): tag for tag in LINE_MAP.tags if tag.table in (Table.INPUT, Table.DISCRETE)
}
_END: Final = HEAD_WORDS + RING * BUCKET_WORDS


class TrendFiles:
    """Port `FileSource` over a history that is written meanwhile. `now` is plant time in us."""

    def __init__(self, history: History, epoch: int, now: Callable[[], int]) -> None:
        self._history = history
        self._numbers = {column.name: column.number for column in history.columns()}
        self._epoch = epoch
        self._now = now

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        place = place_of(file)
        tag = _TAGS.get(place[1:]) if place is not None else None
        if place is None or tag is None or tag.name not in self._numbers or record + count > _END:
            return None
        width_ms = 1000 * WIDTHS[place[0]]
        try:
            first_ms, last_ms = self._history.span() or (-1, -1)
            oldest, newest = max(0, first_ms // width_ms), max(0, last_ms // width_ms)
            words: list[int] = []
            if record < HEAD_WORDS:
                oldest = max(oldest, newest - RING + 1)
                words += head_words(Head(width_ms, oldest, newest, self._now(), self._epoch))
            first = max(0, record - HEAD_WORDS) // BUCKET_WORDS
            behind = -(-max(0, record + count - HEAD_WORDS) // BUCKET_WORDS)
            found = self._ring(self._numbers[tag.name], width_ms, first, behind, newest)
        except HistoryError:
            return None
        words += chain.from_iterable(bucket_words(bucket, tag.kind) for bucket in found)
        skip = record if record < HEAD_WORDS else (record - HEAD_WORDS) % BUCKET_WORDS
        return words[skip : skip + count]

    def _ring(self, number: int, width_ms: int, first: int, behind: int, newest: int) -> list[Bucket | None]:
        """What stands in the places from `first` up to `behind`: of each the newest bucket that belongs there."""
        base = newest - newest % RING
        split = min(max(newest % RING + 1, first), behind)
        return self._run(number, width_ms, base + first, split - first) + self._run(
            number, width_ms, base - RING + split, behind - split
        )

    def _run(self, number: int, width_ms: int, bucket: int, count: int) -> list[Bucket | None]:
        before = min(max(0, -bucket), count)  # the ring is not full yet
        if count == before:
            return [None] * count
        found = self._history.buckets(number, (bucket + before) * width_ms, width_ms, count - before)
        return [None] * before + found
