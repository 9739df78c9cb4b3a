"""A SQLite file of a certain kind: made whole or not at all, opened only when it is of that kind and undamaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from protocols.errors import EmulatorError

#: One SQL statement and its values.
Statement = tuple[str, tuple[Any, ...]]


class Flaw(Enum):
    """Why a file is not used."""

    FOREIGN = "another program's"
    VERSION = "of another version"
    DAMAGED = "damaged"


class FlawError(EmulatorError):
    """A file that is not used: why, and the version or SQLite's own words."""

    def __init__(self, flaw: Flaw, detail: str) -> None:
        super().__init__(f"{flaw.value}: {detail}")
        self.flaw = flaw
        self.detail = detail


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file of this kind has in its header (`application_id`, `user_version`), and its tables, of which `header`
    has one row."""

    application: int
    version: int
    tables: str

    def make(self, path: Path, rows: Iterable[Statement]) -> None:
        """A new file with these rows, on the disk when this returns. Raises OSError or sqlite3.Error if none is."""
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        connection = sqlite3.connect(draft)
        try:
            connection.executescript(
                f"PRAGMA application_id = {self.application}; PRAGMA user_version = {self.version}; {self.tables}"
            )
            for row in rows:
                connection.execute(*row)
            connection.commit()
        finally:
            connection.close()
        draft.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def header(self, connection: sqlite3.Connection) -> tuple[Any, ...]:
        """The row of the table `header`. Raises FlawError: foreign, of another version, damaged."""
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != self.application:
                raise FlawError(Flaw.FOREIGN, f"{application:#x}")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != self.version:
                raise FlawError(Flaw.VERSION, str(version))
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise FlawError(Flaw.DAMAGED, " ".join(str(verdict).split()))
            rows: list[tuple[Any, ...]] = connection.execute("SELECT * FROM header").fetchall()
        except sqlite3.Error as error:
            raise FlawError(Flaw.DAMAGED, " ".join(str(error).split())) from None
        if len(rows) != 1:
            raise FlawError(Flaw.DAMAGED, "it has no header")
        return rows[0]


def connect(path: Path, *, read_only: bool, power_safe: bool) -> sqlite3.Connection:
    """A connection that commits by itself. A kill loses nothing that was committed; a power cut may lose the last
    commits unless it is `power_safe`, which waits for the disk at every one."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if power_safe else 'NORMAL'}")
    return connection
