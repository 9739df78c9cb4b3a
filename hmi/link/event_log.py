"""The event log of the plant, out of the file in which its journal tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hmi.draw.texts import holds
from hmi.link.entry_file import EntryFile
from protocols.alarms.alarm import alarm_logged
from protocols.alarms.table import BY_ALARM
from protocols.records.event_text import event_kind, event_owner, event_text
from protocols.records.journal_files import EVENT_LOG, EVENT_WORDS, Event, read_event
from protocols.stations.io_table import BY_NUMBER

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words: the line or a station's code, the kind, and what happened."""

    event: Event
    owner: str
    kind: str
    text: str

    @property
    def searched(self) -> str:
        """Everything that a filter may ask for: the station's and the alarm's names too."""
        io, alarm = BY_NUMBER.get(self.event.station), BY_ALARM.get(alarm_logged(self.event.what))
        names = f"{io.title if io else ''} {f'{alarm.tag} {alarm.number}' if alarm else ''}"
        return f"{self.owner} {self.kind} {self.text} {names}"


def event_file() -> EntryFile:
    """The newest events; their number in the trace tells them apart."""
    return EntryFile(EVENT_LOG, _MOST, lambda entry: tuple(entry[:2]))


def events_of(file: EntryFile) -> list[Event]:
    """What the file has told, newest first."""
    return [read_event(words) for words in file.entries if len(words) == EVENT_WORDS]


def told(file: EntryFile) -> list[Told]:
    """The same in words."""
    return [Told(event, event_owner(event), event_kind(event), event_text(event)) for event in events_of(file)]


def matching(events: Iterable[Told], typed: str) -> list[Told]:
    """Those that hold every word typed, and none of those typed with a minus in front: "ST05 -state"."""
    words = typed.lower().split()
    wanted = " ".join(word for word in words if not word.startswith("-"))
    unwanted = [word[1:] for word in words if word.startswith("-") and word != "-"]
    return [
        event
        for event in events
        if holds(wanted, event.searched) and not any(holds(word, event.searched) for word in unwanted)
    ]
