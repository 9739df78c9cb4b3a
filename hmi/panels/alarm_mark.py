"""The mark of an unacknowledged alarm. It is the only thing on this console that blinks.

Its letter never changes: lit it is a filled block, else it stands plain. So it can be read at any instant, a terminal
without colours shows it too, and a painter repaints nothing else.
"""

from __future__ import annotations

from typing import Final

from rich.style import Style

from hmi.draw.ink import (
    ALARM_BLOCK,
    BAR_ALARM,
    BAR_CAUTION,
    BAR_CURSOR,
    BAR_STRONG,
    CAUTION_BLOCK,
    CURSOR,
    STALE,
    STRONG,
)
from hmi.draw.spans import Span
from hmi.frame import Frame
from hmi.panels.alarm_rows import Row
from protocols.alarms.alarm import Priority

_LIT: Final = {Priority.HIGH: ALARM_BLOCK, Priority.MEDIUM: CAUTION_BLOCK, Priority.LOW: CURSOR}
_LIT_ON_BAR: Final = {
    Priority.HIGH: BAR_ALARM,
    Priority.MEDIUM: BAR_CAUTION + Style(reverse=True),
    Priority.LOW: BAR_CURSOR,
}


def alarm_mark(frame: Frame, row: Row, *, on_bar: bool = False) -> Span:
    """One cell: a star for an alarm that waits, nothing for others, a question mark while nobody knows."""
    if not frame.live:
        return ("?", STALE)
    if not row.unacknowledged:
        return (" ", STRONG)
    if frame.lit:
        return ("*", (_LIT_ON_BAR if on_bar else _LIT)[row.priority])
    return ("*", BAR_STRONG if on_bar else STRONG)
