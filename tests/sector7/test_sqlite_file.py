"""A SQLite file of a certain kind: whole or absent, and never taken for what it is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sector7.sqlite_file import FileKind, Flaw, FlawError, connect

OURS = FileKind(application=0x1234, version=3, tables="CREATE TABLE header (name TEXT NOT NULL);")
ROW = ("INSERT INTO header VALUES (?)", ("one",))


def flaw(path: Path) -> tuple[Flaw, str]:
    with closing(connect(path, read_only=True, power_safe=False)) as connection, pytest.raises(FlawError) as caught:
        OURS.header(connection)
    return caught.value.flaw, caught.value.detail


def test_what_was_made_is_found(tmp_path: Path) -> None:
    path = tmp_path / "file.sqlite"
    OURS.make(path, [ROW])
    with closing(connect(path, read_only=True, power_safe=False)) as connection:
        assert OURS.header(connection) == ("one",)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_filled_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "file.sqlite"
    with pytest.raises(sqlite3.Error):
        OURS.make(path, [ROW, ("INSERT INTO nowhere VALUES (1)", ())])
    assert not path.exists()
    OURS.make(path, [ROW])
    assert path.exists()


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [
        (FileKind(1, 3, OURS.tables), [ROW], (Flaw.FOREIGN, "0x1")),
        (FileKind(0x1234, 2, OURS.tables), [ROW], (Flaw.VERSION, "2")),
        (OURS, [], (Flaw.DAMAGED, "it has no header")),
        (OURS, [ROW, ROW], (Flaw.DAMAGED, "it has no header")),
        (FileKind(0x1234, 3, "CREATE TABLE other (a);"), [], (Flaw.DAMAGED, "no such table: header")),
    ],
)
def test_what_is_not_ours_is_named(
    kind: FileKind, rows: list[tuple[str, tuple[str]]], expected: tuple[Flaw, str], tmp_path: Path
) -> None:
    path = tmp_path / "file.sqlite"
    kind.make(path, rows)
    assert flaw(path) == expected


def test_no_database_at_all_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "file.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    assert flaw(path) == (Flaw.DAMAGED, "file is not a database")


@pytest.mark.parametrize(("safe", "level"), [(True, 2), (False, 1)])
def test_who_writes_waits_for_the_disk_as_told(safe: bool, level: int, tmp_path: Path) -> None:
    path = tmp_path / "file.sqlite"
    OURS.make(path, [ROW])
    with closing(connect(path, read_only=False, power_safe=safe)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (level,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with closing(connect(path, read_only=True, power_safe=safe)) as connection, pytest.raises(sqlite3.Error):
        connection.execute(*ROW)
