"""The write log: every written value where the plant keeps a journal, else what the operator log knows of this run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hmi.link.entry_file import EntryFile
from protocols.records.action_text import action_text, tag_at, value_text
from protocols.records.journal_files import OPERATOR_LOG, WRITE_WORDS, read_write
from protocols.tags.session_map import LoggedAction

_MOST = 200


@dataclass(frozen=True, slots=True)
class Written:
    """One write: the entry, what it says, and the full name of its tag (empty where the map has none)."""

    entry: LoggedAction
    text: str
    tag: str


def journaled_writes() -> EntryFile:
    """The newest written values of the journal; their number tells them apart."""
    return EntryFile(OPERATOR_LOG, _MOST, lambda entry: tuple(entry[:2]))


def from_journal(file: EntryFile) -> list[Written]:
    """What the journal's file has told, newest first."""
    told = (read_write(words) for words in file.entries if len(words) == WRITE_WORDS)
    return [Written(entry, value_text(entry), _tag(entry)) for entry in told]


def from_log(logged: Iterable[LoggedAction]) -> list[Written]:
    """What the operator log has told, newest first."""
    return [Written(entry, action_text(entry), _tag(entry)) for entry in logged]


def _tag(entry: LoggedAction) -> str:
    tag = tag_at(entry.unit, entry.table, entry.address)
    return tag.name if tag is not None else ""
