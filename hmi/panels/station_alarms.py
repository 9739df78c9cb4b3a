"""The most urgent alarms of one station, with what to do about them; nothing while none stands."""

from __future__ import annotations

from typing import Final

from rich.style import Style

from hmi.draw.ink import ALARM, CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import duration
from hmi.frame import StationView
from hmi.panels.alarm_mark import alarm_mark
from hmi.panels.alarm_rows import PRIORITIES, STATES, Row, standing
from protocols.alarms.alarm import FIRST_OUT, Priority

MOST: Final = 3
_INKS: Final = {Priority.HIGH: ALARM, Priority.MEDIUM: CAUTION}
#: From this width on the action stands behind the alarm, else below the first one.
_ROOMY: Final = 110


def station_alarms(view: StationView, width: int) -> list[Line]:
    """A head and up to three alarms as the plant orders them."""
    found = [row for row in standing(view.frame) if row.alarm.station == view.number]
    if not found:
        return []
    more = f"{len(found) - MOST} more: A" if len(found) > MOST else "A acknowledges them on its page"
    lines = [rule("ALARMS HERE", width, more)]
    for row in found[:MOST]:
        lines.append(_row(view, row, width))
        if width < _ROOMY and row is found[0]:
            lines.append(fit((("   do: ", LABEL), (row.alarm.action, STRONG)), width))
    return lines


def _row(view: StationView, row: Row, width: int) -> Line:
    live = view.frame.live
    plain: Style = PLAIN if live else STALE
    age = (view.frame.raw("Line.SimulatedTime") - row.since_us) / 1e6 if row.since_us else -1.0
    first = "[first out] " if row.word & FIRST_OUT else ""
    passed = " ".join(part for part in (row.measured, row.limit, row.unit) if part)
    words = f"{first}{row.short}  {passed}".rstrip()
    line: Line = (
        (" ", plain),
        (clip(PRIORITIES[row.priority], 7), _INKS.get(row.priority, PLAIN) if live else STALE),
        (" ", plain),
        alarm_mark(view.frame, row),
        (f"{STATES.get(row.state, '?'):<9}", plain),
        (f"{duration(age) if age >= 0 else '—':>6}  ", plain),
        (clip(words, 50) if width >= _ROOMY else words, (STRONG if row.unacknowledged else PLAIN) if live else STALE),
    )
    return fit((*line, (f"  do: {row.alarm.action}", LABEL)) if width >= _ROOMY else line, width)
