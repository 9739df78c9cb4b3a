"""The people at one station while it is commissioned: one holds sensors and applies references, a crew repairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.arithmetic import exponential
from plant.attendance import NOBODY, Attendance
from plant.crew import Crew
from plant.safety import DOOR, SafetyChain
from plant.signal import Signal
from plant.terminals import Terminals

_SECOND: Final = 1_000_000
#: On the way to the station; a repair takes the one at least and the other beyond that on average: the cause is known
#: before the crew comes.
_WALK_US: Final = 60 * _SECOND
_LEAST_US: Final = 120 * _SECOND
_MEAN_US: Final = 480 * _SECOND

#: What the crew is told: kind of the defect, item, other item. The plant hands it on as it is.
Diagnosis = tuple[int, int, int]

#: Phases of the crew.
AWAY, QUEUED, WALKING, WORKING = range(4)


class Technician:
    """One station's share of the commissioning team.

    The crew is one of the plant's and comes when it is free. It opens the station's door, which cuts the actuators.
    What it is told is `mend`ed if that is what is wrong; if not, the attendant comes to look for a jam or a dirty lens.
    """

    STATE: ClassVar[tuple[str, ...]] = ("phase", "diagnosis")

    def __init__(
        self, agenda: Agenda, terminals: Terminals, signals: Sequence[Signal], chain: SafetyChain, crew: Crew,
        attendance: Attendance, stream: Random,
    ) -> None:  # fmt: skip
        self._terminals = terminals
        self._signals = signals
        self._chain = chain
        self._crew = crew
        self._attendance = attendance
        self._stream = stream
        self._slot = agenda.slot(self._fire)
        #: Carries out a repair; True if the diagnosis was right. Whoever knows the defects sets it.
        self.mend: Callable[[int, Diagnosis], bool] = lambda now, diagnosis: False
        self.phase = AWAY
        self.diagnosis: Diagnosis = (0, 0, 0)

    @property
    def busy(self) -> bool:
        """True while somebody repairs at the station, or is on the way."""
        return self.phase != AWAY or self._attendance.phase != NOBODY

    def hold(self, now: int, bits: int) -> None:
        """Hold these sensors and no others the other way round (see Terminals)."""
        self._terminals.hold(now, bits)

    def refer(self, now: int, channel: int, permille: int | None) -> None:
        """Connect a calibrator in place of transmitter `channel`: `permille` of its range; None takes it away."""
        signal = self._signals[channel]
        span = signal.high - signal.low
        signal.refer(now, None if permille is None else signal.low + span * permille / 1000)

    def send_crew(self, now: int, diagnosis: Diagnosis) -> None:
        """Have the station repaired; without effect while somebody is at it."""
        if self.phase == AWAY:
            self.diagnosis = diagnosis
            self.phase = QUEUED
            self._crew.call(now, self)

    def repair(self, now: int) -> None:
        """A crew is free and sets out (see Job)."""
        self.phase = WALKING
        self._slot.arm(now + _WALK_US)

    def _fire(self, now: int) -> None:
        if self.phase == WALKING:
            self.phase = WORKING
            self._chain.trip(now, DOOR)
            self._slot.arm(now + _LEAST_US + int(exponential(self._stream, _MEAN_US)))
            return
        self.phase = AWAY
        found = self.mend(now, self.diagnosis)
        self._chain.close(now, DOOR)
        self._crew.finished(now)
        if not found:
            self._attendance.hurry(now)
