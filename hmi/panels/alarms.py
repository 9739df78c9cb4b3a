"""The alarm summary: what stands, the most urgent first, and what to do about the selected one."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from hmi.draw.ink import ALARM, ALARM_BLOCK, CAUTION, CAUTION_BLOCK, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, length, pack, spread
from hmi.draw.texts import clock, duration
from hmi.frame import Frame
from hmi.panels.alarm_health import HEALTH_LINES, alarm_health, health_page
from hmi.panels.alarm_help import HELP_LINES, alarm_help, consequences
from hmi.panels.alarm_mark import alarm_mark
from hmi.panels.alarm_rows import PRIORITIES, STATES, Row
from hmi.panels.alarm_view import Listing, Summary, listing
from protocols.alarms.alarm import CHATTERING, FIRST_OUT, Beyond, Priority
from protocols.alarms.alarm import STALE as STALE_FLAG

#: Cells of value and limit each, and of the quality, on the right of a wide table.
_NUMBERS = 12
_QUALITY = 5
#: What stands before the alarm's text, where there is room for everything and where there is not.
_WIDE = f" Priority  State     Since    for     {'Tag':<24}"
_NARROW = " Priority  State     for     Area  "
_ROOMY = 126


def alarm_summary(frame: Frame, width: int, height: int, view: Summary) -> list[Line]:
    """Counters, the table around the selected alarm, its help text, and the alarm system's health if there is room."""
    lines = [_counters(frame, width)]
    if view.health:
        return [*lines, *health_page(frame, width)]
    if view.narrowed:
        lines.append(fit(((f" / {view.typed}   " if view.typed else " ", STRONG), (view.shown, STRONG)), width))
    lines.append(_head(width))
    listed = listing(frame, view)
    chosen = listed.selected(view.number)
    foot = _foot(frame, chosen, width, height)
    if chosen is None and not listed.rolled:
        none = "No alarm is among these." if view.narrowed else "No alarm stands."
        lines.append(fit(((f" {none}", PLAIN),), width))
    lines += [_row(frame, row, width, row is chosen) for row in _window(listed, chosen, view, height - len(foot))]
    if listed.rolled:
        lines.append(_rolled_up(frame, listed.rolled, width))
    lines += [()] * (height - len(lines) - len(foot))
    return [*lines, *foot][:height]


def visible(frame: Frame, width: int, height: int, view: Summary) -> Sequence[Row]:
    """The rows that a summary of this size shows: nobody acknowledges what he cannot see."""
    listed = listing(frame, view)
    chosen = listed.selected(view.number)
    return [] if view.health else _window(listed, chosen, view, height - len(_foot(frame, chosen, width, height)))


