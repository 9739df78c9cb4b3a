"""The alarm summary: what stands, the most urgent first, and what to do about the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.style import Style

from hmi.draw.ink import ALARM, ALARM_BLOCK, CAUTION, CAUTION_BLOCK, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, pack
from hmi.draw.texts import clock, duration, holds
from hmi.frame import Frame
from hmi.panels.alarm_health import HEALTH_LINES, alarm_health, health_page
from hmi.panels.alarm_help import HELP_LINES, alarm_help, consequences
from protocols.alarm import (
    CHATTERING,
    FIRST_OUT,
    UNACKNOWLEDGED,
    Alarm,
    AlarmState,
    Beyond,
    Priority,
    priority_of,
    state_of,
)
from protocols.alarm import (
    STALE as STALE_FLAG,
)
from protocols.alarm_map import WORST_COUNT
from protocols.alarm_table import ALARMS, BY_ALARM
from protocols.io_table import BY_NUMBER

_PRIORITIES = {Priority.HIGH: "▲ HIGH", Priority.MEDIUM: "◆ MED", Priority.LOW: "· LOW"}
_STATES: dict[int, str] = {
    AlarmState.UNACKNOWLEDGED: "UNACK",
    AlarmState.ACKNOWLEDGED: "ACK",
    AlarmState.RETURNED: "RETURNED",
    AlarmState.SHELVED: "SHELVED",
    AlarmState.OUT_OF_SERVICE: "OUT",
    AlarmState.SUPPRESSED: "SUPPR",
    AlarmState.LATCHED_UNACKNOWLEDGED: "LATCHED*",
    AlarmState.LATCHED_ACKNOWLEDGED: "LATCHED",
}
#: Heads of the table, where there is room for everything and where there is not.
_WIDE = f" Priority  State      Since        for     Area  {'Alarm':<52}{'Value':<14}Comes when"
_NARROW = " Priority  State       for     Area  Alarm"
_ROOMY = 126


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm of the summary; `since_us` is 0 and `value` None where nothing is told of them."""

    alarm: Alarm
    word: int
    since_us: int = 0
    value: int | None = None

    @property
    def state(self) -> int:
        """The alarm state."""
        return state_of(self.word)

    @property
    def priority(self) -> Priority:
        """The priority; low where a foreign server gives none."""
        return Priority(priority_of(self.word) or Priority.LOW)

    @property
    def unacknowledged(self) -> bool:
        """True if somebody has to acknowledge it."""
        return self.state in UNACKNOWLEDGED


class Shown(StrEnum):
    """Which alarms the summary lists."""

    ALL = "all that stand, then those set aside"
    WAITING = "unacknowledged"
    ASIDE = "shelved and out of service"
    BEHIND = "suppressed by design, consequences among them"


def rows(frame: Frame, shown: Shown = Shown.ALL, typed: str = "") -> list[Row]:
    """The alarms to list that hold what was typed: as the plant orders them, then those that are set aside."""
    found = [row for row in _listed(frame, shown) if not typed or holds(typed, _said(row))]
    if shown is Shown.WAITING:
        return [row for row in found if row.unacknowledged]
    return found


def _said(row: Row) -> str:
    alarm = row.alarm
    return f"{alarm.tag} {alarm.title} {alarm.group} {_STATES.get(row.state, '')} {_PRIORITIES[row.priority]}"


def _listed(frame: Frame, shown: Shown) -> list[Row]:
    aside = [Row(alarm, frame.raw(alarm.tag)) for alarm in ALARMS]
    if shown is Shown.BEHIND:
        return [row for row in aside if row.state == AlarmState.SUPPRESSED]
    aside = [row for row in aside if row.state in (AlarmState.SHELVED, AlarmState.OUT_OF_SERVICE)]
    return aside if shown is Shown.ASIDE else _standing(frame) + aside


def _standing(frame: Frame) -> list[Row]:
    found: list[Row] = []
    for place in range(1, WORST_COUNT + 1):
        name = f"Line.Worst{place:02d}"
        alarm = BY_ALARM.get(frame.raw(f"{name}.Number"))
        if alarm is not None:
            found.append(Row(alarm, frame.raw(f"{name}.Word"), frame.raw(f"{name}.Time"), frame.raw(f"{name}.Value")))
    return found


