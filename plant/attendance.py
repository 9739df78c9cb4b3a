"""What people do at one station when its stack light calls: clear a minor stop, or repair a breakdown."""

from __future__ import annotations

from random import Random
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.arithmetic import exponential
from plant.crew import Crew
from plant.failure import Failure
from plant.mechanism import JAM, Mechanism
from plant.safety import GUARD, SafetyChain
from plant.terminals import Terminals

SECOND: Final = 1_000_000

#: Phases of an intervention.
NOBODY, COMING, CLEARING, QUEUED, WALKING, REPAIRING = range(6)


class Attendance:
    """Failures of one station and the people who answer its andon.

    Minor stops (a jam or a dirty sensor, mean `minor_us` apart) are cleared by the attendant 1-3 minutes after the
    call; breakdowns (mean `mtbf_us` of calendar time apart) wait for a crew and take an exponential time of mean
    `mttr_us`. Whoever works at the station opens its guard first, which cuts the actuators. An attendant who finds
    the station broken, on arrival or when done, calls a crew.
    """

    __slots__ = (
        "_chain",
        "_crew",
        "_mechanisms",
        "_mttr_us",
        "_sensors",
        "_slot",
        "_stream",
        "_terminals",
        "breakdown",
        "broken",
        "called",
        "jammed",
        "minor",
        "phase",
        "stuck",
    )
    STATE: ClassVar[tuple[str, ...]] = ("called", "phase", "broken", "jammed", "stuck")

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        chain: SafetyChain,
        crew: Crew,
        mechanisms: list[Mechanism],
        sensors: tuple[str, ...],
        stream: Random,
        *,
        mtbf_us: float,
        mttr_us: float,
        minor_us: float,
    ) -> None:
        self._terminals = terminals
        self._chain = chain
        self._crew = crew
        self._mechanisms = mechanisms
        self._sensors = [terminals.bit(name) for name in sensors]
        self._stream = stream
        self._mttr_us = mttr_us
        self._slot = agenda.slot(self._fire)
        self.called = False
        self.phase = NOBODY
        self.broken = -1
        self.jammed = -1
        self.stuck = 0
        self.breakdown = Failure(agenda, lambda: int(exponential(stream, mtbf_us)), self._break)
        self.minor = Failure(agenda, lambda: int(exponential(stream, minor_us)), self._stop)

    # ---- what goes wrong
    def _break(self, now: int) -> None:
        self.broken = int(self._stream.random() * len(self._mechanisms))
        self._mechanisms[self.broken].inhibit(now, JAM, True)

    def _stop(self, now: int) -> None:
        causes = len(self._mechanisms) + len(self._sensors)
        cause = int(self._stream.random() * causes)
        if cause < len(self._mechanisms):
            self.jammed = cause
            self._mechanisms[cause].inhibit(now, JAM, True)
        else:
            self.stuck = self._sensors[cause - len(self._mechanisms)]
            self._terminals.stick(now, self.stuck, False)

    # ---- who comes
    def andon(self, now: int, on: bool) -> None:
        """The stack light calls (rising edge), or no longer does."""
        self.called = on
        if on and self.phase == NOBODY:
            self._send(now)

    def hurry(self, now: int) -> None:
        """The operator sends the attendant at once, called or not."""
        if self.phase in (NOBODY, COMING):
            at = now + 5 * SECOND
            if self.phase == NOBODY or at < self._slot.at:
                self._slot.arm(at)
            self.phase = COMING

    def repair(self, now: int) -> None:
        """A crew is free and sets out (see Job)."""
        self.phase = WALKING
        self._slot.arm(now + 60 * SECOND)

    def _send(self, now: int) -> None:
        if self.broken >= 0:
            self.phase = QUEUED
            self._crew.call(now, self)
        else:
            self.phase = COMING
            self._slot.arm(now + int((20 + 40 * self._stream.random()) * SECOND))

    def _fire(self, now: int) -> None:
        if self.phase == COMING and self.broken >= 0:
            self._send(now)
        elif self.phase == COMING:
            self.phase = CLEARING
            self._chain.trip(now, GUARD)
            self._slot.arm(now + int((40 + 80 * self._stream.random()) * SECOND))
        elif self.phase == WALKING:
            self.phase = REPAIRING
            self._chain.trip(now, GUARD)
            self._slot.arm(now + 1 + int(exponential(self._stream, self._mttr_us)))
        else:
            self._leave(now)

    def _leave(self, now: int) -> None:
        """The work is done: faults mended, guard closed."""
        crew_was_here = self.phase == REPAIRING
        self.phase = NOBODY
        if crew_was_here and self.broken >= 0:
            self._release(now, self.broken, also=self.jammed)
            self.broken = -1
            self.breakdown.mended(now)
        self._clear_minor(now)
        self._chain.close(now, GUARD)
        if crew_was_here:
            self._crew.finished(now)
        if self.broken >= 0:
            self._send(now)

    def fixed(self, now: int) -> None:
        """Other parts were fitted: nothing here is broken or jammed any more."""
        if self.broken >= 0:
            self._release(now, self.broken, also=self.jammed)
            self.broken = -1
            self.breakdown.mended(now)
        self._clear_minor(now)

    def _clear_minor(self, now: int) -> None:
        if self.jammed >= 0:
            self._release(now, self.jammed, also=self.broken)
            self.jammed = -1
            self.minor.mended(now)
        if self.stuck:
            self._terminals.mend(now, self.stuck)
            self.stuck = 0
            self.minor.mended(now)

    def _release(self, now: int, mechanism: int, also: int) -> None:
        if mechanism != also:
            self._mechanisms[mechanism].inhibit(now, JAM, False)
