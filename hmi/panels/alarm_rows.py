"""Alarms as rows: what stands, the most urgent first, with value and limit; and the one that the banner names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hmi.draw.texts import unit
from hmi.frame import Frame
from protocols.alarms.alarm import (
    ANNUNCIATED,
    UNACKNOWLEDGED,
    Alarm,
    AlarmState,
    Beyond,
    Priority,
    Rejects,
    StationsDown,
    priority_of,
    state_of,
)
from protocols.alarms.table import ALARMS, BY_ALARM
from protocols.stations.io_table import BY_NUMBER
from protocols.stations.station_io import Analog
from protocols.tags.alarm_map import WORST_COUNT

#: Every priority and state in words; priorities with a shape as well.
SHAPES: Final = {Priority.HIGH: "▲", Priority.MEDIUM: "◆", Priority.LOW: "·"}
PRIORITIES: Final = {Priority.HIGH: "▲ HIGH", Priority.MEDIUM: "◆ MED", Priority.LOW: "· LOW"}
STATES: Final[dict[int, str]] = {
    AlarmState.UNACKNOWLEDGED: "UNACK",
    AlarmState.ACKNOWLEDGED: "ACK",
    AlarmState.RETURNED: "RETURNED",
    AlarmState.SHELVED: "SHELVED",
    AlarmState.OUT_OF_SERVICE: "OUT",
    AlarmState.SUPPRESSED: "SUPPR",
    AlarmState.LATCHED_UNACKNOWLEDGED: "LATCHED*",
    AlarmState.LATCHED_ACKNOWLEDGED: "LATCHED",
}
#: Every alarm with the name of its status word: it is looked up many times a second.
TAGGED: Final = [(alarm, alarm.tag) for alarm in ALARMS]
_WORST: Final = [
    tuple(f"Line.Worst{place:02d}.{item}" for item in ("Number", "Word", "Time", "Value"))
    for place in range(1, WORST_COUNT + 1)
]


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm; `since_us` is 0 and `value` None where nothing is told of them."""

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

    @property
    def short(self) -> str:
        """The title without the station's name, to stand behind its code."""
        alarm = self.alarm
        return alarm.title.removeprefix(f"{BY_NUMBER[alarm.station].title}: ") if alarm.station else alarm.title

    @property
    def measured(self) -> str:
        """The value that raised it, without its unit; empty where it was raised by no number."""
        match self.alarm.condition:
            case Beyond(analog) if self.value is not None:
                digits = _analog(self.alarm.station, analog).decimals
                return f"{self.value / 10**digits:.{digits}f}"
            case Rejects() | StationsDown() if self.value is not None:
                return str(self.value)
        return ""

    @property
    def unit(self) -> str:
        """The unit of value and limit."""
        match self.alarm.condition:
            case Beyond(analog):
                return unit(_analog(self.alarm.station, analog).unit)
            case Rejects():
                return "of 20"
            case StationsDown():
                return "down"
        return ""

    @property
    def limit(self) -> str:
        """The limit that was passed, with its sign and without its unit; empty where there is none."""
        match self.alarm.condition:
            case Beyond(analog, above, limit):
                digits = _analog(self.alarm.station, analog).decimals
                return f"{'>' if above else '<'} {limit / 10**digits:.{digits}f}"
            case Rejects(count) | StationsDown(count):
                return f"≥ {count}"
        return ""


def _analog(station: int, name: str) -> Analog:
    io = BY_NUMBER[station]
    return io.analogs[io.analog(name)]


def worst(frame: Frame) -> list[Row]:
    """The most urgent of what stands, as the plant lists them: at most 32."""
    found: list[Row] = []
    for number, word, time, value in _WORST:
        alarm = BY_ALARM.get(frame.raw(number))
        if alarm is not None:
            found.append(Row(alarm, frame.raw(word), frame.raw(time), frame.raw(value)))
    return found


def standing(frame: Frame) -> list[Row]:
    """What stands, as the plant orders it. Of more alarms than its list of the worst holds, the rest comes from their
    status words, without time and value."""
    found = worst(frame)
    if len(found) == WORST_COUNT and frame.raw("Line.AlarmsStanding") > WORST_COUNT:
        listed = {row.alarm.number for row in found}
        rest = [Row(alarm, frame.raw(tag)) for alarm, tag in TAGGED if alarm.number not in listed]
        found += sorted(
            (row for row in rest if row.state in ANNUNCIATED), key=lambda row: (-row.priority, not row.unacknowledged)
        )
    return found


def newest_worst(frame: Frame) -> Row | None:
    """Of the unacknowledged alarms with the highest priority the one that came last; returned ones only if there is no
    other: their last change is their end."""
    waiting = [row for row in worst(frame) if row.unacknowledged]
    return max(waiting, key=lambda row: (row.priority, row.state != AlarmState.RETURNED, row.since_us), default=None)
