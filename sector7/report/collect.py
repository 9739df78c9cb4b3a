"""Listens to a run for its report: the logical trace as it is hashed, and a look at the plant now and then.

Nothing in the plant knows of it: a run without a report does nothing more, and one with a report has the same trace.
All that is kept is bounded, however long the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from firmware_sim.plc.unit import LOG_MODE, LOG_REASON, LOG_STATE, LOG_STEP
from plant.line import PANEL
from plant.power.load import WATT_HOUR
from protocols.alarms.alarm import FIRST_OUT, LOG_ALARM, AlarmState, alarm_logged, state_of
from protocols.alarms.table import BY_ALARM
from sector7.report.active_period import ActivePeriods
from sector7.report.activity import LABELS, UP, WAITING, Activity
from sector7.report.bottleneck import Bottleneck, find
from sector7.report.evidence import Event, Evidence
from sector7.report.losses import Waterfall, of_line, of_station
from sector7.report.samples import Samples
from sector7.report.station_life import StationLife, reason_text
from sector7.rig.rig import Rig
from sector7.rig.trace import STRIDE, Entry
from sector7.scenario.names import Names

#: Annunciations and outages that are kept one by one: the first.
_MOST_ALARMS: Final = 1000
_MOST_OUTAGES: Final = 200
#: Looked at around the first failure, whatever failed.
CONTEXT: Final = ("executing", "in_process", "rate")
_KWH: Final = 1000 * WATT_HOUR
_EMERGENCY: Final = ("emergency stop pressed", "emergency stop released")


@dataclass(frozen=True, slots=True)
class Annunciation:
    """An alarm was shown to operators."""

    at_us: int
    number: int
    first_out: bool


@dataclass(slots=True)
class Outage:
    """Something that the whole line needs was lost from `begin_us` to `end_us`: `name` says what."""

    name: str
    begin_us: int
    end_us: int = -1


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that a report needs and the figures do not have. Times are us of plant time."""

    length_us: int
    #: Planned time between two robots.
    takt_us: int
    lives: dict[int, StationLife]
    line: Waterfall
    stations: dict[int, Waterfall]
    bottleneck: Bottleneck
    #: Places of the conveyor before every station.
    capacities: dict[int, int]
    samples: Samples
    alarms: list[Annunciation]
    outages: list[Outage]
    evidence: Evidence

    def figures(self) -> dict[str, object]:
        """The sections `losses` and `bottleneck` of the JSON report."""
        return {
            "losses": [self.line.figures(), *(each.figures() for each in self.stations.values())],
            "bottleneck": self.bottleneck.figures(),
        }


