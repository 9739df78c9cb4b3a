"""Reads a history: while a server writes it, or afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from protocols.tags.history_map import Bucket
from sector7.historian.buckets import Sample, downsample
from sector7.historian.errors import HistoryError
from sector7.historian.store import connect, examine


@dataclass(frozen=True, slots=True)
class Column:
    """A recorded tag: value = raw / 10**decimals in `unit`."""

    number: int
    name: str
    unit: str
    decimals: int


class History:
    """An examined history, to read. Times are ms of plant time. Raises HistoryError if it cannot be read."""

    def __init__(self, path: Path, *, checked: bool = False) -> None:
        """`checked`: it was adopted or examined a moment ago."""
        self.path = path
        if not checked:
            examine(path)
        self._connection = connect(path)

    def close(self) -> None:
        """Done with it."""
        self._connection.close()

    def columns(self) -> list[Column]:
        """The recorded tags by name."""
        rows = self._all("SELECT id, name, unit, decimals FROM tag ORDER BY name")
        return [Column(*row) for row in rows]

    def span(self) -> tuple[int, int] | None:
        """From when to when something is recorded; None if nothing is."""
        ((first, last),) = self._all("SELECT min(at), max(at) FROM instant")
        return None if first is None else (first, last)

    def size(self, number: int) -> int:
        """Changes of a tag on record."""
        ((count,),) = self._all("SELECT count(*) FROM sample WHERE tag = ?", number)
        return int(count)

    def value(self, number: int, at_ms: int) -> int | None:
        """The raw value of a tag at an instant; None if it is not known."""
        rows = self._all("SELECT value FROM sample WHERE tag = ? AND at <= ? ORDER BY at DESC LIMIT 1", number, at_ms)
        return rows[0][0] if rows else None

    def samples(self, number: int, start_ms: int, end_ms: int) -> list[Sample]:
        """The changes of a tag from `start_ms` on and before `end_ms`."""
        sql = "SELECT at, value FROM sample WHERE tag = ? AND at >= ? AND at < ? ORDER BY at"
        return [(at, value) for at, value in self._all(sql, number, start_ms, end_ms)]

    def buckets(self, number: int, start_ms: int, width_ms: int, count: int) -> list[Bucket | None]:
        """`count` buckets of a tag from `start_ms` on, as `downsample` makes them."""
        span = self.span()
        if span is None:
            return [None] * count
        start, end = start_ms, start_ms + width_ms * count
        return downsample(
            self.value(number, start - 1), self.samples(number, start, end), start, width_ms, count, span[1]
        )

    def instants(self) -> list[tuple[int, int]]:
        """What the wall clock showed when: plant time, and ms since 1970."""
        return [(at, wall) for at, wall in self._all("SELECT at, wall FROM instant ORDER BY at")]

    def changes(self, numbers: list[int], start_ms: int, end_ms: int) -> Iterator[tuple[int, int, int | None]]:
        """The changes (time, tag, raw value) of some tags in order of time."""
        marks = ", ".join("?" * len(numbers))
        sql = f"SELECT at, tag, value FROM sample WHERE tag IN ({marks}) AND at >= ? AND at < ? ORDER BY at, tag"
        try:
            yield from self._connection.execute(sql, (*numbers, start_ms, end_ms))
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def _all(self, sql: str, *values: int) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def _damaged(self, error: sqlite3.Error) -> HistoryError:
        problem = f"cannot be read: {' '.join(str(error).split())}"
        return HistoryError(str(self.path), problem, "restore it from a copy, or move the file away to begin a new one")
