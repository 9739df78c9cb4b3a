"""The alarms to look at first, a line each: for pages that show more than alarms."""

from __future__ import annotations

from typing import Final

from rich.style import Style

from hmi.draw.ink import ALARM_BLOCK, CAUTION_BLOCK, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit
from hmi.draw.texts import duration
from hmi.frame import Frame
from hmi.panels.alarm_mark import alarm_mark
from hmi.panels.alarm_rows import PRIORITIES, Row, worst
from protocols.alarms.alarm import AlarmState, Priority

#: From here on what is to be done stands beside the alarm.
_ROOMY: Final = 120
_NUMBERS: Final = 18
#: In fewer lines alarms are worth more than how many there are: the banner counts them.
_TELLS_MORE: Final = 3
_NOTES: Final[dict[int, str]] = {
    AlarmState.RETURNED: "has gone; waits to be acknowledged",
    AlarmState.LATCHED_UNACKNOWLEDGED: "has gone but is latched; acknowledge, then reset it",
    AlarmState.LATCHED_ACKNOWLEDGED: "has gone but is latched; reset it",
}


def alarm_strip(frame: Frame, width: int, height: int) -> list[Line]:
    """At most `height` alarms that stand: first those that nobody acknowledged, each time the most urgent first. If
    there are more, the last line says how many (where there is room); nothing if none stands."""
    found = sorted(worst(frame), key=lambda row: not row.unacknowledged)
    standing = max(len(found), frame.raw("Line.AlarmsStanding"))
    if not found or standing <= height or height < _TELLS_MORE:
        return [_line(frame, row, width) for row in found[:height]]
    shown = max(0, height - 1)
    more: Line = ((f" … and {standing - shown} more alarms", STRONG if frame.live else STALE), ("  A opens all", LABEL))
    return [*(_line(frame, row, width) for row in found[:shown]), fit(more, width)][:height]


def _line(frame: Frame, row: Row, width: int) -> Line:
    block = {Priority.HIGH: ALARM_BLOCK, Priority.MEDIUM: CAUTION_BLOCK}.get(row.priority, STRONG)
    ink: Style = (block if row.unacknowledged else PLAIN) if frame.live else STALE
    words = (STRONG if row.unacknowledged else PLAIN) if frame.live else STALE
    age = (frame.raw("Line.SimulatedTime") - row.since_us) / 1e6 if row.since_us else -1.0
    roomy = width >= _ROOMY
    numbers = f"{row.measured} {row.limit} {row.unit}" if row.measured else ""
    line: Line = (
        (" ", PLAIN),
        (clip(PRIORITIES[row.priority], 8), ink),
        (" ", PLAIN),
        alarm_mark(frame, row),
        (f"{row.alarm.group:5s} ", LABEL),
        (clip(row.alarm.title if roomy else row.short, 45 if roomy else 34), words),
        (f"{duration(age) if age >= 0 else '—':<6} ", PLAIN),
        (clip(numbers, _NUMBERS) if roomy else numbers, PLAIN),
    )
    if roomy:
        line = (*line, (f" {_NOTES.get(row.state, row.alarm.action)}", PLAIN if frame.live else STALE))
    return fit(line, width)