def _window(listed: Listing, chosen: Row | None, view: Summary, height: int) -> Sequence[Row]:
    """The rows around the chosen one; `height` is that of the table with everything above and below its rows."""
    if chosen is None:
        return []
    room = max(1, height - 2 - view.narrowed - bool(listed.rolled))
    top = max(0, min(listed.rows.index(chosen) - room // 2, len(listed.rows) - room))
    return listed.rows[top : top + room]


def _rolled_up(frame: Frame, rolled: Sequence[Row], width: int) -> Line:
    """The line that stands for all alarms of low priority."""
    waiting = [row for row in rolled if row.unacknowledged]
    unacknowledged = f", {len(waiting)} unacknowledged" if waiting else ""
    ink = STRONG if frame.live else STALE
    return fit(
        (
            (" ", PLAIN),
            (clip(PRIORITIES[Priority.LOW], 8), ink),
            (" ", PLAIN),
            alarm_mark(frame, (waiting or rolled)[0]),
            (f"+ {len(rolled)} low-priority alarms{unacknowledged}; ", ink),
            ("Z", STRONG),
            (" opens", LABEL),
        ),
        width,
    )


def _foot(frame: Frame, chosen: Row | None, width: int, height: int) -> list[Line]:
    """What stands below the table, as far as the table keeps its room."""
    lines = alarm_help(frame, chosen.alarm, width) if chosen and height >= HELP_LINES + 6 else []
    return lines + (alarm_health(frame, width) if height >= HELP_LINES + HEALTH_LINES + 14 else [])


def _counters(frame: Frame, width: int) -> Line:
    flood = frame.raw("Line.AlarmFlood")
    waiting = frame.raw("Line.AlarmsUnacknowledged")
    parts: list[tuple[int, Line]] = [
        (0, ((f" {waiting} unacknowledged", CAUTION if waiting else PLAIN),)),
        (1, ((f"{frame.raw('Line.AlarmsStanding')} standing", PLAIN),)),
        (0, ((" FLOOD ", ALARM_BLOCK),) if flood else ()),
        (3, ((f"{frame.raw('Line.AlarmsShelved')} shelved", PLAIN),)),
        (4, ((f"{frame.raw('Line.AlarmsSuppressed')} suppressed", PLAIN),)),
        (5, ((f"{frame.raw('Line.AlarmsOutOfService')} out of service", PLAIN),)),
        (2, (("rate ", LABEL), (f"{frame.raw('Line.AlarmRate')}/10min", PLAIN))),
        (6, (("average ", LABEL), (f"{frame.scaled('Line.AlarmsPerHour'):.1f}/h", PLAIN))),
    ]
    return pack([part for part in parts if part[1]], width)


def _head(width: int) -> Line:
    if width >= _ROOMY:
        right = f" {'Value':<{_NUMBERS - 1}}{'Limit':<{_NUMBERS}}{'Qual.':<{_QUALITY}}"
        return spread(((f"{_WIDE}Alarm", LABEL),), ((right, LABEL),), width)
    return spread(((f"{_NARROW}Alarm", LABEL),), (("Value, limit", LABEL),), width)


def _row(frame: Frame, row: Row, width: int, cursor: bool) -> Line:
    live = frame.live
    block = {Priority.HIGH: ALARM_BLOCK, Priority.MEDIUM: CAUTION_BLOCK}.get(row.priority, STRONG)
    calm = {Priority.HIGH: ALARM, Priority.MEDIUM: CAUTION}.get(row.priority, PLAIN)
    ink: Style = (block if row.unacknowledged else calm) if live else STALE
    plain = PLAIN if live else STALE
    words = CURSOR if cursor else (STRONG if row.unacknowledged else PLAIN) if live else STALE
    age = (frame.raw("Line.SimulatedTime") - row.since_us) / 1e6 if row.since_us else -1.0
    roomy = width >= _ROOMY
    since = f" {clip(clock(row.since_us) if row.since_us else '—', 8)}" if roomy else ""
    tag = row.alarm.tag.replace(".Alarm.", ".")
    line: Line = (
        (" ", PLAIN),
        (clip(PRIORITIES[row.priority], 8), ink),
        (" ", PLAIN),
        alarm_mark(frame, row),
        (clip(STATES.get(row.state, "?"), 9), plain),
        (since, plain),
        (f" {duration(age) if age >= 0 else '—':<7} ", PLAIN),
        (clip(tag, 24) if roomy else f"{row.alarm.group:5s} ", LABEL),
    )
    right = _numbers(frame, row) if roomy else _number(row)
    room = width - length(line) - length(right)
    flags = _flags(frame, row)
    title = row.alarm.title if roomy and len(flags) + len(row.alarm.title) <= room else row.short
    return (*line, (clip(flags + title, room), words), *right)


def _numbers(frame: Frame, row: Row) -> Line:
    """Value, limit and quality in columns."""
    unit, live = row.unit, frame.live
    value = f"{row.measured} {unit}" if row.measured else "—"
    limit = f"{row.limit} {unit}" if row.limit else "—"
    good = not isinstance(row.alarm.condition, Beyond) or frame.station(row.alarm.station).board_good
    quality = "STALE" if not live else "GOOD" if good else "BAD"
    ink = PLAIN if live else STALE
    return (
        (f" {clip(value, _NUMBERS - 1)}", ink),
        (clip(limit, _NUMBERS), LABEL),
        (clip(quality, _QUALITY), ink if good else CAUTION),
    )


def _number(row: Row) -> Line:
    """Value and limit close together; no room where there is neither."""
    if not row.limit:
        return ()
    return ((f" {row.measured or '—'} {row.limit} {row.unit}", PLAIN),)


def _flags(frame: Frame, row: Row) -> str:
    shown = [
        text
        for bit, text in ((FIRST_OUT, "first out"), (CHATTERING, "chattering"), (STALE_FLAG, "stale"))
        if row.word & bit
    ]
    if row.word & FIRST_OUT and (behind := len(consequences(frame, row.alarm))):
        shown[0] += f", {behind} behind it"
    return f"[{', '.join(shown)}] " if shown else ""
