"""The alarms as the tags of unit 1 show them."""

from __future__ import annotations

from typing import Final

from firmware_sim.alarms.desk import AlarmDesk
from firmware_sim.alarms.engine import Alarms
from firmware_sim.alarms.point import OUT, SHELVED, SUPPRESSED, Point
from protocols.alarm import ANNUNCIATED, UNACKNOWLEDGED, Priority
from protocols.alarm_map import TOP_COUNT, WORST_COUNT

_MOST: Final = 0xFFFF

_NO_WORST: Final = {
    f"Line.Worst{n:02d}.{item}": 0 for n in range(1, WORST_COUNT + 1) for item in ("Number", "Word", "Time", "Value")
}
_NO_TOP: Final = {f"Line.Top{n:02d}.{item}": 0 for n in range(1, TOP_COUNT + 1) for item in ("Number", "Count")}


class AlarmValues:
    """Values by tag name. They are worked out again only when something about the alarms has changed."""

    def __init__(self, alarms: Alarms, desk: AlarmDesk) -> None:
        self._alarms = alarms
        self._desk = desk
        self._generation = -1
        self._values: dict[str, int] = {}

    def values(self, now: int) -> dict[str, int]:
        """All of them, as of `now`."""
        alarms = self._alarms
        if alarms.generation != self._generation:
            self._generation = alarms.generation
            self._values = {**self._summary(), **self._words(), **self._worst(), **self._top()}
        kpis = alarms.kpis
        return self._values | {
            "Line.AlarmRate": kpis.rate(now),
            "Line.AlarmsPerHour": min(_MOST, round(10 * kpis.per_hour(now))),
            "Line.AlarmFloodShare": round(10_000 * kpis.flood_share(now)),
        }

    def _summary(self) -> dict[str, int]:
        points = list(self._alarms.points.values())
        standing = [p for p in points if p.state in ANNUNCIATED]
        kpis, desk = self._alarms.kpis, self._desk
        return {
            "Line.AlarmGenerationBefore": self._generation & _MOST,
            "Line.AlarmsStanding": len(standing),
            "Line.AlarmsUnacknowledged": sum(p.state in UNACKNOWLEDGED for p in standing),
            "Line.AlarmsHigh": sum(p.alarm.priority == Priority.HIGH for p in standing),
            "Line.AlarmsMedium": sum(p.alarm.priority == Priority.MEDIUM for p in standing),
            "Line.AlarmsLow": sum(p.alarm.priority == Priority.LOW for p in standing),
            "Line.AlarmsShelved": sum(p.state == SHELVED for p in points),
            "Line.AlarmsSuppressed": sum(p.state == SUPPRESSED for p in points),
            "Line.AlarmsOutOfService": sum(p.state == OUT for p in points),
            "Line.AlarmConsequences": sum(p.parent > 0 for p in points),
            "Line.AlarmsStale": sum(p.stale for p in points),
            "Line.AlarmsChattering": sum(p.chattering for p in points),
            "Line.AlarmFlood": int(kpis.in_flood),
            "Line.AlarmPeak": min(_MOST, kpis.peak),
            "Line.AlarmTotal": kpis.total,
            "Line.AlarmTotalHigh": kpis.by_priority[Priority.HIGH],
            "Line.AlarmTotalMedium": kpis.by_priority[Priority.MEDIUM],
            "Line.AlarmTotalLow": kpis.by_priority[Priority.LOW],
            "Line.AlarmFloods": min(_MOST, kpis.floods),
            "Line.AlarmResult": desk.result,
            "Line.AlarmResultNumber": desk.number,
            "Line.AlarmCommandsTaken": desk.taken,
            "Line.AlarmGenerationAfter": self._generation & _MOST,
        }

    def _words(self) -> dict[str, int]:
        return {point.alarm.tag: point.word for point in self._alarms.points.values()}

    def _worst(self) -> dict[str, int]:
        values = dict(_NO_WORST)
        for place, point in enumerate(worst(self._alarms)[:WORST_COUNT], 1):
            name = f"Line.Worst{place:02d}"
            values[f"{name}.Number"] = point.alarm.number
            values[f"{name}.Word"] = point.word
            values[f"{name}.Time"] = max(0, point.since_us)
            values[f"{name}.Value"] = point.value
        return values

    def _top(self) -> dict[str, int]:
        values = dict(_NO_TOP)
        for place, point in enumerate(most_frequent(self._alarms)[:TOP_COUNT], 1):
            values[f"Line.Top{place:02d}.Number"] = point.alarm.number
            values[f"Line.Top{place:02d}.Count"] = min(_MOST, point.count)
        return values


def worst(alarms: Alarms) -> list[Point]:
    """What stands, the most urgent first: by priority, unacknowledged, condition still there, first-out, newest."""

    def urgency(p: Point) -> tuple[int, ...]:
        return -p.alarm.priority, p.state not in UNACKNOWLEDGED, not p.active, not p.first_out, -p.since_us

    return sorted((p for p in alarms.points.values() if p.state in ANNUNCIATED), key=urgency)


def most_frequent(alarms: Alarms) -> list[Point]:
    """What was annunciated, the most frequent first."""
    return sorted((p for p in alarms.points.values() if p.count), key=lambda p: (-p.count, p.alarm.number))
