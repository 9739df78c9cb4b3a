"""The alarms as the tags of unit 1 show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from firmware_sim.alarms.desk import AlarmDesk
from firmware_sim.alarms.engine import Alarms
from firmware_sim.alarms.point import NORMAL, OUT, SHELVED, SUPPRESSED, Point
from protocols.alarms.alarm import ANNUNCIATED, UNACKNOWLEDGED, Priority
from protocols.tags.alarm_map import TOP_COUNT, WORST_COUNT

_MOST: Final = 0xFFFF

_NO_WORST: Final = {
    f"Line.Worst{n:02d}.{item}": 0 for n in range(1, WORST_COUNT + 1) for item in ("Number", "Word", "Time", "Value")
}
_NO_TOP: Final = {f"Line.Top{n:02d}.{item}": 0 for n in range(1, TOP_COUNT + 1) for item in ("Number", "Count")}


#: The alarm of the server itself: what the plant does not know, because nothing can be told to it then.
_OWN: Final = "Line.Alarm.journal_failed"


class AlarmValues:
    """Values by tag name. They are worked out again only when something about the alarms has changed.

    While the journal cannot be written the plant stands, and no input could be kept: so the alarm that says so is not
    the plant's but laid over its alarms here. It stands unacknowledged until there is room, and no figure counts it.
    """

    def __init__(self, alarms: Alarms, desk: AlarmDesk) -> None:
        self._alarms = alarms
        self._desk = desk
        self._generation = -1
        self._changes = 0  # how often the server's own alarm came or went
        self._own: Point | None = None
        self._values: dict[str, int] = {}

    def values(self, now: int, journal_failed: bool = False) -> dict[str, int]:
        """All of them, as of `now`."""
        alarms = self._alarms
        if journal_failed != (self._own is not None):
            self._changes += 1
            self._own = self._raised(now) if journal_failed else None
        if alarms.generation + self._changes != self._generation:
            self._generation = alarms.generation + self._changes
            self._values = {**self._summary(), **self._words(), **self._worst(), **self._top()}
        kpis = alarms.kpis
        return self._values | {
            "Line.AlarmRate": kpis.rate(now),
            "Line.AlarmsPerHour": min(_MOST, round(10 * kpis.per_hour(now))),
            "Line.AlarmFloodShare": round(10_000 * kpis.flood_share(now)),
        }

    def _raised(self, now: int) -> Point:
        point = Point(next(p.alarm for p in self._alarms.points.values() if p.alarm.tag == _OWN))
        point.activate()
        point.since_us = now
        return point

    def _points(self) -> list[Point]:
        """The plant's alarms; the server's own in place of the plant's, unless that was laid aside by somebody."""
        own = self._own
        hides = own.alarm.number if own is not None else 0
        return [
            own if own is not None and number == hides and point.state == NORMAL else point
            for number, point in self._alarms.points.items()
        ]

    def _summary(self) -> dict[str, int]:
        points = self._points()
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
        return {point.alarm.tag: point.word for point in self._points()}

    def _worst(self) -> dict[str, int]:
        values = dict(_NO_WORST)
        for place, point in enumerate(worst(self._points())[:WORST_COUNT], 1):
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


def worst(points: Iterable[Point]) -> list[Point]:
    """Of these alarms those that stand, the most urgent first: by priority, unacknowledged, condition still there,
    first-out, newest."""

    def urgency(p: Point) -> tuple[int, ...]:
        return -p.alarm.priority, p.state not in UNACKNOWLEDGED, not p.active, not p.first_out, -p.since_us

    return sorted((p for p in points if p.state in ANNUNCIATED), key=urgency)


def most_frequent(alarms: Alarms) -> list[Point]:
    """What was annunciated, the most frequent first."""
    return sorted((p for p in alarms.points.values() if p.count), key=lambda p: (-p.count, p.alarm.number))
