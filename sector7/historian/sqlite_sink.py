"""The sink of a state folder: a SQLite file that is kept within its limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from protocols.tags.tag import Tag
from sector7.historian.errors import SinkFailure
from sector7.historian.reporter import Report
from sector7.historian.store import connect, tag_numbers

_DAY_MS: Final = 86_400_000
#: Batches between two looks at the limits: ten minutes at a batch a second.
EVERY: Final = 600
#: What is removed when the file is too large, beyond what it is too large by: of the limit.
_RESERVE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a history is kept: so many days of plant time, in a file of so many bytes at most."""

    days: float = 30.0
    size: int = 1_000_000_000


class SqliteSink:
    """Port `Sink`: keeps reports on `tags` in an adopted history."""

    def __init__(self, path: Path, tags: Sequence[Tag], limits: Limits = Limits()) -> None:
        self._path = path
        self._limits = limits
        try:
            self._connection = connect(path, read_only=False)
            numbers = tag_numbers(self._connection)
        except sqlite3.Error as error:
            raise SinkFailure(self.name, str(error)) from None
        self._numbers = [numbers[tag.name] for tag in tags]
        self._batches = 0

    @property
    def name(self) -> str:
        """See port `Sink`."""
        return str(self._path)

    def write(self, batch: Sequence[Report]) -> None:
        """See port `Sink`."""
        numbers = self._numbers
        rows = [(numbers[i], report.at_ms, raw) for report in batch for i, raw in report.changes]
        rows.sort()  # neighbours in the tree one after the other
        ends = sorted((report.at_ms, report.wall_ms) for report in batch)
        ends[1:-1] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO sample VALUES (?, ?, ?)", rows)
            self._connection.executemany("INSERT OR REPLACE INTO instant VALUES (?, ?)", ends)
            if self._batches % EVERY == 0:
                prune(self._connection, self._limits)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise SinkFailure(self.name, str(error)) from None
        self._batches += 1

    def close(self) -> None:
        """See port `Sink`."""
        self._connection.close()


def prune(connection: sqlite3.Connection, limits: Limits) -> None:
    """Remove what is too old or too much. The values at the cut stay, as changes at their own, earlier times."""
    oldest, newest = connection.execute("SELECT min(at), max(at) FROM instant").fetchone()
    if oldest is None:
        return
    cut = newest - int(limits.days * _DAY_MS)
    used = _used(connection)
    if used > limits.size:
        share = 1 - (1 - _RESERVE) * limits.size / used
        cut = max(cut, oldest + int(share * (newest - oldest)))
    if cut <= oldest:
        return
    for number in tag_numbers(connection).values():
        connection.execute(
            "DELETE FROM sample WHERE tag = ?1 AND at < (SELECT max(at) FROM sample WHERE tag = ?1 AND at <= ?2)",
            (number, cut),
        )
    connection.execute("DELETE FROM instant WHERE at < ?", (cut,))


def _used(connection: sqlite3.Connection) -> int:
    """Bytes of the file that hold something: what is removed leaves free pages, which are used again."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int((pages - free) * size)
