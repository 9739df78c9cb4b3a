"""The history as file records: every register of every ring is what the history says."""

from __future__ import annotations

from pathlib import Path

import pytest

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
from protocols.tags.line_map import LINE_MAP
from protocols.tags.tag import Kind
from sector7.historian.reader import History
from sector7.historian.reporter import Report
from sector7.historian.sqlite_sink import SqliteSink
from sector7.historian.store import Origin, adopt
from sector7.historian.trend_files import TrendFiles

TAGS = {t.name: t for t in LINE_MAP.tags}
OEE, BLOCKED, FORCE = TAGS["Line.OEE"], TAGS["ST01.Blocked"], next(t for t in LINE_MAP.tags if t.kind is Kind.I16)
RECORDED = [OEE, BLOCKED, FORCE]


class Served:
    """A history whose first tag reads `at // 7 s`, bit the parity of the minute, and signed minus the time in ms."""

    def __init__(self, folder: Path, last_s: int) -> None:
        path = folder / "history.sqlite"
        adopt(path, Origin(99, "castle", ""), RECORDED, 0)
        sink = SqliteSink(path, RECORDED)
        sink.write([Report(1000 * s, 0, [(0, s // 7), (1, s // 60 % 2), (2, -s)]) for s in range(5, last_s + 1)])
        self.history = History(path)
        self.numbers = {column.name: column.number for column in self.history.columns()}
        self.files = TrendFiles(self.history, 99, lambda: 1_000_000 * last_s + 20_000)


def words(files: TrendFiles, file: int, record: int, count: int) -> list[int]:
    found = files.read(file, record, count)
    assert found is not None
    return list(found)


@pytest.mark.parametrize("last_s", [5, 700, 1199, 1200, 2999])
def test_the_ring_holds_the_newest_buckets_each_in_its_place(tmp_path: Path, last_s: int) -> None:
    served = Served(tmp_path, last_s)
    for tag in RECORDED:
        for level, width in WIDTHS.items():
            file = file_number(tag, level)
            head = read_head(words(served.files, file, 0, HEAD_WORDS))
            assert (head.width_ms, head.newest, head.epoch) == (1000 * width, last_s // width, 99)
            assert head.oldest == max(5 // width, head.newest - RING + 1)
            assert head.now_us == 1_000_000 * last_s + 20_000
            ring = read_buckets(words(served.files, file, HEAD_WORDS, RING * BUCKET_WORDS), tag.kind)
            right = served.history.buckets(served.numbers[tag.name], 0, 1000 * width, head.newest + 1)
            for place, found in enumerate(ring):
                newest = head.newest - (head.newest - place) % RING
                expected = right[newest] if newest >= 0 else None
                if expected is None or found is None:
                    assert (found is None) == (expected is None)
                else:
                    assert (found.low, found.high, found.last) == (expected.low, expected.high, expected.last)
                    assert found.mean == pytest.approx(expected.mean, rel=1e-6)


def test_any_part_reads_as_it_stands_in_the_whole(tmp_path: Path) -> None:
    served = Served(tmp_path, 2999)
    file = file_number(FORCE, 1)
    whole = words(served.files, file, 0, HEAD_WORDS + RING * BUCKET_WORDS)
    newest = record_of(2999)
    for record, count in [(0, 1), (3, 30), (15, 2), (16, 8), (21, 100), (newest - 4, 20), (newest + 8, 9), (9610, 6)]:
        assert words(served.files, file, record, count) == whole[record : record + count], (record, count)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    files = Served(tmp_path, 10).files
    assert files.read(file_number(TAGS["Line.Lag"], 1), 0, 16) is None, "a tag that is not recorded"
    assert files.read(4096 * 6 + OEE.address, 0, 16) is None, "a level that there is not"
    assert files.read(4096 + 700, 0, 16) is None, "an address without a tag"
    assert files.read(file_number(OEE, 1), HEAD_WORDS + RING * BUCKET_WORDS - 1, 2) is None
    assert files.read(1, 0, 2) is None


def test_a_history_without_rows_has_empty_rings(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    adopt(path, Origin(1, "castle", ""), RECORDED, 0)
    files = TrendFiles(History(path), 1, lambda: 0)
    assert read_buckets(words(files, file_number(OEE, 1), 16, 80), OEE.kind) == [None] * 10


def test_an_answer_has_room_for_a_head_and_as_many_buckets_as_are_promised() -> None:
    assert 2 + 2 * HEAD_WORDS + 2 + 2 * BUCKET_WORDS * MOST <= 251
    assert read_buckets([0] * BUCKET_WORDS, Kind.U16) == [Bucket(0, 0, 0.0, 0)]
