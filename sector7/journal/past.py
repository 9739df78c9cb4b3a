"""What has happened, as rows: a piece of the trace, its events, the robots that left the line."""

from __future__ import annotations

from collections.abc import Sequence

from sector7.journal import schema
from sector7.journal.events import events, tag_of
from sector7.journal.packing import pack_entries
from sector7.journal.rows import Block, Robot
from sector7.rig.rig import Rig
from sector7.rig.trace import Entry
from sector7.sqlite_file import Statement


def past(rig: Rig, first: int, entries: Sequence[Entry], robots: Sequence[Robot]) -> list[Statement]:
    """The trace of `rig` from entry number `first` up to now, which are `entries`, and `robots`."""
    piece = Block(first, len(entries), rig.now, rig.trace.sha256(), pack_entries(entries))
    statements = [schema.block(piece)] if entries else []
    statements += [schema.event(number, entry, tag_of(entry[1])) for number, entry in events(entries, first)]
    return statements + [schema.robot(row) for row in robots]
