"""The alarms in one line, for the banner of every screen: how many of each priority, and the one to look at first."""

from __future__ import annotations

from typing import Final

from rich.style import Style

from hmi.draw.ink import BAR, BAR_ALARM, BAR_CAUTION, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, Span, pack
from hmi.draw.texts import duration
from hmi.frame import Frame
from hmi.panels.alarm_mark import alarm_mark
from hmi.panels.alarm_rows import PRIORITIES, SHAPES, newest_worst
from protocols.alarms.alarm import FIRST_OUT, Priority

#: From here on there is room for whole titles and for what to do.
_ROOMY: Final = 90
_COUNTED: Final[tuple[tuple[str, Priority, str, Style], ...]] = (
    ("Line.AlarmsHigh", Priority.HIGH, "high", BAR_ALARM),
    ("Line.AlarmsMedium", Priority.MEDIUM, "med", BAR_CAUTION),
    ("Line.AlarmsLow", Priority.LOW, "low", BAR_STRONG),
)


def alarm_counts(frame: Frame) -> Line:
    """Standing alarms by priority, in shapes and words; how many wait to be acknowledged, and whether it is a flood."""
    spans: list[Span] = [(" ", BAR)]
    for tag, priority, word, ink in _COUNTED:
        count = frame.raw(tag)
        spans += [(f"{SHAPES[priority]} {count} {word}", ink if count else BAR_LABEL), (" ", BAR)]
    waiting = frame.raw("Line.AlarmsUnacknowledged")
    if waiting:
        urgent = frame.raw("Line.AlarmsHigh") > 0
        flood = " FLOOD" if frame.raw("Line.AlarmFlood") else ""
        spans.append((f" {waiting} unack{flood}", BAR_ALARM if urgent and flood else BAR_STRONG))
    return (*spans, (" ", BAR))


def newest_alarm(frame: Frame, width: int) -> Line:
    """The newest of the worst unacknowledged alarms in exactly `width` cells; nothing if none waits."""
    row = newest_worst(frame)
    if row is None:
        return ()
    ink = {Priority.HIGH: BAR_ALARM, Priority.MEDIUM: BAR_CAUTION}.get(row.priority, BAR_STRONG)
    roomy = width >= _ROOMY
    shape = PRIORITIES[row.priority] if roomy else SHAPES[row.priority]
    first = "first out  " if roomy and row.word & FIRST_OUT else ""
    title = row.alarm.title if roomy else row.short
    parts: list[tuple[int, Line]] = [
        (
            0,
            (
                (" ", BAR),
                alarm_mark(frame, row, on_bar=True),
                (shape, ink),
                (f" {row.alarm.group} {first}{title}", BAR_STRONG),
            ),
        ),
    ]
    if row.measured:
        parts.append((1, ((f"{row.measured} {row.limit} {row.unit}", BAR_STRONG),)))
    if row.since_us:
        age = (frame.raw("Line.SimulatedTime") - row.since_us) / 1e6
        parts.append((2, ((duration(age), BAR),)))
    if roomy:
        parts.append((3, (("A opens", BAR_LABEL),)))
    return pack(parts, width, 2, BAR)
