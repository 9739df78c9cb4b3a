"""The event log: what happened in the plant, the newest first, and what is known of the selected event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style

from hmi.draw.ink import CAUTION, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import clock, duration
from hmi.frame import Frame
from hmi.link.event_log import Told
from protocols.alarms.alarm import UNACKNOWLEDGED, alarm_logged, state_of
from protocols.alarms.table import BY_ALARM
from protocols.stations.io_table import BY_NUMBER

#: From this width on a row has room for the station's name.
_ROOMY = 110


@dataclass(frozen=True)
class Reading:
    """What of the log is shown. `found` are those of `count` events that match `typed`; `place` is the selected one."""

    found: Sequence[Told]
    count: int
    typed: str
    place: int
    follows: bool


def event_log(frame: Frame, shown: Reading, width: int, height: int) -> list[Line]:
    """Head, the rows around the selected one, and at the foot its detail, in `height` lines."""
    note = f"{len(shown.found)} of {shown.count}, newest first" + ("" if shown.follows else "   Home follows again")
    lines = [rule(f"EVENTS{f'  / {shown.typed}' if shown.typed else ''}", width, note), _heads(width)]
    detail = _detail(frame, shown.found[shown.place], width) if shown.found else []
    room = max(1, height - len(lines) - len(detail))
    top = max(0, min(shown.place - room // 2, len(shown.found) - room))
    for place, told in enumerate(shown.found[top : top + room], top):
        lines.append(_row(frame, told, place == shown.place, width))
    if not shown.found:
        nothing = "No event has all that." if shown.typed else "Nothing is told of yet."
        lines.append(fit(((f" {nothing}", LABEL),), width))
    return [*lines, *[()] * (height - len(lines) - len(detail)), *detail]


def _heads(width: int) -> Line:
    station = f"{'Station':<21}" if width >= _ROOMY else f"{'':<6}"
    return fit(((f" {'plant':<12}{station}{'Kind':<9}What", LABEL),), width)


def _row(frame: Frame, told: Told, cursor: bool, width: int) -> Line:
    io = BY_NUMBER.get(told.event.station)
    where = f"{told.owner} {io.title if io is not None else ''}" if width >= _ROOMY else told.owner
    ink = PLAIN if frame.live else STALE
    return fit(
        (
            (f" {clock(told.event.time_ms * 1000):<12}", CURSOR if cursor else LABEL),
            (f"{clip(where, 20 if width >= _ROOMY else 5)} ", ink),
            (f"{told.kind:<9}", LABEL),
            (told.text, _ink(told) if frame.live else STALE),
        ),
        width,
    )


def _ink(told: Told) -> Style:
    """An alarm that waited for somebody, and a stop, stand out."""
    if told.kind == "alarm":
        return STRONG if state_of(told.event.value) in UNACKNOWLEDGED else PLAIN
    if told.kind in ("safety", "supply"):
        return PLAIN if told.event.value else CAUTION
    return STRONG if told.kind == "reason" and told.event.value else PLAIN


def _detail(frame: Frame, told: Told, width: int) -> list[Line]:
    event = told.event
    ago = duration(max(0.0, frame.raw("Line.SimulatedTime") / 1e6 - event.time_ms / 1e3))
    io = BY_NUMBER.get(event.station)
    facts = (
        (f" {told.owner} {io.title if io is not None else ''}  ", STRONG),
        (f"at {clock(event.time_ms * 1000)}.{event.time_ms % 1000:03d}, {ago} ago  ", PLAIN),
        (f"event {event.number}", LABEL),
    )
    lines = [rule("SELECTED", width, told.kind), fit(facts, width), fit(((f" {told.text}", PLAIN),), width)]
    alarm = BY_ALARM.get(alarm_logged(event.what))
    if alarm is not None:
        lines.append(fit(((" Cause   ", LABEL), (alarm.cause, PLAIN)), width))
        lines.append(fit(((" Action  ", LABEL), (alarm.action, STRONG)), width))
    return lines
