"""An exercise on a rig: takes what the trainee submits, sends the crew for what was named rightly, and remembers."""

from __future__ import annotations

from typing import ClassVar, Final, Protocol

from firmware_sim.alarms.engine import Alarms
from firmware_sim.alarms.point import (
    ACKNOWLEDGED,
    LATCHED,
    LATCHED_ACKNOWLEDGED,
    NORMAL,
    RETURNED,
    UNACKNOWLEDGED,
)
from firmware_sim.plc.line import Line
from plant.agenda import Agenda
from plant.line import Plant
from plant.stand_in import AWAITING, IN_PLACE
from protocols.faults.kinds import KINDS
from protocols.packml import State
from protocols.tags.training_map import Submission
from sector7.faults.fault import Record
from sector7.faults.injector import Faults
from sector7.training.score import Cause, Diagnosis, Notice, Sheet, judge

#: From a right diagnosis to the end of what it names: a crew walks there with the right parts.
REPAIR_US: Final = 300 * 1_000_000
#: Submissions of one exercise.
MOST: Final = 200
RUNNING, OVER = 1, 2
_CODES: Final = frozenset(kind.code for kind in KINDS)
_WAITING: Final = (UNACKNOWLEDGED, RETURNED, LATCHED)
_TAKEN_NOTE: Final = (ACKNOWLEDGED, NORMAL, LATCHED_ACKNOWLEDGED)
_RUNS: Final = (State.EXECUTE, State.SUSPENDED)


class Floor(Protocol):
    """Where an exercise takes place."""

    agenda: Agenda
    plant: Plant
    line: Line
    alarms: Alarms
    faults: Faults


class Training:
    """`state` is 0 without an exercise, RUNNING or OVER; hidden faults are told to nobody while it runs."""

    STATE: ClassVar[tuple[str, ...]] = (
        "state", "end_us", "result", "taken", "diagnoses", "notices", "recovered", "_onset", "_waiting", "_repairs",
    )  # fmt: skip

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._slot = floor.agenda.slot(self._repair)
        self.state = 0
        self.end_us = 0
        self.result = int(Submission.NONE)
        self.taken = 0
        self.diagnoses: list[Diagnosis] = []
        self.notices: list[Notice] = []
        #: When a station, or the line, produced again, by the number of the fault.
        self.recovered: dict[int, int] = {}
        self._onset: dict[int, int] = {}
        self._waiting: list[int] = []
        self._repairs: list[tuple[int, int]] = []

    def begin(self, end_us: int) -> None:
        """From now on faults are kept back, until `end_us` or `finish`."""
        self.state, self.end_us = RUNNING, end_us
        self._floor.faults.exercise = True

    def finish(self) -> None:
        """The exercise is over: everything may be known."""
        if self.state == RUNNING:
            self.state = OVER
            self._floor.faults.exercise = False
            for record in self._causes():
                record.hidden = False

    # ---- what the trainee submits
    def diagnose(self, now: int, station: int, code: int) -> None:
        """Something of a kind is wrong at a station (0: the line)."""
        if self._accept(code in _CODES):
            self.diagnoses.append((now, station, code))
            for record in self._causes():
                right = (self._number(record), record.fault.declared.code) == (station, code)
                if right and record.active and record.number not in [number for _, number in self._repairs]:
                    self._repairs.append((now + REPAIR_US, record.number))
            self._arm()

    def found(self, now: int, station: int) -> None:
        """Something is wrong at a station; what, the trainee does not know yet."""
        if self._accept(True):
            self.notices.append((now, station))

    def _accept(self, known: bool) -> bool:
        self.taken = self.taken + 1 & 0xFFFF
        result = Submission.TAKEN
        if self.state != RUNNING:
            result = Submission.NO_EXERCISE
        elif not known:
            result = Submission.UNKNOWN_KIND
        elif len(self.diagnoses) + len(self.notices) >= MOST:
            result = Submission.TOO_MANY
        self.result = int(result)
        return result is Submission.TAKEN

    # ---- in time
    def observe(self, now: int) -> None:
        """Look at alarms and stations, at every sample of the scenario."""
        if self.state != RUNNING:
            return
        points = self._floor.alarms.points
        for number in self._waiting:
            if points[number].state in _TAKEN_NOTE and len(self.notices) < MOST:
                self.notices.append((now, number // 100))
        self._waiting[:] = [number for number, point in points.items() if point.state in _WAITING]
        for record in self._causes():
            if record.number not in self.recovered and self._back(record):
                self.recovered[record.number] = now
        if now >= self.end_us:
            self.finish()

    def sheet(self) -> Sheet:
        """The score so far."""
        causes = [
            Cause(r.number, r.fault.kind, r.fault.declared.code, self._number(r), r.fault.target, r.why, r.since_us,
                  self.recovered.get(r.number))
            for r in self._causes()
        ]  # fmt: skip
        return judge(causes, self.notices, self.diagnoses)

    def _causes(self) -> list[Record]:
        """What the exercise has broken; what age has done to a dormant plant is another matter."""
        return [record for record in self._floor.faults.records if record.who.startswith("scenario ")]

    def _number(self, record: Record) -> int:
        code = record.fault.target.partition(".")[0]
        return int(code[2:]) if code[:2] == "ST" and code[2:].isdigit() else 0

    def _back(self, record: Record) -> bool:
        """Is what the fault stopped producing again, by its machine or by what stands in for it?"""
        floor, station = self._floor, self._number(record)
        unit = next((u for u in floor.line.units if u.io.number == station), floor.line.units[-1])
        made = unit.processed > self._onset.setdefault(record.number, unit.processed)
        stand_in = floor.plant.stand_ins.get(station)
        if stand_in is not None and stand_in.mode and stand_in.phase in (IN_PLACE, AWAITING):
            return floor.line.state is State.EXECUTE
        mended = not record.active and (stand_in is None or not stand_in.broken)
        return mended and made and unit.state in _RUNS

    def _repair(self, now: int) -> None:
        for at, number in self._repairs:
            if at == now:
                self._floor.faults.clear(now, number, "a crew, after the diagnosis")
        self._repairs[:] = [(at, number) for at, number in self._repairs if at > now]
        self._arm()

    def _arm(self) -> None:
        if self._repairs:
            self._slot.arm(min(at for at, _ in self._repairs))


def training_values(training: Training, now: int) -> dict[str, int]:
    """Raw values of the tags of exercises."""
    left = -(-(training.end_us - now) // 1_000_000) if training.state == RUNNING else 0
    return {
        "Line.TrainingState": training.state,
        "Line.TrainingLeft": min(max(0, left), 0xFFFF),
        "Line.DiagnosisResult": training.result,
        "Line.DiagnosesTaken": training.taken,
        "Line.TrainingScore": round(training.sheet().total) if training.state == OVER else 0,
    }
