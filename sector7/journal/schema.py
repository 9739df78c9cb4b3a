"""The tables of a journal, and how every kind of row gets into them."""

from __future__ import annotations

import json
from typing import Final

from hil.serial_board import SerialAnswer
from sector7.journal.rows import Block, Robot, Snapshot, Told, Write, seal
from sector7.rig.trace import Entry
from sector7.sqlite_file import FileKind, Statement

_TABLES: Final = """
CREATE TABLE header (recipe TEXT NOT NULL, seed INTEGER NOT NULL, epoch INTEGER NOT NULL, program TEXT NOT NULL,
    fingerprint INTEGER NOT NULL);
CREATE TABLE session (number INTEGER PRIMARY KEY, begun REAL NOT NULL, at_us INTEGER NOT NULL, program TEXT NOT NULL);
CREATE TABLE lease (one INTEGER PRIMARY KEY CHECK (one = 1), until_us INTEGER NOT NULL);
CREATE TABLE write (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, wall REAL NOT NULL, who TEXT NOT NULL,
    role TEXT NOT NULL, unit INTEGER NOT NULL, tag TEXT NOT NULL, old INTEGER NOT NULL, new INTEGER NOT NULL,
    result TEXT NOT NULL, seal INTEGER NOT NULL);
CREATE TABLE answer (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, station INTEGER NOT NULL, status INTEGER,
    coils INTEGER, counts TEXT, axis INTEGER, outputs TEXT, command TEXT, seal INTEGER NOT NULL);
CREATE TABLE trace (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, at_us INTEGER NOT NULL, sha256 TEXT NOT NULL,
    entries BLOB NOT NULL);
CREATE TABLE event (number INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, log INTEGER NOT NULL, value INTEGER NOT NULL,
    tag TEXT NOT NULL);
CREATE TABLE robot (number INTEGER PRIMARY KEY, serial INTEGER NOT NULL UNIQUE, started_us INTEGER NOT NULL,
    results TEXT NOT NULL);
CREATE TABLE checkpoint (at_us INTEGER PRIMARY KEY, seq INTEGER NOT NULL, state BLOB NOT NULL);
"""

#: "S7jl" in the header of the database file: this is ours.
KIND: Final = FileKind(application=0x53376A6C, version=2, tables=_TABLES)


def session(begun: float, at_us: int, program: str) -> Statement:
    """A server begins to work on the journal."""
    return "INSERT INTO session (begun, at_us, program) VALUES (?, ?, ?)", (begun, at_us, program)


def lease(until_us: int) -> Statement:
    """The plant may go on until there."""
    return "INSERT OR REPLACE INTO lease VALUES (1, ?)", (until_us,)


def write(row: Write) -> Statement:
    """A written value."""
    return (
        "INSERT INTO write VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row.seq, row.at_us, row.wall_s, row.who, row.role, row.unit, row.tag, row.old, row.new, row.result, seal(row)),
    )


def told(row: Told) -> Statement:
    """A board's answer: a remote one's has coils, a serial one's images (wider than an integer) in hexadecimal."""
    answer = row.answer
    values: tuple[int | str | None, ...] = (None,) * 6
    if answer is not None:
        counts = json.dumps(list(answer.counts))
        if isinstance(answer, SerialAnswer):
            values = (answer.status, None, counts, answer.axis, f"{answer.outputs:x}", f"{answer.command:x}")
        else:
            values = (answer.status, answer.coils, counts, answer.axis, None, None)
    sql = "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    return sql, (row.seq, row.at_us, row.station, *values, seal(row))


def block(row: Block) -> Statement:
    """A piece of the trace."""
    return "INSERT OR IGNORE INTO trace VALUES (?, ?, ?, ?, ?)", (row.first, row.count, row.at_us, row.sha256, row.data)


def event(number: int, entry: Entry, tag: str) -> Statement:
    """An entry of the trace that people want to read about."""
    return "INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?)", (number, *entry, tag)


def robot(row: Robot) -> Statement:
    """A finished robot."""
    values = (row.number, row.serial, row.started_us, json.dumps([list(result) for result in row.results]))
    return "INSERT OR IGNORE INTO robot VALUES (?, ?, ?, ?)", values


def checkpoint(row: Snapshot) -> list[Statement]:
    """A checkpoint; only it and the one before are kept."""
    return [
        ("INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)", (row.at_us, row.seq, row.data)),
        ("DELETE FROM checkpoint WHERE at_us NOT IN (SELECT at_us FROM checkpoint ORDER BY at_us DESC LIMIT 2)", ()),
    ]
