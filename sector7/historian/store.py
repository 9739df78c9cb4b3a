"""A history as a SQLite file, and what stands in it when a run goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from protocols.tags.tag import Tag
from sector7 import sqlite_file
from sector7.historian.errors import HistoryError
from sector7.sqlite_file import FileKind, Flaw, FlawError

DATABASE: Final = "history.sqlite"
# A sample is a change: the value holds until the tag's next one. NULL: unknown from then on. `instant` says what the
# wall clock showed, and up to when the history is complete. Times are ms: of plant time, of Unix time.
_TABLES: Final = """
CREATE TABLE header (epoch INTEGER NOT NULL, recipe TEXT NOT NULL, program TEXT NOT NULL);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL, decimals INTEGER NOT NULL,
    doc TEXT NOT NULL);
CREATE TABLE sample (tag INTEGER NOT NULL, at INTEGER NOT NULL, value INTEGER, PRIMARY KEY (tag, at)) WITHOUT ROWID;
CREATE TABLE instant (at INTEGER PRIMARY KEY, wall INTEGER NOT NULL);
"""
#: "S7hi" in the header of the database file: this is ours.
KIND: Final = FileKind(application=0x53376869, version=1, tables=_TABLES)
_RESTORE: Final = "restore it from a copy, or move the file away to begin a new one; nothing was changed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which run a history belongs to: its epoch, the recipe's name, and the program that began it."""

    epoch: int
    recipe: str
    program: str


def create(path: Path, origin: Origin) -> None:
    """A new, empty history. Raises HistoryError; then there is none."""
    header = "INSERT INTO header VALUES (?, ?, ?)", (origin.epoch, origin.recipe, origin.program)
    try:
        KIND.make(path, [header])
    except (OSError, sqlite3.Error) as error:
        raise HistoryError(
            str(path), f"cannot be made: {error}", "make room on its disk, or choose another folder"
        ) from error


def connect(path: Path, *, read_only: bool = True) -> sqlite3.Connection:
    """A connection to a history. A kill loses nothing that was committed; a power cut may lose the last commits."""
    return sqlite_file.connect(path, read_only=read_only, power_safe=False)


def examine(path: Path) -> Origin:
    """What run a history belongs to. Raises HistoryError if it is not ours, of another version, or damaged."""
    where = str(path)
    if not path.is_file():
        raise HistoryError(where, "there is none", "sector7 serve --state FOLDER keeps one in its folder")
    try:
        connection = connect(path)
    except sqlite3.Error as error:
        raise HistoryError(where, f"is damaged: {error}", _RESTORE) from None
    try:
        return Origin(*KIND.header(connection))
    except FlawError as error:
        raise _unusable(where, error) from None
    finally:
        connection.close()


def _unusable(where: str, error: FlawError) -> HistoryError:
    match error.flaw:
        case Flaw.FOREIGN:
            return HistoryError(where, "is not a history of sector7", "choose another folder; nothing was changed")
        case Flaw.VERSION:
            problem = f"has version {error.detail}, this program reads {KIND.version}"
            return HistoryError(where, problem, "use the version of sector7 that wrote it, or move the file away")
        case Flaw.DAMAGED:
            return HistoryError(where, f"is damaged: {error.detail}", _RESTORE)


def adopt(path: Path, origin: Origin, tags: Sequence[Tag], now_ms: int) -> dict[str, int]:
    """The history of a run, made if it is not there, brought to the plant time at which the run goes on.

    What is recorded later than `now_ms` will happen again and is dropped. Returns the last recorded raw values by tag
    name. Raises HistoryError: damaged, not ours, or of another run.
    """
    if not path.exists():
        create(path, origin)
    found = examine(path)
    if found.epoch != origin.epoch:
        problem = f"belongs to another run (of recipe {found.recipe!r}, epoch {found.epoch}), not to {origin.epoch}"
        raise HistoryError(str(path), problem, "move the file away to begin a new one; nothing was changed")
    try:
        connection = connect(path, read_only=False)
        try:
            return _prepare(connection, tags, now_ms)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise HistoryError(str(path), f"cannot be written: {error}", "make room on its disk") from None


def _prepare(connection: sqlite3.Connection, tags: Sequence[Tag], now_ms: int) -> dict[str, int]:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO tag (name, unit, decimals, doc) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET unit = excluded.unit, decimals = excluded.decimals, doc = excluded.doc",
        [(tag.name, tag.unit, tag.decimals, tag.doc) for tag in tags],
    )
    numbers = tag_numbers(connection)
    connection.executemany("DELETE FROM sample WHERE tag = ? AND at > ?", [(n, now_ms) for n in numbers.values()])
    connection.execute("DELETE FROM instant WHERE at > ?", (now_ms,))
    connection.execute("COMMIT")
    sql = "SELECT value FROM sample WHERE tag = ? ORDER BY at DESC LIMIT 1"
    last = {name: connection.execute(sql, (number,)).fetchone() for name, number in numbers.items()}
    return {name: row[0] for name, row in last.items() if row is not None and row[0] is not None}


def tag_numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of every tag by name."""
    return dict(connection.execute("SELECT name, id FROM tag"))
