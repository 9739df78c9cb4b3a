"""Tags of the historian in unit 1 (input registers 1728-1759), and the trend files that masters read with function 20.

A file is one tag at one width of bucket, and needs no request before it is read: `file = 4096 x level + cell`, where
the cell is the tag's address for an input register and 2048 + address for a discrete input of unit 1. Register 0 begins
a head of 16 registers; behind it stands a ring of 1,200 buckets of 8 registers. Bucket b covers plant time b x width to
(b+1) x width and stands in place b modulo 1,200, so a bucket keeps its place until it is overwritten. Ask for head
and buckets in one request: then they are of one instant.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from protocols.tags.tag import Kind, Table, Tag, Writer

STATE_LABELS: Final = ((0, "None"), (1, "Recording"), (2, "Cannot be written"))
RECORDING, UNWRITABLE = 1, 2

#: (address, name, kind, unit, doc)
INPUTS: Final = (
    (1728, "HistoryState", Kind.U16, "", "whether the plant keeps a history: then its trend files can be read"),
    (1729, "HistoryTags", Kind.U16, "", "tags that are recorded"),
    (1730, "HistoryLost", Kind.U32, "", "changes that could not be recorded since the server was started"),
    (1732, "HistoryOldest", Kind.U32, "s", "plant time at which the history begins"),
    (1734, "HistoryNewest", Kind.U32, "s", "plant time up to which the history is on the disk"),
)

#: What they read where there is no history.
NO_HISTORY: Final = MappingProxyType({f"Line.{name}": 0 for _, name, *_ in INPUTS})

#: Width of a bucket by level, seconds of plant time.
WIDTHS: Final = {1: 1, 2: 10, 3: 60, 4: 300, 5: 900}
#: Buckets that a file holds: at level 1 the last 20 minutes, at level 5 the last twelve and a half days.
RING: Final = 1200
HEAD_WORDS: Final = 16
BUCKET_WORDS: Final = 8
#: Buckets that fit one answer together with the head.
MOST: Final = 13

_LEVEL: Final = 4096
_DISCRETE: Final = 2048
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">4HIIIQI")
_BUCKET: Final = {True: struct.Struct(">iifi"), False: struct.Struct(">IIfI")}


@dataclass(frozen=True, slots=True)
class Bucket:
    """What a tag did in one stretch of time: smallest, largest, mean weighted by time, and last raw value."""

    low: int
    high: int
    mean: float
    last: int


@dataclass(frozen=True, slots=True)
class Head:
    """The first registers of a trend file.

    The buckets `oldest` to `newest` are known, as far as the ring still has them; `newest` is not complete yet. All is
    as of `now_us` of plant time in the run `epoch`.
    """

    width_ms: int
    oldest: int
    newest: int
    now_us: int
    epoch: int


def history_tags() -> list[Tag]:
    """The tags in unit 1."""
    return [
        Tag(f"Line.{name}", Table.INPUT, address, kind, Writer.SERVER, doc, unit,
            labels=STATE_LABELS if name == "HistoryState" else ())
        for address, name, kind, unit, doc in INPUTS
    ]  # fmt: skip


def file_number(tag: Tag, level: int) -> int:
    """The trend file of a status tag of unit 1 at a level of WIDTHS."""
    return _LEVEL * level + tag.address + (_DISCRETE if tag.table is Table.DISCRETE else 0)


def place_of(file: int) -> tuple[int, Table, int] | None:
    """Level, table and address that a file number stands for; None if it is no trend file."""
    level, cell = divmod(file, _LEVEL)
    if level not in WIDTHS:
        return None
    return (level, Table.DISCRETE, cell - _DISCRETE) if cell >= _DISCRETE else (level, Table.INPUT, cell)


def record_of(bucket: int) -> int:
    """The register of its file at which a bucket begins."""
    return HEAD_WORDS + BUCKET_WORDS * (bucket % RING)


def head_words(head: Head) -> tuple[int, ...]:
    """A head as registers."""
    data = _HEAD.pack(
        _VERSION, BUCKET_WORDS, RING, 0, head.width_ms, head.oldest, head.newest, head.now_us, head.epoch
    ).ljust(2 * HEAD_WORDS, b"\0")
    return struct.unpack(f">{HEAD_WORDS}H", data)


def read_head(words: Sequence[int]) -> Head:
    """The head in registers. Raises ValueError if they hold another format."""
    version, size, ring, _, width, oldest, newest, now_us, epoch = _HEAD.unpack_from(
        struct.pack(f">{len(words)}H", *words)
    )
    if (version, size, ring) != (_VERSION, BUCKET_WORDS, RING):
        raise ValueError(f"a trend file of version {version}, this program reads {_VERSION}")
    return Head(width, oldest, newest, now_us, epoch)


def bucket_words(bucket: Bucket | None, kind: Kind) -> tuple[int, ...]:
    """A bucket as registers: low, high and last as 32-bit values (signed as the tag is), the mean as a 32-bit float,
    which is not a number where nothing is known."""
    low, high, mean, last = (
        (0, 0, math.nan, 0) if bucket is None else (bucket.low, bucket.high, bucket.mean, bucket.last)
    )
    return struct.unpack(f">{BUCKET_WORDS}H", _BUCKET[_signed(kind)].pack(low, high, mean, last))


def read_buckets(words: Sequence[int], kind: Kind) -> list[Bucket | None]:
    """The buckets in registers."""
    data = struct.pack(f">{len(words)}H", *words)
    return [
        None if math.isnan(mean) else Bucket(low, high, mean, last)
        for low, high, mean, last in _BUCKET[_signed(kind)].iter_unpack(data)
    ]


def _signed(kind: Kind) -> bool:
    return kind in (Kind.I16, Kind.I32)
