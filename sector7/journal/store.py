"""The journal as a file, read row by row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from typing import Any, Final

from hil.serial_board import SerialAnswer
from protocols.modbus.remote_answer import RemoteAnswer
from sector7 import sqlite_file
from sector7.journal import schema
from sector7.journal.errors import JournalError, JournalUnwritable
from sector7.journal.rows import DONE, Block, Header, Input, Robot, Snapshot, Told, Write
from sector7.rig.intake import Answer
from sector7.rig.trace import Entry
from sector7.sqlite_file import Flaw, FlawError

_RESTORE: Final = "restore it from a copy, or choose another folder; nothing was changed"


def create(path: Path, header: Header) -> None:
    """A new journal with nothing in it but its header. Raises JournalUnwritable; then there is none."""
    values = (header.recipe, header.seed, header.epoch, header.program, header.fingerprint)
    try:
        schema.KIND.make(path, [("INSERT INTO header VALUES (?, ?, ?, ?, ?)", values), schema.lease(0)])
    except (OSError, sqlite3.Error) as error:
        raise JournalUnwritable(
            path.parent, f"cannot hold a journal: {error}", "make room, or choose another"
        ) from error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection as a journal wants it: every commit is on the disk when it returns."""
    return sqlite_file.connect(path, read_only=read_only, power_safe=True)


class Journal:
    """Reads a journal. Raises JournalError if it is not one of ours, is of another version or is damaged."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        if not path.is_file():
            raise JournalError(path.parent, "holds no journal", "sector7 serve --state FOLDER makes one")
        try:
            self._connection = connect(path, read_only=True)
        except sqlite3.Error as error:
            raise self._unusable(FlawError(Flaw.DAMAGED, str(error))) from None
        try:
            self.header: Final = Header(*schema.KIND.header(self._connection))
        except FlawError as error:
            self.close()
            raise self._unusable(error) from None

    def close(self) -> None:
        """Done with it."""
        self._connection.close()

    def _unusable(self, error: FlawError) -> JournalError:
        folder = self.path.parent
        match error.flaw:
            case Flaw.FOREIGN:
                problem = f"{self.path.name} is not a journal of sector7"
                return JournalError(folder, problem, "choose another folder; nothing was changed")
            case Flaw.VERSION:
                problem = f"its journal has version {error.detail}, this program reads {schema.KIND.version}"
                return JournalError(folder, problem, "use the version of sector7 that wrote it")
            case Flaw.DAMAGED:
                return JournalError(folder, f"its journal is damaged: {error.detail}", _RESTORE)

    def _one(self, sql: str, *values: Any) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._connection.execute(sql, values).fetchone() or (None,)
        return row

    # ---- what stands in it
    @property
    def lease_us(self) -> int:
        """How far the plant may have gone."""
        return int(self._one("SELECT until_us FROM lease")[0] or 0)

    @property
    def last_seq(self) -> int:
        """The number of the last input."""
        return max(int(self._one(f"SELECT max(seq) FROM {table}")[0] or 0) for table in ("write", "answer"))

    @property
    def traced(self) -> int:
        """Entries of the trace that are recorded."""
        return int(self._one("SELECT max(first + count) FROM trace")[0] or 0)

    @property
    def robots_known(self) -> int:
        """The number of the last robot on record."""
        return int(self._one("SELECT max(number) FROM robot")[0] or 0)

    def snapshots(self) -> list[Snapshot]:
        """The checkpoints, newest first."""
        rows = self._connection.execute("SELECT at_us, seq, state FROM checkpoint ORDER BY at_us DESC")
        return [Snapshot(*row) for row in rows]

    def inputs(self, after: int = 0) -> Iterator[tuple[Input, int]]:
        """What came from outside behind number `after`, in order, without what was ignored; each with its seal."""
        done = ((row, mark) for row, mark in self._writes(after) if row.result == DONE)
        return merge(done, self._answers(after), key=lambda pair: pair[0].seq)

    def writes(self, after: int = 0) -> Iterator[Write]:
        """The written values behind number `after`, those that were ignored too."""
        return (row for row, _ in self._writes(after))

    def _writes(self, after: int) -> Iterator[tuple[Write, int]]:
        for *row, mark in self._connection.execute("SELECT * FROM write WHERE seq > ? ORDER BY seq", (after,)):
            yield Write(*row), mark

    def _answers(self, after: int) -> Iterator[tuple[Told, int]]:
        for row in self._connection.execute("SELECT * FROM answer WHERE seq > ? ORDER BY seq", (after,)):
            seq, at, station, *fields, mark = row
            yield Told(seq, at, station, _answer(*fields)), mark

    def blocks(self, after_us: int = 0) -> Iterator[Block]:
        """The recorded pieces of the trace that end behind plant time `after_us`, in order."""
        for row in self._connection.execute("SELECT * FROM trace WHERE at_us > ? ORDER BY first", (after_us,)):
            yield Block(*row)

    def events(self, last: int) -> list[tuple[int, Entry]]:
        """The last events, oldest first: the number in the trace and the entry."""
        sql = "SELECT number, at_us, log, value FROM event ORDER BY number DESC LIMIT ?"
        return [(number, (at, log, value)) for number, at, log, value in self._connection.execute(sql, (last,))][::-1]

    def stops(self) -> list[Entry]:
        """Every change of a station's stop reason, oldest first."""
        sql = "SELECT at_us, log, value FROM event WHERE tag LIKE 'ST__.StopReason' ORDER BY number"
        rows = self._connection.execute(sql)
        return [(at, log, value) for at, log, value in rows]

    def last_writes(self, last: int) -> list[Write]:
        """The last written values, oldest first."""
        rows = self._connection.execute("SELECT * FROM write ORDER BY seq DESC LIMIT ?", (last,))
        return [Write(*row[:-1]) for row in rows][::-1]

    def robots(self, last: int) -> list[Robot]:
        """The robots that left the line last, in that order."""
        sql = "SELECT number, serial, started_us, results FROM robot ORDER BY number DESC LIMIT ?"
        rows = self._connection.execute(sql, (last,))
        return [Robot(n, serial, at, tuple((o, t, v) for o, t, v in json.loads(all_))) for n, serial, at, all_ in rows][
            ::-1
        ]


def _answer(
    status: int | None, coils: int, counts: str, axis: int, outputs: str | None, command: str | None
) -> Answer | None:
    if status is None:
        return None
    values = tuple(json.loads(counts))
    if outputs is None or command is None:
        return RemoteAnswer(status, coils, values, axis)
    return SerialAnswer(status, int(outputs, 16), values, axis, int(command, 16))