def selected(found: Sequence[Row], number: int) -> Row | None:
    """The row of alarm `number`, else the first."""
    return next((row for row in found if row.alarm.number == number), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class Summary:
    """How the summary is looked at: what it lists, what was typed, the selected alarm, health instead of the list."""

    shown: Shown = Shown.ALL
    typed: str = ""
    number: int = 0
    health: bool = False


def alarm_summary(frame: Frame, width: int, height: int, view: Summary) -> list[Line]:
    """Counters, the table around the selected alarm, its help text, and the alarm system's health if there is room."""
    lines = [_counters(frame, width)]
    if view.health:
        return [*lines, *health_page(frame, width)]
    if view.typed or view.shown is not Shown.ALL:
        lines.append(fit(((f" / {view.typed}   " if view.typed else " ", STRONG), (view.shown, STRONG)), width))
    lines.append(fit(((_WIDE if width >= _ROOMY else _NARROW, LABEL),), width))
    chosen = selected(rows(frame, view.shown, view.typed), view.number)
    foot = _foot(frame, chosen, width, height)
    if chosen is None:
        none = "No alarm stands." if view == Summary(number=view.number) else "No alarm is among these."
        lines.append(fit(((f" {none}", PLAIN),), width))
    else:
        seen = visible(frame, width, height, view)
        lines += [_row(frame, row, width, row.alarm is chosen.alarm) for row in seen]
    lines += [()] * (height - len(lines) - len(foot))
    return [*lines, *foot][:height]


def visible(frame: Frame, width: int, height: int, view: Summary) -> list[Row]:
    """The rows that a summary of this size shows: nobody acknowledges what he cannot see."""
    found = rows(frame, view.shown, view.typed)
    chosen = selected(found, view.number)
    if chosen is None or view.health:
        return []
    heads = 3 if view.typed or view.shown is not Shown.ALL else 2
    room = max(1, height - heads - len(_foot(frame, chosen, width, height)))
    top = max(0, min(found.index(chosen) - room // 2, len(found) - room))
    return found[top : top + room]


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


def _row(frame: Frame, row: Row, width: int, cursor: bool) -> Line:
    live = frame.live
    block = {Priority.HIGH: ALARM_BLOCK, Priority.MEDIUM: CAUTION_BLOCK}.get(row.priority, STRONG)
    calm = {Priority.HIGH: ALARM, Priority.MEDIUM: CAUTION}.get(row.priority, PLAIN)
    ink: Style = (block if row.unacknowledged else calm) if live else STALE
    words = CURSOR if cursor else (STRONG if row.unacknowledged else PLAIN) if live else STALE
    age = (frame.raw("Line.SimulatedTime") - row.since_us) / 1e6 if row.since_us else -1.0
    mark = "?" if not live else "*" if row.unacknowledged else " "
    roomy = width >= _ROOMY
    title = f"{_flags(frame, row)}{row.alarm.title}"
    since = f" {clock(row.since_us) if row.since_us else '—':<12}" if roomy else ""
    line: Line = (
        (" ", PLAIN),
        (clip(_PRIORITIES[row.priority], 8), ink),
        (f" {mark}", STRONG),
        (clip(_STATES.get(row.state, "?"), 9), PLAIN if live else STALE),
        (since, PLAIN if live else STALE),
        (f" {duration(age) if age >= 0 else '—':<7} ", PLAIN),
        (f"{row.alarm.group:5s} ", LABEL),
    )
    if not roomy:
        return fit((*line, (title, words), (f"  {_value(row)}", PLAIN)), width)
    cells = ((clip(title, 51), words), (" ", PLAIN), (clip(_value(row), 14), PLAIN), (row.alarm.limit_text, LABEL))
    return fit((*line, *cells), width)


def _flags(frame: Frame, row: Row) -> str:
    shown = [
        text
        for bit, text in ((FIRST_OUT, "first out"), (CHATTERING, "chattering"), (STALE_FLAG, "stale"))
        if row.word & bit
    ]
    if row.word & FIRST_OUT and (behind := len(consequences(frame, row.alarm))):
        shown[0] += f", {behind} behind it"
    return f"[{', '.join(shown)}] " if shown else ""


def _value(row: Row) -> str:
    condition = row.alarm.condition
    if row.value is None or not isinstance(condition, Beyond):
        return ""
    io = BY_NUMBER[row.alarm.station]
    analog = io.analogs[io.analog(condition.analog)]
    return f"{row.value / 10**analog.decimals:.{analog.decimals}f} {analog.unit}"
