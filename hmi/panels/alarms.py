"""The alarm summary: what stands, the most urgent first, and what to do about the selected one."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style

from hmi.draw.ink import ALARM, ALARM_BLOCK, CAUTION, CAUTION_BLOCK, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, pack, rule
from hmi.draw.texts import duration
from hmi.frame import Frame
from protocols.alarm import (
    CHATTERING,
    CONSEQUENCE,
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
    AlarmState.LATCHED_UNACKNOWLEDGED: "LATCHED*",
    AlarmState.LATCHED_ACKNOWLEDGED: "LATCHED",
}
_HEAD = " Priority  State       for     Area  Alarm"
#: Lines below the table: a rule, facts, three texts of at most two lines.
_HELP = 8


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
    def unacknowledged(self) -> bool:
        """True if somebody has to acknowledge it."""
        return self.state in UNACKNOWLEDGED


def rows(frame: Frame) -> list[Row]:
    """What stands, as the plant orders it, then what is shelved or out of service."""
    found: list[Row] = []
    for place in range(1, WORST_COUNT + 1):
        name = f"Line.Worst{place:02d}"
        alarm = BY_ALARM.get(frame.raw(f"{name}.Number"))
        if alarm is not None:
            found.append(Row(alarm, frame.raw(f"{name}.Word"), frame.raw(f"{name}.Time"), frame.raw(f"{name}.Value")))
    aside = [Row(alarm, frame.raw(alarm.tag)) for alarm in ALARMS]
    found += [row for row in aside if row.state in (AlarmState.SHELVED, AlarmState.OUT_OF_SERVICE)]
    return found


def selected(found: Sequence[Row], number: int) -> Row | None:
    """The row of alarm `number`, else the first."""
    return next((row for row in found if row.alarm.number == number), found[0] if found else None)


def shown(frame: Frame, width: int, height: int, number: int) -> list[Row]:
    """The rows that a summary of this size shows while alarm `number` is selected: nobody acknowledges what he cannot
    see."""
    found = rows(frame)
    chosen = selected(found, number)
    if chosen is None:
        return []
    room = max(1, height - 2 - (len(_help(frame, chosen, width)) if height >= _HELP + 6 else 0))
    top = max(0, min(found.index(chosen) - room // 2, len(found) - room))
    return found[top : top + room]


def alarm_summary(frame: Frame, width: int, height: int, number: int) -> list[Line]:
    """Counters, the table around the selected alarm, and its help text."""
    found = rows(frame)
    chosen = selected(found, number)
    lines = [_counters(frame, width), fit(((_HEAD, LABEL),), width)]
    if chosen is None:
        return [*lines, fit(((" No alarm stands.", PLAIN),), width)][:height]
    help_text = _help(frame, chosen, width) if height >= _HELP + 6 else []
    lines += [_row(frame, row, width, row.alarm is chosen.alarm) for row in shown(frame, width, height, number)]
    lines += [()] * (height - len(lines) - len(help_text))
    return [*lines, *help_text][:height]


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
    urgent = priority_of(row.word)
    live = frame.live
    block = {Priority.HIGH: ALARM_BLOCK, Priority.MEDIUM: CAUTION_BLOCK}.get(Priority(urgent or 1), STRONG)
    calm = {Priority.HIGH: ALARM, Priority.MEDIUM: CAUTION}.get(Priority(urgent or 1), PLAIN)
    ink: Style = (block if row.unacknowledged else calm) if live else STALE
    words = CURSOR if cursor else (STRONG if row.unacknowledged else PLAIN) if live else STALE
    age = (frame.raw("Line.SimulatedTime") - row.since_us) / 1e6 if row.since_us else -1.0
    mark = "?" if not live else "*" if row.unacknowledged else " "
    return fit(
        (
            (" ", PLAIN),
            (clip(_PRIORITIES[Priority(urgent or 1)], 8), ink),
            (f" {mark}", STRONG),
            (clip(_STATES.get(row.state, "?"), 9), PLAIN if live else STALE),
            (f" {duration(age) if age >= 0 else '—':<7} ", PLAIN),
            (f"{row.alarm.group:5s} ", LABEL),
            (f"{_flags(row)}{row.alarm.title}", words),
            (_value(row), PLAIN),
        ),
        width,
    )


def _flags(row: Row) -> str:
    shown = [
        text
        for bit, text in ((FIRST_OUT, "first out"), (CHATTERING, "chattering"), (STALE_FLAG, "stale"))
        if row.word & bit
    ]
    return f"[{', '.join(shown)}] " if shown else ""


def _value(row: Row) -> str:
    condition = row.alarm.condition
    if row.value is None or not isinstance(condition, Beyond):
        return ""
    io = BY_NUMBER[row.alarm.station]
    analog = io.analogs[io.analog(condition.analog)]
    return f"  {row.value / 10**analog.decimals:.{analog.decimals}f} {analog.unit}"


def _help(frame: Frame, row: Row, width: int) -> list[Line]:
    alarm = row.alarm
    behind = sum(
        bool(frame.raw(other.tag) & CONSEQUENCE) for other in ALARMS if alarm.number in other.causes
    )  # fmt: skip
    facts: list[tuple[int, Line]] = [
        (0, ((f" {alarm.tag}", STRONG),)),
        (1, (("respond within ", LABEL), (f"{alarm.respond_min} min", PLAIN))),
        (2, (("when ", LABEL), (alarm.limit_text, PLAIN))),
    ]
    if behind:
        facts.append((1, ((f"{behind} consequences suppressed", STRONG),)))
    lines = [rule(f"SELECTED  {alarm.number}", width), pack(facts, width)]
    for label, words in (("Cause", alarm.cause), ("Effect", alarm.consequence), ("Action", alarm.action)):
        first, *rest = textwrap.wrap(words, max(20, width - 10))[:2]
        lines.append(fit(((f" {label:7s} ", LABEL), (first, STRONG if label == "Action" else PLAIN)), width))
        lines += [fit(((f"         {line}", STRONG if label == "Action" else PLAIN),), width) for line in rest]
    return lines
