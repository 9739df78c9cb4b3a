"""The file: made, adopted, refused; what is in it survives whoever wrote it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from sector7.historian.errors import HistoryError, SinkFailure
from sector7.historian.reader import History
from sector7.historian.reporter import Change, Report
from sector7.historian.selection import select
from sector7.historian.sqlite_sink import Limits, SqliteSink, prune
from sector7.historian.store import Origin, adopt, connect, create

ORIGIN = Origin(7, "castle", "0.1.0")
TAGS = [r.tag for r in select()][:3]


def sink(path: Path, now_ms: int = 0) -> SqliteSink:
    adopt(path, ORIGIN, TAGS, now_ms)
    return SqliteSink(path, TAGS)


def fill(path: Path, *reports: tuple[int, Sequence[Change]]) -> None:
    target = sink(path, 10**9)
    target.write([Report(at, 1_000_000 + at, changes) for at, changes in reports])
    target.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def test_what_was_written_is_read(path: Path) -> None:
    fill(path, (1000, [(0, 5), (1, -3)]), (2000, [(0, 6)]), (3000, []))
    history = History(path)
    numbers = [column.number for column in history.columns()]
    assert history.span() == (1000, 3000)
    assert history.samples(numbers[0], 0, 10_000) == [(1000, 5), (2000, 6)]
    assert history.value(numbers[1], 2500) == -3
    assert history.value(numbers[2], 2500) is None
    assert history.instants() == [(1000, 1_001_000), (3000, 1_003_000)]


def test_the_same_instant_written_again_is_replaced(path: Path) -> None:
    fill(path, (1000, [(0, 5)]))
    fill(path, (1000, [(0, 6)]))
    history = History(path)
    assert history.samples(history.columns()[0].number, 0, 10_000) == [(1000, 6)]


def test_what_will_happen_again_is_dropped_and_the_rest_is_known(path: Path) -> None:
    fill(path, (1000, [(0, 5), (1, 1)]), (2000, [(0, 6)]))
    fill(path, (3000, [(1, 2)]))
    assert adopt(path, ORIGIN, TAGS, 2000) == {TAGS[0].name: 6, TAGS[1].name: 1}
    history = History(path)
    assert history.span() == (1000, 2000)


def test_an_unknown_value_is_not_taken_for_known(path: Path) -> None:
    fill(path, (1000, [(0, 5), (1, 1)]), (2000, [(0, None)]))
    assert adopt(path, ORIGIN, TAGS, 2000) == {TAGS[1].name: 1}


def test_another_runs_history_is_refused_and_stays_as_it_is(path: Path) -> None:
    fill(path, (1000, [(0, 5)]))
    before = path.read_bytes()
    with pytest.raises(HistoryError, match=r"history\.sqlite: belongs to another run .*epoch 7.*move the file away"):
        adopt(path, Origin(8, "castle", "0.1.0"), TAGS, 0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_not_ours_is_refused_and_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(HistoryError, match=r"history\.sqlite: (is not a history|is damaged).*nothing was changed"):
        adopt(path, ORIGIN, TAGS, 0)
    assert path.read_bytes() == content


def test_another_version_is_refused(path: Path) -> None:
    create(path, ORIGIN)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(HistoryError, match="has version 9, this program reads 1"):
        adopt(path, ORIGIN, TAGS, 0)


def test_a_damaged_history_is_refused_and_stays_as_it_is(path: Path) -> None:
    fill(path, *((1000 * i, [(0, i), (1, -i)]) for i in range(1, 3000)))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    with pytest.raises(HistoryError, match=r"is damaged: .*restore it from a copy"):
        adopt(path, ORIGIN, TAGS, 10**9)
    assert path.read_bytes() == bytes(content)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match=r"cannot be made: .*make room"):
        adopt(tmp_path / "nowhere" / "history.sqlite", ORIGIN, TAGS, 0)


def test_a_write_that_fails_leaves_nothing_half_done(path: Path) -> None:
    target = sink(path)
    other = connect(path, read_only=False)
    other.execute("BEGIN IMMEDIATE")
    target._connection.execute("PRAGMA busy_timeout = 0")
    batch = [Report(1000, 0, [(0, 5)])]
    with pytest.raises(SinkFailure, match="locked"):
        target.write(batch)
    other.execute("ROLLBACK")
    target.write(batch)
    target.close()
    history = History(path)
    assert history.samples(history.columns()[0].number, 0, 10_000) == [(1000, 5)]


def test_days_that_are_over_are_removed_and_the_value_at_the_cut_stays(path: Path) -> None:
    hour = 3_600_000
    fill(path, (0, [(0, 1), (1, 10)]))
    fill(path, (hour, [(0, 2)]))
    fill(path, (48 * hour, [(0, 3)]))
    connection = connect(path, read_only=False)
    prune(connection, Limits(days=1))
    connection.close()
    history = History(path)
    first, second, _ = [column.number for column in history.columns()]
    assert history.samples(first, 0, 10**12) == [(hour, 2), (48 * hour, 3)]
    assert history.value(second, 30 * hour) == 10
    assert history.span() == (48 * hour, 48 * hour)


def test_a_file_that_is_too_large_loses_its_oldest_part(path: Path) -> None:
    for part in range(100):
        fill(path, *((1000 * (50 * part + i), [(0, i), (1, -i)]) for i in range(50)))
    connection = connect(path, read_only=False)
    limit = 4 * 4096 * 4
    before = path.stat().st_size
    assert before > limit
    for _ in range(3):  # it comes by every ten minutes: what the first time leaves too much, the next takes
        prune(connection, Limits(size=limit))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    connection.close()
    assert 4096 * (pages - free) <= limit
    history = History(path)
    span = history.span()
    assert span is not None
    assert span[0] > 1_000_000
    assert span[1] == 4_999_000
    assert history.value(history.columns()[0].number, span[0]) is not None
