"""What the journal lets masters read as file records (function 20): events, operators' writes, robots' histories.

Every file begins with the number of entries and the registers of one entry; the entries follow, the oldest first. The
newest entries of the journal are there, those of earlier sessions too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from plant.pallet import Robot as PlantRobot
from protocols.alarms.alarm import alarm_logged
from protocols.records.journal_files import (
    EVENT_LOG,
    EVENT_WORDS,
    GENEALOGY,
    OPERATOR_LOG,
    WRITE_WORDS,
    Event,
    event_words,
    write_words,
)
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import ActionResult, LoggedAction
from protocols.tags.tag import Table
from sector7.journal.rows import DONE, Robot, Write
from sector7.masters.bulk import HISTORY_WORDS, history
from sector7.masters.operator_log import label_of, role_of
from sector7.rig.intake import Author
from sector7.rig.trace import STRIDE, Entry

#: Ten thousand registers can be addressed in a file.
MOST_EVENTS: Final = 1000
MOST_WRITES: Final = 400
MOST_ROBOTS: Final = 150


class Logs:
    """The ends of the three logs."""

    def __init__(self) -> None:
        self._events: deque[list[int]] = deque(maxlen=MOST_EVENTS)
        self._writes: deque[list[int]] = deque(maxlen=MOST_WRITES)
        self._robots: deque[list[int]] = deque(maxlen=MOST_ROBOTS)

    def add_events(self, rows: Iterable[tuple[int, Entry]]) -> None:
        """Events with their numbers."""
        self._events.extend(map(_event, rows))

    def add_write(self, row: Write) -> None:
        """A written value."""
        self._writes.append(_write(row))

    def add_robots(self, rows: Iterable[Robot]) -> None:
        """Finished robots."""
        self._robots.extend(history(PlantRobot(r.serial, r.started_us, 0, list(r.results))) for r in rows)

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """As port `FileSource` has it."""
        rows, size = {
            EVENT_LOG: (self._events, EVENT_WORDS),
            OPERATOR_LOG: (self._writes, WRITE_WORDS),
            GENEALOGY: (self._robots, HISTORY_WORDS),
        }.get(file, (None, 0))
        if rows is None or record + count > 2 + size * len(rows):
            return None
        return [len(rows), size, *chain.from_iterable(rows)][record : record + count]


def _event(row: tuple[int, Entry]) -> list[int]:
    number, (at, log, value) = row
    alarm = alarm_logged(log)
    station, what = (alarm // 100, log) if alarm else divmod(log, STRIDE)
    return event_words(Event(number, at // 1000, station, what, value))


def _write(row: Write) -> list[int]:
    tag = PLANT_MAP.by_name.get(row.tag)
    table, address = (tag[1].table, tag[1].address) if tag else (Table.COIL, 0)
    result = ActionResult.DONE if row.result == DONE else ActionResult.IGNORED
    who = label_of(Author(row.who, row.role))
    return write_words(
        LoggedAction(
            row.seq, row.at_us // 1000, 0, role_of(row.role), result, row.unit or LINE_UNIT, table, address, row.old,
            row.new, who,
        )
    )  # fmt: skip
