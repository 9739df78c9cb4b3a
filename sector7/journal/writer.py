"""The thread that writes the journal: whatever has come up since the last commit goes into the next one."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sector7.journal.errors import JournalUnwritable
from sector7.journal.store import connect
from sector7.sqlite_file import Statement

#: What could not be written is tried again after so long, seconds.
RETRY_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class Parcel:
    """Statements that belong together. `urgent` ones are given up when they cannot be written; others stay, in order,
    until they can. `settled` is for whoever put it: told True when it is written, False when it was given up."""

    statements: Sequence[Statement]
    urgent: bool
    settled: Callable[[bool], object] = bool


#: Told in the writer's thread after every attempt: the parcels, and why they could not be written (or nothing).
Written = Callable[[Sequence[Parcel], str], None]


class Writer:
    """Commits parcels in the order in which they were put. Begins with `start`, ends with `close`."""

    def __init__(self, path: Path, written: Written, retry_s: float = RETRY_S) -> None:
        self._written = written
        self._retry_s = retry_s
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._news = threading.Condition()
        self._fresh: list[Parcel] = []
        self._patient: list[Parcel] = []
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)

    def start(self) -> None:
        """Begin to write. Raises JournalUnwritable if the journal cannot be opened."""
        try:
            self._connection = connect(self._path)
        except sqlite3.Error as error:
            raise JournalUnwritable(self._path.parent, f"cannot be written: {error}", "make room on its disk") from None
        self._thread.start()

    def put(self, parcel: Parcel) -> None:
        """Have a parcel written with the next commit."""
        with self._news:
            self._fresh.append(parcel)
            self._news.notify()

    def close(self) -> None:
        """Write what is left, if it can be written, and end. Blocks until then."""
        with self._news:
            self._closing = True
            self._news.notify()
        if self._thread.is_alive():
            self._thread.join()
        if self._connection is not None:
            self._connection.close()

    def _run(self) -> None:
        while True:
            with self._news:
                if not self._fresh and not self._closing:
                    self._news.wait(self._retry_s if self._patient else None)
                fresh, self._fresh = self._fresh, []
                closing = self._closing
            batch = [*self._patient, *fresh]
            if batch:
                problem = self._commit(batch)
                self._patient = [parcel for parcel in batch if not parcel.urgent] if problem else []
                self._written(batch, problem)
            if closing:
                return

    def _commit(self, batch: Sequence[Parcel]) -> str:
        """Why the batch could not be written; empty text if it is on the disk."""
        connection = self._connection
        assert connection is not None
        try:
            connection.execute("BEGIN IMMEDIATE")
            for parcel in batch:
                for statement in parcel.statements:
                    connection.execute(*statement)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return str(error) or type(error).__name__
        return ""
