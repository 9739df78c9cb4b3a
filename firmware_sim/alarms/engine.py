"""The alarms of the whole line: conditions in, transitions out, evaluated at scan boundaries where there is news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from firmware_sim.alarms.kpis import Kpis
from firmware_sim.alarms.look import ASIDE, LineLook, StationLook, bit_of
from firmware_sim.alarms.point import (
    BY_CAUSE,
    IN_MAINTENANCE,
    LATCHED,
    LATCHED_ACKNOWLEDGED,
    NORMAL,
    OUT,
    SHELVED,
    SWITCHED_OFF,
    UNACKNOWLEDGED,
    Point,
)
from firmware_sim.alarms.timers import CALM, FLOOD, OFF_DELAY, ON_DELAY, SETTLED, SHELF, STALE_AGE, Timers
from firmware_sim.plc.line import Line
from protocols.alarms.alarm import ANNUNCIATED, LOG_ALARM, Alarm
from protocols.ports import Log

SECOND: Final = 1_000_000
#: How long after a cause has gone its consequences may take to go too, before they are alarms of their own.
SETTLE_US: Final = 60 * SECOND
#: Three annunciations within a minute are chatter; ten minutes without one end it.
CHATTER: Final = 3
CHATTER_US: Final = 60 * SECOND
CALM_US: Final = 600 * SECOND
#: An alarm whose condition stands longer than a day is stale.
STALE_US: Final = 86_400 * SECOND

_LATCHED: Final = (LATCHED, LATCHED_ACKNOWLEDGED)
_ANNUNCIATED: Final = frozenset(int(state) for state in ANNUNCIATED)
#: Number of the timer that ends the suppression while supplies come up.
_SUPPLIES: Final = 0


def _nobody(now: int) -> None:
    pass


class Alarms:
    """`ask` is told when the engine wants to scan at an instant; whoever wires it sets it. A station that has news
    says so through its unit's notes, the line through `line.news`.

    `generation` grows with everything that shows. `told` are the conditions that somebody outside decides (bits).
    """

    STATE: ClassVar[tuple[str, ...]] = ("_seen", "_fresh", "_line_fresh", "_power_faults", "told", "generation")

    def __init__(self, alarms: Sequence[Alarm], line: Line, log: Log, *, looking: bool) -> None:
        self._log = log
        self._looking = looking
        self.ask: Callable[[int], None] = _nobody
        numbers = {unit.io.number for unit in line.units}
        fitted = [alarm for alarm in alarms if not alarm.station or alarm.station in numbers]
        self.points = {alarm.number: Point(alarm) for alarm in fitted}
        self.kpis = Kpis()
        self.timers = Timers()
        own = [[a for a in fitted if a.station == unit.io.number] for unit in line.units]
        self._stations = [StationLook(unit, mine, line) for unit, mine in zip(line.units, own, strict=True)]
        self.line = LineLook(line, [a for a in fitted if not a.station])
        self._bits = [{bit_of(a): self.points[a.number] for a in mine} for mine in own]
        self._line_bits = {bit_of(a): self.points[a.number] for a in fitted if not a.station}
        #: Points of each station, 0: the line. One first-out for each.
        self.groups: dict[int, list[Point]] = {}
        for alarm in fitted:
            self.groups.setdefault(alarm.station, []).append(self.points[alarm.number])
        self._consequences: dict[int, list[Point]] = {}
        for alarm in fitted:
            for cause in alarm.causes:
                self._consequences.setdefault(cause, []).append(self.points[alarm.number])
        self._seen = [0] * (len(line.units) + 1)
        self._fresh = (1 << len(line.units)) - 1
        self._line_fresh = True
        self._power_faults = 0
        self.told = 0
        self.generation = 0
        for position, unit in enumerate(line.units):
            unit.notes.tell = self._teller(position)
        line.news = self.line_news

    # ---- who has news
    def _teller(self, position: int) -> Callable[[int], None]:
        bit = 1 << position

        def tell(now: int) -> None:
            self._fresh |= bit
            self.ask(now)

        return tell

    def line_news(self, now: int) -> None:
        """Something that the line's own alarms look at has changed. What the switchboard tells is the stations' too."""
        self._line_fresh = True
        if self.line.power_faults != self._power_faults:
            self._power_faults = self.line.power_faults
            self._fresh = (1 << len(self._stations)) - 1
        self.ask(now)

    def tell(self, now: int, name: str, on: bool) -> None:
        """A condition that somebody outside decides begins or ends."""
        bit = self.line.tellable[name]
        self.told = self.told | bit if on else self.told & ~bit
        self.line_news(now)

    # ---- one scan
    def scan(self, now: int) -> None:
        """Look at what is news, then let run out what is due. Afterwards `timers.wake_us` is up to date."""
        fresh, line_fresh = self._fresh, self._line_fresh
        if self._looking:
            fresh, line_fresh = (1 << len(self._stations)) - 1, True
        if fresh or line_fresh:
            self._fresh = 0
            self._line_fresh = False
            self._look_at_line(now)
            for position, look in enumerate(self._stations):
                if fresh >> position & 1:
                    self._look_at_station(now, position, look)
        if self.timers.wake_us <= now:
            for kind, number in self.timers.take(now):
                self._run_out(now, kind, number)

    def _look_at_line(self, now: int) -> None:
        before = self._seen[-1]
        seen = self._seen[-1] = self.line.look(self.told)
        changed = before ^ seen
        if not changed:
            return
        if changed & ASIDE:
            if seen & ASIDE:
                self._suppress(now, self._line_bits, SWITCHED_OFF, True)
            else:
                self.timers.set(SETTLED, _SUPPLIES, now + SETTLE_US)
        self._conditions(now, self._line_bits, changed, seen, self.line.value)

    def _look_at_station(self, now: int, position: int, look: StationLook) -> None:
        before = self._seen[position]
        seen = self._seen[position] = look.look(before)
        changed = before ^ seen
        if not changed:
            return
        if changed & ASIDE:
            self._suppress(now, self._bits[position], IN_MAINTENANCE, bool(seen & ASIDE))
        self._conditions(now, self._bits[position], changed, seen, look.value)

    def _conditions(
        self, now: int, points: dict[int, Point], changed: int, seen: int, value: Callable[[int], int]
    ) -> None:
        for bit, point in points.items():
            if changed & bit:
                if seen & bit:
                    point.value = value(bit)
                self.condition(now, point, bool(seen & bit))

    def _suppress(self, now: int, points: dict[int, Point], why: int, on: bool) -> None:
        for point in points.values():
            if not point.alarm.always:
                self.change(now, point, partial(point.suppress, why, on))

    # ---- delays
    def condition(self, now: int, point: Point, on: bool) -> None:
        """The bare condition of an alarm begins or ends; its delays decide what comes of it."""
        alarm, timers, number = point.alarm, self.timers, point.alarm.number
        if on:
            timers.cancel(OFF_DELAY, number)
            if point.active:
                return
            if point.pending_us < 0:
                point.pending_us = now
            due = point.pending_us + int(alarm.on_delay_s * SECOND)
            if now >= due:
                self._activate(now, point)
            else:
                timers.set(ON_DELAY, number, due)
            return
        timers.cancel(ON_DELAY, number)
        if alarm.off_delay_s:
            timers.set(OFF_DELAY, number, now + int(alarm.off_delay_s * SECOND))
        else:
            self._over(now, point)

    def _activate(self, now: int, point: Point) -> None:
        point.pending_us = -1
        cause = next((c for c in point.alarm.causes if self._explains(c)), 0)

        def happen() -> None:
            if cause and point.state not in _ANNUNCIATED:
                point.parent = cause
                point.suppress(BY_CAUSE, True)
            point.activate()

        self.timers.set(STALE_AGE, point.alarm.number, now + STALE_US)
        self.change(now, point, happen)

    def _over(self, now: int, point: Point) -> None:
        point.pending_us = -1
        if not point.active:
            return

        def happen() -> None:
            point.clear()
            point.stale = False
            if point.parent:
                point.parent = 0
                point.suppress(BY_CAUSE, False)

        self.timers.cancel(STALE_AGE, point.alarm.number)
        self.change(now, point, happen)

    def _run_out(self, now: int, kind: int, number: int) -> None:
        if kind == FLOOD:
            self.kpis.flood_ends(now)
            self.generation += 1
            return
        if kind == SETTLED and number == _SUPPLIES:
            self._suppress(now, self._line_bits, SWITCHED_OFF, False)
            return
        point = self.points[number]
        if kind == ON_DELAY:
            self._activate(now, point)
        elif kind == OFF_DELAY:
            self._over(now, point)
        elif kind == SHELF:
            self.change(now, point, point.unshelve)
        elif kind == SETTLED:
            if point.state not in _LATCHED:  # else the reset settles it
                for consequence in self._consequences[number]:
                    if consequence.parent == number:
                        self._orphan(now, consequence)
        elif kind == CALM:
            point.chattering = False
            self.generation += 1
        else:
            point.stale = True
            self.generation += 1

    # ---- causes and consequences
    def _explains(self, cause: int) -> bool:
        """True if what comes now may follow from `cause`: it is there, or was a moment ago, and nobody put it away."""
        point = self.points.get(cause)
        if point is None or point.state in (SHELVED, OUT):
            return False
        return point.active or self.timers.running(SETTLED, cause)

    def _orphan(self, now: int, point: Point) -> None:
        """What explained an alarm has gone: another cause takes over, or it is an alarm of its own."""
        another = next((c for c in point.alarm.causes if self._explains(c)), 0)

        def happen() -> None:
            point.parent = another
            point.suppress(BY_CAUSE, bool(another))

        self.change(now, point, happen)

    # ---- transitions
    def change(self, now: int, point: Point, event: Callable[[], object]) -> bool:
        """Let `event` happen to the point and draw the conclusions. True if it did not answer False."""
        before, was_active = point.state, point.active
        done = event() is not False
        self.generation += 1
        number = point.alarm.number
        if point.state == UNACKNOWLEDGED != before:
            self._annunciate(now, point)
        elif before in _ANNUNCIATED and point.state not in _ANNUNCIATED:
            self._quiet(point)
        if number in self._consequences:
            if point.active:
                self.timers.cancel(SETTLED, number)
            elif was_active or (before in _LATCHED and point.state not in _LATCHED):
                self.timers.set(SETTLED, number, now + SETTLE_US)
        if point.state != before:
            point.since_us = now
            self._log((now, LOG_ALARM + number, point.word))
        return done

    def _annunciate(self, now: int, point: Point) -> None:
        alarm = point.alarm
        point.count += 1
        point.recent = [*point.recent[1 - CHATTER :], now]
        if len(point.recent) == CHATTER and now - point.recent[0] <= CHATTER_US:
            point.chattering = True
        if point.chattering:
            self.timers.set(CALM, alarm.number, now + CALM_US)
        if not any(other.first_out for other in self.groups[alarm.station]):
            point.first_out = True
        ends = self.kpis.annunciated(now, alarm.priority)
        if ends >= 0:
            self.timers.set(FLOOD, 0, ends)

    def _quiet(self, point: Point) -> None:
        """It is no longer shown; when nothing of its group is, the next alarm there is a first-out again."""
        group = self.groups[point.alarm.station]
        if not any(other.state in _ANNUNCIATED for other in group):
            for other in group:
                other.first_out = False

    def consequences(self, number: int) -> int:
        """How many alarms stand behind this one."""
        return sum(point.parent == number for point in self._consequences.get(number, ()))

    @property
    def standing(self) -> list[Point]:
        """Everything that is not Normal, by number."""
        return [point for point in self.points.values() if point.state != NORMAL]
