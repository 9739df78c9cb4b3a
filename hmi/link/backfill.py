"""Fills the trends with what was before this console was there, where the server keeps a history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from hmi.link.acquisition import Acquisition
from hmi.link.history import SPAN_S, TRENDED, History
from hmi.link.snapshot import LinkState, Snapshot
from protocols.errors import LinkError, Refusal
from protocols.tags.history_map import (
    BUCKET_WORDS,
    HEAD_WORDS,
    MOST,
    RING,
    WIDTHS,
    Bucket,
    file_number,
    read_buckets,
    read_head,
    record_of,
)
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Tag

#: Buckets that make a trend: more cannot be seen, and ten times as many would hold up the polls.
_POINTS: Final = 60
_MOST_POINTS: Final = 150


class Files(Protocol):
    """Where trend files are read."""

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        """Parts of a file in one request. Raises LinkError, Refusal."""
        ...


async def keep_filled(acquisition: Acquisition, history: History) -> None:
    """Fill the trends whenever the link is there anew. Runs until cancelled; failures of the link end up elsewhere."""
    filled = False
    while True:
        snapshot = await acquisition.next_poll()
        if snapshot.state is not LinkState.OK:
            filled = False
        elif not filled and snapshot.line.get("Line.HistoryState"):
            filled = await _fill(acquisition, history, snapshot)


async def _fill(acquisition: Acquisition, history: History, snapshot: Snapshot) -> bool:
    for name in TRENDED:
        try:
            history.fill(name, await past(acquisition, PLANT_MAP[name], snapshot.line))
        except (Refusal, ValueError):
            continue  # a tag that is not recorded (a station that is not there), or in a way we do not know
        except LinkError:
            return False
    return True


async def past(files: Files, tag: Tag, line: Mapping[str, int]) -> list[int | None]:
    """The last SPAN_S seconds of a tag, oldest first, at the speed at which the plant runs now.

    Raises LinkError, Refusal where the tag is not recorded, ValueError if the answer cannot be read.
    """
    speed = (line.get("Line.SpeedFactor") or 10) / 10
    level = max((n for n, width in WIDTHS.items() if width * _POINTS <= SPAN_S * speed), default=1)
    width_s = WIDTHS[level]
    now_s = line["Line.SimulatedTime"] / 1e6
    newest = int(now_s) // width_s
    first = max(0, newest - min(_MOST_POINTS, int(SPAN_S * speed) // width_s + 1))
    buckets = await read_range(files, tag, level, first, newest)
    seconds = (now_s - age * speed for age in reversed(range(SPAN_S)))
    found = (buckets.get(int(second) // width_s) if second >= 0 else None for second in seconds)
    return [None if bucket is None else round(bucket.mean) for bucket in found]


async def read_range(files: Files, tag: Tag, level: int, first: int, newest: int) -> dict[int, Bucket]:
    """The buckets `first` to `newest` of a tag at a level, as far as they are known.

    Raises LinkError, Refusal where the tag is not recorded, ValueError if the answer cannot be read.
    """
    buckets: dict[int, Bucket] = {}
    while first <= newest:
        count = min(MOST, newest + 1 - first, RING - first % RING)
        head_words, words = await files.read_file(
            file_number(tag, level), [(0, HEAD_WORDS), (record_of(first), count * BUCKET_WORDS)]
        )
        head = read_head(head_words)
        known = range(head.oldest, head.newest + 1)  # a place may hold an older bucket, or already a newer one
        buckets |= {n: b for n, b in enumerate(read_buckets(words, tag.kind), first) if b is not None and n in known}
        first += count
    return buckets
