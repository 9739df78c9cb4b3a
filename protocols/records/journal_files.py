"""What a journal tells as file records (function 20): how the entries of its event log and of its written values look.

Every file begins with the number of entries and the registers of one; the entries follow, the oldest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from protocols.tags.session_map import ROLES, ActionResult, LoggedAction, ascii_text
from protocols.tags.tag import Table

#: File numbers.
EVENT_LOG: Final = 2
OPERATOR_LOG: Final = 3
GENEALOGY: Final = 4

#: Number (2 registers), plant time in ms (3), station (0: the line), what (the log offset; of an alarm LOG_ALARM + its
#: number), value (2; of an alarm its status word).
EVENT_WORDS: Final = 9
#: Number (2), plant time in ms (3), role, unit, table, address, old (2), new (2), 1 if it was ignored, who (16
#: characters in 8).
WRITE_WORDS: Final = 22
_WHO: Final = 16
_TABLES: Final = tuple(Table)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the event log. `number` is its place in the trace, `station` 0 for the line."""

    number: int
    time_ms: int
    station: int
    what: int
    value: int


def event_words(event: Event) -> list[int]:
    """An event as registers."""
    return [*_wide(event.number, 2), *_wide(event.time_ms, 3), event.station, event.what, *_wide(event.value, 2)]


def read_event(words: Sequence[int]) -> Event:
    """The event in registers."""
    return Event(_whole(words[:2]), _whole(words[2:5]), words[5], words[6], _whole(words[7:9]))


def write_words(action: LoggedAction) -> list[int]:
    """A written value as registers; its wall time and detail are not told."""
    who = action.who.encode("ascii", "replace")[:_WHO].ljust(_WHO, b"\0")
    return [
        *_wide(action.number, 2), *_wide(action.time_ms, 3), ROLES.index(action.role), action.unit,
        _TABLES.index(action.table), action.address, *_wide(action.old, 2), *_wide(action.new, 2),
        int(action.result is ActionResult.IGNORED), *(who[i] << 8 | who[i + 1] for i in range(0, _WHO, 2)),
    ]  # fmt: skip


def read_write(words: Sequence[int]) -> LoggedAction:
    """The written value in registers, with wall time 0. Raises IndexError if they hold none."""
    who = bytes(byte for word in words[14:WRITE_WORDS] for byte in divmod(word, 256))
    return LoggedAction(
        _whole(words[:2]), _whole(words[2:5]), 0, ROLES[words[5]],
        ActionResult.IGNORED if words[13] else ActionResult.DONE, words[6], _TABLES[words[7]], words[8],
        _signed(words[9:11]), _signed(words[11:13]), ascii_text(who),
    )  # fmt: skip


def _wide(value: int, words: int) -> list[int]:
    return [value >> 16 * shift & 0xFFFF for shift in reversed(range(words))]


def _whole(words: Sequence[int]) -> int:
    value = 0
    for word in words:
        value = value << 16 | word
    return value


def _signed(words: Sequence[int]) -> int:
    value = _whole(words)
    return value - (1 << 32) if value >> 31 else value
