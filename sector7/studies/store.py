"""Results in SQLite, keyed by what they depend on: a study that is run again goes on, and counts nothing twice."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Final

from protocols.errors import LinkError
from sector7.studies.model import Result

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS result (
    key       TEXT NOT NULL,     -- hash of everything that the run depends on but its seed
    seed      INTEGER NOT NULL,
    responses TEXT NOT NULL,     -- JSON object: response -> number (NaN: there was nothing to divide by)
    failed    TEXT NOT NULL,     -- JSON array of what did not hold
    broken    INTEGER NOT NULL,  -- 1: an invariant was among it
    warmup_s  REAL NOT NULL,
    settled   INTEGER NOT NULL,  -- 0: MSER-5 says that the run is too short
    wall_s    REAL NOT NULL,
    label     TEXT NOT NULL,     -- for people: study and point
    PRIMARY KEY (key, seed)
) WITHOUT ROWID;
"""
#: A mark in the file: `sqlite3` shows it, and another program's database is not written into.
_APPLICATION: Final = 0x53375354
_COLUMNS: Final = "responses, failed, broken, warmup_s, settled, wall_s"


class StoreError(LinkError):
    """The results file cannot be used."""


class Store:
    """The results of one file. Only the process that leads a study writes it."""

    def __init__(self, path: Path | None) -> None:
        """Open or make `path` (None: in memory). Raises StoreError."""
        self.path = path
        try:
            self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
            (mark,) = self._connection.execute("PRAGMA application_id").fetchone()
            (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if mark != _APPLICATION and tables:
                raise StoreError(str(path), "is another program's database", "name another file with --results")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._connection.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(str(path), f"cannot hold results: {error}", "name another file with --results") from None

    def get(self, key: str, seed: int) -> Result | None:
        """The result of a run, if it was made before."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM result WHERE key = ? AND seed = ?", (key, seed)
        ).fetchone()
        if row is None:
            return None
        responses, failed, broken, warmup_s, settled, wall_s = row
        return Result(json.loads(responses), tuple(json.loads(failed)), bool(broken), warmup_s, bool(settled), wall_s)

    def put(self, key: str, seed: int, result: Result, label: str = "") -> None:
        """Keep a result; what is there already stays. Raises StoreError."""
        row = (
            key, seed, json.dumps(result.responses), json.dumps(result.failed), result.broken, result.warmup_s,
            result.settled, result.wall_s, label,
        )  # fmt: skip
        try:
            self._connection.execute("INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise StoreError(str(self.path), f"cannot hold results: {error}", "is the disk full?") from None

    @property
    def count(self) -> int:
        """How many results there are."""
        (count,) = self._connection.execute("SELECT count(*) FROM result").fetchone()
        return int(count)

    def close(self) -> None:
        """Fold the log back into the file."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
