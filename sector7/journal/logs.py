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
from protocols.alarm import alarm_logged
from protocols.line_map import UNIT as LINE_UNIT
from protocols.plant_map import PLANT_MAP
from protocols.roles import Role
from protocols.tag import Table
from sector7.bulk import HISTORY_WORDS, history
from sector7.journal.rows import DONE, Robot, Write
from sector7.trace import STRIDE, Entry

EVENT_LOG: Final = 2
OPERATOR_LOG: Final = 3
GENEALOGY: Final = 4

#: Number (2 registers), plant time in ms (3), station (0: the line), what (the log offset; of an alarm LOG_ALARM + its
#: number), value (2; of an alarm its status word).
EVENT_WORDS: Final = 9
#: Number (2), plant time in ms (3), role, unit, table, address, old (2), new (2), result, who (16 characters in 8).
WRITE_WORDS: Final = 22
_WHO: Final = 16
#: Ten thousand registers can be addressed in a file.
MOST_EVENTS: Final = 1000
MOST_WRITES: Final = 400
MOST_ROBOTS: Final = 150

ROLES: Final = ("server", *Role)
_TABLES: Final = tuple(Table)


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
    where = (alarm // 100, log) if alarm else divmod(log, STRIDE)
    return [*_wide(number, 2), *_wide(at // 1000, 3), *where, *_wide(value, 2)]


def _write(row: Write) -> list[int]:
    tag = PLANT_MAP.by_name.get(row.tag)
    table, address = (_TABLES.index(tag[1].table), tag[1].address) if tag else (0, 0)
    role = ROLES.index(row.role) if row.role in ROLES else 0
    who = row.who.encode("ascii", "replace")[:_WHO].ljust(_WHO, b"\0")
    return [
        *_wide(row.seq, 2), *_wide(row.at_us // 1000, 3), role, row.unit or LINE_UNIT, table, address,
        *_wide(row.old, 2), *_wide(row.new, 2), int(row.result != DONE),
        *(who[i] << 8 | who[i + 1] for i in range(0, _WHO, 2)),
    ]  # fmt: skip


def _wide(value: int, words: int) -> list[int]:
    return [value >> 16 * shift & 0xFFFF for shift in reversed(range(words))]
