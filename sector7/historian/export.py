"""A history as a table: every change, or all values at regular times; as CSV or Parquet."""

from __future__ import annotations

import csv
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, TextIO

from sector7.historian.errors import HistoryError
from sector7.historian.reader import Column, History
from sector7.usage import UsageError

#: A row of the table; its first two cells are plant time in seconds and wall time.
Row = Sequence[str]
_PLAIN: Final = ("plant_s", "wall")


def choose(history: History, patterns: str) -> list[Column]:
    """The recorded tags that fit one of some comma-separated patterns such as `ST02.*`. Raises UsageError."""
    columns = history.columns()
    chosen: set[str] = set()
    for pattern in filter(None, (part.strip() for part in patterns.split(","))):
        found = {column.name for column in columns if fnmatchcase(column.name, pattern)}
        if not found:
            raise UsageError(
                "--tags", pattern, "a recorded tag, or a pattern such as 'ST02.*'; `sector7 history list` has them"
            )
        chosen |= found
    return [column for column in columns if column.name in chosen]


class Table:
    """The values of some tags from `start_ms` up to `end_ms` of plant time.

    Without `every_ms` there is a row for each change, and one for each tag that is known at the start. With it there is
    a row for every instant on a grid from the start on, with the values that hold then in a column for each tag.
    """

    def __init__(self, history: History, columns: list[Column], start_ms: int, end_ms: int, every_ms: int = 0) -> None:
        self._history = history
        self._columns = columns
        self._start, self._end, self._every = start_ms, end_ms, every_ms
        self._walls = Walls(history)

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        return [*_PLAIN, *((c.name for c in self._columns) if self._every else ("tag", "value", "unit"))]

    @property
    def kinds(self) -> list[str]:
        """Their SQL types."""
        values = ["DOUBLE"] * len(self._columns) if self._every else ["VARCHAR", "DOUBLE", "VARCHAR"]
        return ["DOUBLE", "TIMESTAMPTZ", *values]

    def rows(self) -> Iterator[Row]:
        """The rows in order of plant time."""
        return self._grid() if self._every else self._changes()

    def _begin(self) -> list[int | None]:
        return [self._history.value(column.number, self._start) for column in self._columns]

    def _changes(self) -> Iterator[Row]:
        places = {column.number: column for column in self._columns}
        for column, raw in zip(self._columns, self._begin(), strict=True):
            if raw is not None:
                yield self._row(self._start, column, raw)
        for at, number, raw in self._history.changes(list(places), self._start + 1, self._end):
            yield self._row(at, places[number], raw)

    def _row(self, at: int, column: Column, raw: int | None) -> Row:
        return [*self._times(at), column.name, text(raw, column.decimals), column.unit]

    def _grid(self) -> Iterator[Row]:
        places = {column.number: i for i, column in enumerate(self._columns)}
        values = [text(raw, c.decimals) for raw, c in zip(self._begin(), self._columns, strict=True)]
        next_at = self._start
        for at, number, raw in self._history.changes(list(places), self._start + 1, self._end):
            while next_at < at:
                yield [*self._times(next_at), *values]
                next_at += self._every
            place = places[number]
            values[place] = text(raw, self._columns[place].decimals)
        while next_at < self._end:
            yield [*self._times(next_at), *values]
            next_at += self._every

    def _times(self, at: int) -> tuple[str, str]:
        wall = self._walls.at(at)
        moment = datetime.fromtimestamp(wall / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        return f"{at / 1000:.3f}", moment


class Walls:
    """What the wall clock showed, for many instants."""

    def __init__(self, history: History) -> None:
        self._at, self._wall = array("q"), array("q")
        for at, wall in history.instants():
            self._at.append(at)
            self._wall.append(wall)

    def at(self, at: int) -> int:
        """Wall time in ms since 1970 at plant time `at`, in proportion between two records."""
        i = bisect_right(self._at, at)
        if i == 0 or i == len(self._at):
            return self._wall[min(i, len(self._at) - 1)]
        a, b = self._at[i - 1], self._at[i]
        return self._wall[i - 1] + (self._wall[i] - self._wall[i - 1]) * (at - a) // (b - a)


def text(raw: int | None, decimals: int) -> str:
    """A raw value as a number; empty if it is unknown."""
    if raw is None:
        return ""
    return f"{raw / 10**decimals:.{decimals}f}" if decimals else str(raw)


def write_csv(table: Table, out: TextIO) -> int:
    """Write a table; the number of rows."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.heads)
    count = 0
    for row in table.rows():
        writer.writerow(row)
        count += 1
    return count


def write_parquet(table: Table, out: Path) -> int:
    """Write a table; the number of rows. Raises HistoryError without DuckDB."""
    try:
        import duckdb
    except ImportError as error:
        remedy = "pip install 'sector7[history]', or use --format csv"
        raise HistoryError("export", f"Parquet needs the package duckdb: {error}", remedy) from None
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".export-") as folder:
        plain = Path(folder) / "table.csv"
        with plain.open("w", encoding="utf-8", newline="") as file:
            count = write_csv(table, file)
        kinds = dict(zip(table.heads, table.kinds, strict=True))
        columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in kinds.items())
        connection = duckdb.connect()
        try:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(
                f"COPY (SELECT * FROM read_csv({_quoted(str(plain))}, header = true, auto_detect = false, "
                f"delim = ',', quote = '\"', columns = {{{columns}}})) TO {_quoted(str(out))} (FORMAT parquet)"
            )
        except duckdb.Error as error:
            problem = " ".join(str(error).split())
            raise HistoryError(str(out), f"cannot be written as Parquet: {problem}", "use --format csv") from None
        finally:
            connection.close()
    return count


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