class Recorder:
    """Attach it to a rig that has not run yet; `look` between the slices of the run, `finish` at its end.

    `wanted` are the names (of scenario conditions) whose trends around the first failure shall be kept.
    """

    def __init__(self, rig: Rig, length_us: int, names: Names, wanted: Iterable[str] = ()) -> None:
        self._rig = rig
        self._names = names
        self._length_us = length_us
        watched = dict.fromkeys((*wanted, *CONTEXT))
        self._evidence = Evidence({name: names.resolve(name) for name in watched})
        self._periods = ActivePeriods([unit.io.number for unit in rig.line.units])
        self._lives = {unit.io.number: StationLife(unit, length_us, self._changed) for unit in rig.line.units}
        self._buffers = tuple(station.infeed for station in rig.plant.stations.values())
        self._samples = Samples(length_us, [f"ST{n:02d}.infeed" for n in self._lives] + list(self._energies()))
        self._alarms: list[Annunciation] = []
        self._outages: list[Outage] = []
        self._away: dict[str, Outage] = {}
        self._heard: dict[int, Callable[[int, int], None]] = {}
        self._listen()
        rig.trace.hear = self._hear

    def _listen(self) -> None:
        for number, life in self._lives.items():
            base = STRIDE * number
            for offset, told in (
                (LOG_STATE, life.state), (LOG_STEP, life.step), (LOG_MODE, life.mode), (LOG_REASON, life.reason),
            ):  # fmt: skip
                self._heard[base + offset] = told
        for bit, name in enumerate(PANEL):
            self._heard[bit] = self._supply(name.removesuffix("_ok"))

    # ---- the trace
    def _hear(self, block: list[Entry]) -> None:
        heard = self._heard
        for now, number, value in block:
            told = heard.get(number)
            if told is not None:
                told(now, value)
            elif number > LOG_ALARM:
                self._alarm(now, alarm_logged(number), value)

    def _changed(self, now: int, station: int, before: Activity, after: Activity) -> None:
        self._periods.change(now, station, after not in WAITING)
        if after == before:
            return
        if (after in UP) is not (before in UP):
            why = self._lives[station].present_reason
            because = f", {reason_text(station, why)}" if why and after not in UP else ""
            self._evidence.note(Event(now, f"ST{station:02d}", LABELS[after] + because))

    def _alarm(self, now: int, number: int, word: int) -> None:
        if state_of(word) == AlarmState.UNACKNOWLEDGED:
            if len(self._alarms) < _MOST_ALARMS:
                self._alarms.append(Annunciation(now, number, bool(word & FIRST_OUT)))
            alarm = BY_ALARM[number]
            self._evidence.note(Event(now, alarm.tag.partition(".")[0], f"alarm: {alarm.title}"))

    def _supply(self, name: str) -> Callable[[int, int], None]:
        lost, back = _EMERGENCY if name == "e_stop" else (f"{name} lost", f"{name} back")

        def told(now: int, there: int) -> None:
            self._evidence.note(Event(now, "Line", back if there else lost))
            if there:
                if name in self._away:
                    self._away.pop(name).end_us = now
            elif name not in self._away and len(self._outages) < _MOST_OUTAGES:
                self._away[name] = Outage(lost, now)
                self._outages.append(self._away[name])

        return told

    # ---- the plant
    def _energies(self) -> dict[str, float]:
        """Cumulated energy by feeder, kWh, and robots completed."""
        power, now = self._rig.plant.power, self._rig.now
        feeders = power.feeders.items()
        found = {f"ST{n:02d}.energy" if n else "services.energy": feeder.energy(now) / _KWH for n, feeder in feeders}
        return {**found, "total.energy": power.energy(now) / _KWH, "robots": self._rig.plant.ledger.completed}

    def look(self, now: int, *, failed: bool) -> None:
        """Look at the plant; `failed`: something expected has not been met by now."""
        self._names.touch()
        self._evidence.sample(now)
        if failed:
            self._evidence.fix(now)
        if now >= self._samples.due_us:
            self._samples.add(now, [*(len(belt.pallets) for belt in self._buffers), *self._energies().values()])

    @property
    def due_us(self) -> int:
        """When it wants to look at the latest."""
        return self._samples.due_us

    def finish(self, *, failed: bool) -> Collected:
        """The run is over."""
        rig, now = self._rig, self._rig.now
        rig.trace.flush()
        rig.trace.hear = None
        self._hear(rig.trace.pending)
        if failed:
            self._evidence.fix(now)
        for life in self._lives.values():
            life.close(now)
        for outage in self._away.values():
            outage.end_us = now
        self._periods.close(now)
        totals = {number: life.strip.totals for number, life in self._lives.items()}
        names = {number: life.title for number, life in self._lives.items()}
        units = {unit.io.number: unit for unit in rig.line.units}
        return Collected(
            now,
            rig.line.takt_ds * 100_000,
            self._lives,
            of_line(rig.line, now),
            {number: of_station(units[number], own) for number, own in totals.items()},
            find(names, totals, self._periods, max(1, now)),
            {number: station.infeed.capacity for number, station in rig.plant.stations.items()},
            self._samples,
            self._alarms,
            self._outages,
            self._evidence,
        )
