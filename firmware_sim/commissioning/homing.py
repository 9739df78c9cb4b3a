"""Homing as a check: the unit is cleared and reset, and has to arrive in Idle."""

from __future__ import annotations

from typing import ClassVar, Final

from firmware_sim.commissioning.team import Outcome
from firmware_sim.plc.unit import HEALTHY, Unit
from protocols.commissioning import Finding
from protocols.packml import NOT_STOPPABLE, Command, State
from protocols.reasons import Reason

_LIMIT_US: Final = 120_000_000


class Homing:
    """Asks the unit for what leads to Idle, from whatever state it stands in."""

    STATE: ClassVar[tuple[str, ...]] = ("since", "reset")

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.since = 0
        #: The unit was told to reset.
        self.reset = False

    def begin(self, now: int) -> None:
        """From the beginning."""
        self.since = now
        self.reset = False

    def tick(self, now: int, status: int) -> Outcome | None:
        """Go on; the outcome once there is one."""
        unit = self._unit
        state = unit.state
        if self.reset and state == State.IDLE:
            return Outcome(0, State.IDLE, State.IDLE, state)
        stuck = self.reset and state == State.ABORTED and unit.reason == Reason.HOMING
        if stuck or now - self.since >= _LIMIT_US:
            self.begin(now)
            return Outcome(0, State.IDLE, State.IDLE, state, Finding.SEIZED if stuck else Finding.NOT_REACHED)
        if unit.request:
            return None
        if state in (State.STOPPED, State.COMPLETE):
            self.reset = True
            unit.ask(Command.RESET)
        elif state == State.ABORTED:
            self.reset = False
            if status & HEALTHY == HEALTHY:
                unit.ask(Command.CLEAR)
        elif not self.reset and state not in NOT_STOPPABLE:
            unit.ask(Command.STOP)
        return None
