"""What is drawn on the bar of a process value beside it: its set point, what is accepted, and its alarm limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hmi.draw.bars import HIGHEST_MARK, LIMIT_MARK, LOWEST_MARK, STANDING_MARK
from hmi.frame import StationView
from protocols.alarms.alarm import ANNUNCIATED, Alarm, AlarmState, Beyond, state_of
from protocols.alarms.limits import VALUE_ALARMS
from protocols.stations.station_io import Aim, Analog, Highest, Lowest, Target, Within

_STANDING: Final = ANNUNCIATED - {AlarmState.RETURNED}


def _by_value() -> dict[tuple[int, str], list[tuple[Alarm, Beyond]]]:
    found: dict[tuple[int, str], list[tuple[Alarm, Beyond]]] = {}
    for alarm in VALUE_ALARMS:
        if isinstance(alarm.condition, Beyond):
            found.setdefault((alarm.station, alarm.condition.analog), []).append((alarm, alarm.condition))
    return found


#: Alarms by station and the analogue input on which they are.
_ALARMS: Final = _by_value()


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything in the value's unit. `marks` are values with their marks on the bar, `text` the alarm limits in words,
    `standing` tells whether one of these alarms stands."""

    target: float | None
    marks: Sequence[tuple[float, str]]
    text: str
    standing: bool


def limits_of(view: StationView, analog: Analog) -> Limits:
    """Set points that are about the value as they are now, and its alarms from the alarm table."""
    one = 10**analog.decimals
    points = [(point.aim, view.raw(f"{point.name}_active") / one) for point in view.io.setpoints if point.aim]
    target = next((value for aim, value in points if aim == Target(analog.name)), None)
    marks: list[tuple[float, str]] = []
    for aim, value in points:
        if aim.of == analog.name:
            marks += _accepted(aim, value, target or 0.0)
    words, standing = [], False
    for alarm, limit in _ALARMS.get((view.number, analog.name), ()):
        stands = state_of(view.frame.raw(alarm.tag)) in _STANDING
        standing |= stands
        marks.append((limit.limit / one, STANDING_MARK if stands else LIMIT_MARK))
        words.append(f"{'>' if limit.above else '<'}{limit.limit / one:.{analog.decimals}f}")
    return Limits(target, marks, " ".join(words), standing)


def _accepted(aim: Aim, value: float, target: float) -> list[tuple[float, str]]:
    match aim:
        case Lowest():
            return [(value, LOWEST_MARK)]
        case Highest():
            return [(value, HIGHEST_MARK)]
        case Within():
            return [(target - value, LOWEST_MARK), (target + value, HIGHEST_MARK)]
        case Target():
            return []
