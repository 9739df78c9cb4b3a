"""Commissioning of one station: stands in front of its unit (port `Controller`) and works through the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from firmware_sim.commissioning.cycle import Cycle
from firmware_sim.commissioning.homing import Homing
from firmware_sim.commissioning.io_check import IoCheck
from firmware_sim.commissioning.ledger import StationLedger
from firmware_sim.commissioning.team import Outcome, Team, reached
from firmware_sim.plc.unit import HEALTHY, SCAN_US, Unit
from protocols.commissioning import Activity, By, Finding, Stage
from protocols.packml import State
from protocols.ports import NEVER
from protocols.stations.images import LINK
from protocols.stations.strokes import DRY, HOT, PIECE

#: How often it looks at the station while it has something to do (and at nothing in between), and after the crew.
TICK_US: Final = 100_000
_CREW_US: Final = 1_000_000
_SECOND: Final = 1_000_000
#: How long supplies may take to come up, a board to answer, and an answer to last before it is believed.
_SUPPLY_US: Final = 300 * _SECOND
_LINK_US: Final = 5 * _SECOND
_STEADY_US: Final = _SECOND
#: Failures of one step after which the program gives a station up.
_MOST_FAILURES: Final = 12


class Commissioner:
    """Does the checks of one station, by itself or one step at a time as an operator asks.

    `supplied` tells whether the station has its power and its supplies, `call_supplies` has them switched on, `woken`
    is told when there is something to scan, `finished` when the program is done with the station.
    """

    STATE: ClassVar[tuple[str, ...]] = (
        "activity", "by", "due_us", "failures", "_best", "finding", "failed_item", "since", "_steady_us",
        "wake_us", "speaks",
    )  # fmt: skip

    def __init__(self, unit: Unit, ledger: StationLedger, team: Team) -> None:
        io = unit.io
        self.unit = unit
        self.ledger = ledger
        self.team = team
        self.io_check = IoCheck(unit, team)
        self.homing = Homing(unit)
        self.cycles = {
            Stage.DRY_CYCLE: Cycle(unit, DRY[io.number]),
            Stage.HOT_CYCLE: Cycle(unit, HOT[io.number]),
        }
        self._piece = io.status(PIECE[io.number]) if io.number in PIECE else 0
        self.supplied: Callable[[Unit], bool] = lambda unit: True
        self.call_supplies: Callable[[int], None] = lambda now: None
        self.woken: Callable[[int], None] = lambda now: None
        self.finished: Callable[[int], None] = lambda now: None
        self.activity = int(Activity.NONE)
        self.by = int(By.PROGRAM)
        self.due_us = NEVER
        #: Failures since a step was reached that had never been reached before (the number of that).
        self.failures = 0
        self._best = ledger.stage
        #: What the last failed check found, and its item.
        self.finding = 0
        self.failed_item = 0
        self.since = 0
        self._steady_us = -1
        self.wake_us = 0
        self.speaks = False

    # ---- from outside, between scans
    @property
    def active(self) -> bool:
        """True while it has something to do, or waits for an operator with a sensor held."""
        return self.activity in (Activity.CHECKING, Activity.CONFIRM, Activity.CREW)

    def begin(self, now: int, by: By) -> bool:
        """The program goes on to the release, or an operator asks for the next step. False: not now."""
        if self.active or self.ledger.stage == Stage.RELEASED or self.unit.aside:
            return False
        if by is By.OPERATOR and self.ledger.stage == Stage.HOT_CYCLE:
            return False  # releasing is a decision, not a check
        self.by = int(by)
        self.failures = 0
        self._check(now)
        self.woken(now)
        return True

    def release(self, now: int) -> bool:
        """An operator releases the station; False if its ledger has not come so far."""
        if self.active or self.ledger.stage != Stage.HOT_CYCLE:
            return False
        self.by = int(By.OPERATOR)
        self._release(now)
        return True

    def repair(self, now: int, finding: int, other: int) -> bool:
        """An operator sends the crew with a diagnosis of the check that failed last."""
        if self.activity not in (Activity.DECIDE, Activity.GIVEN_UP) or self.team.busy:
            return False
        self._send(now, finding, other)
        self.woken(now)
        return True

    def stop(self, now: int) -> None:
        """No further; what has passed stays passed."""
        self._let_go(now)
        self._rest(now, Activity.NONE)
        self.woken(now)

    @property
    def item(self) -> int:
        """The item of the next step that is being checked."""
        stage = self.ledger.next_stage
        if stage in self.cycles:
            return max(0, self.cycles[Stage(stage)].at)
        return self.io_check.item if stage == Stage.IO_CHECKED else 0

    # ---- port Controller
    @property
    def care(self) -> int:
        """See port `Controller`."""
        return self.unit.care

    def scan(self, now_us: int, status: int) -> int:
        """See port `Controller`."""
        unit = self.unit
        command = unit.scan(now_us, status)
        self.speaks = unit.speaks
        if now_us >= self.due_us:
            self.due_us = now_us + TICK_US
            self._tick(now_us, status)
        asked = now_us + SCAN_US if unit.request else NEVER
        self.wake_us = min(unit.wake_us, self.due_us, asked)
        for cycle in self.cycles.values():
            if cycle.running:
                return unit.program.idle_out | cycle.command
        return command

    def _tick(self, now: int, status: int) -> None:
        if self.activity == Activity.CREW:
            self.due_us = now + _CREW_US
            if not self.team.busy:
                self._repaired(now)
            return
        stage = Stage(self.ledger.next_stage)
        if not self._ready(now, stage, status):
            return
        if stage is Stage.ENERGISED:
            self.call_supplies(now)
            self.speaks = True
            self._await(now, self.supplied(self.unit), _SUPPLY_US, Finding.NOT_REACHED)
        elif stage is Stage.COMMUNICATING:
            self._await(now, status & LINK != 0, _LINK_US, Finding.DEAD_BOARD)
        elif stage is Stage.IO_CHECKED:
            self._check_io(now, status)
        elif stage is Stage.HOMED:
            outcome = self.homing.tick(now, status)
            self._note(now, outcome)
        else:
            cycle = self.cycles[stage]
            if not cycle.running:
                self.team.hold(now, self._piece if stage is Stage.HOT_CYCLE else 0)
                cycle.begin(now)
            self._note(now, cycle.tick(now, status))

    def _ready(self, now: int, stage: Stage, status: int) -> bool:
        """What a step takes for granted is there; if not, it begins anew when it is."""
        needed = HEALTHY if stage >= Stage.HOMED else LINK if stage is Stage.IO_CHECKED else 0
        if stage is Stage.ENERGISED or (self.supplied(self.unit) and status & needed == needed):
            if stage in self.cycles and self.unit.state != State.IDLE:
                self._let_go(now)
                self.ledger.fall(now, Stage.IO_CHECKED)  # somebody has moved it: home it again
                self.homing.begin(now)
                return False
            return True
        self._let_go(now)
        self.since = now
        return False

    # ---- steps
    def _check(self, now: int) -> None:
        """Begin what is to be checked next."""
        self.activity = int(Activity.CHECKING)
        self.due_us = now + TICK_US
        self.since = now
        self._steady_us = -1
        if self.ledger.next_stage == Stage.IO_CHECKED:
            self.io_check.begin(self._next_item())
        self.homing.begin(now)

    def _next_item(self) -> int:
        passed = self.ledger.passed
        return next((item for item in self.io_check.items if item not in passed), 0)

    def _await(self, now: int, true: bool, limit_us: int, finding: Finding) -> None:
        """A condition has to come within the limit, and to last a moment."""
        if not true:
            self._steady_us = -1
            if now - self.since >= limit_us:
                self._note(now, reached(0, False, finding))
        elif self._steady_us < 0:
            self._steady_us = now
        elif now - self._steady_us >= _STEADY_US:
            self._note(now, reached(0, True))

    def _check_io(self, now: int, status: int) -> None:
        by_hand = self.by == By.OPERATOR
        outcomes = self.io_check.tick(now, status, by_hand)
        if by_hand:
            self.activity = int(Activity.CONFIRM if self.io_check.asks else Activity.CHECKING)
        if not outcomes:
            return
        failed = None
        for outcome in outcomes:
            self._record(now, outcome)
            failed = failed or (None if outcome.passed else outcome)
        if failed is not None:
            self._failed(now, failed)
        elif self.ledger.stage >= Stage.IO_CHECKED:
            self._passed(now)
        else:
            self.io_check.begin(self._next_item())

    def _note(self, now: int, outcome: Outcome | None) -> None:
        """Write down what a check has come to, and go on accordingly."""
        if outcome is None:
            return
        before = self.ledger.stage
        self._record(now, outcome)
        if not outcome.passed:
            self._failed(now, outcome)
        elif self.ledger.stage != before:
            self._passed(now)

    def _record(self, now: int, outcome: Outcome) -> None:
        self.ledger.record(
            now, outcome.item, outcome.low, outcome.high, outcome.seen, By(self.by), outcome.finding, outcome.other
        )
        self.finding = int(outcome.finding)
        if not outcome.passed:
            self.failed_item = outcome.item

    def _passed(self, now: int) -> None:
        """A step is done."""
        self._let_go(now)
        if self.ledger.stage > self._best:
            self._best = self.ledger.stage
            self.failures = 0
        if self.by == By.OPERATOR:
            self._rest(now, Activity.NONE)
            self.woken(now)
        elif self.ledger.stage == Stage.HOT_CYCLE:
            self._release(now)
        else:
            self._check(now)

    def _release(self, now: int) -> None:
        self.ledger.record(now, 0, 1, 1, 1, By(self.by))
        self.unit.released = True
        self.speaks = True
        self._rest(now, Activity.NONE)
        self.woken(now)
        if self.by == By.PROGRAM:
            self.finished(now)

    def _failed(self, now: int, outcome: Outcome) -> None:
        self._let_go(now)
        self.failures += 1
        if self.ledger.stage > Stage.IO_CHECKED:
            self.ledger.fall(now, Stage.IO_CHECKED)  # where a cycle broke off nobody knows: home it again
        if self.by == By.OPERATOR:
            self._rest(now, Activity.DECIDE)
            self.woken(now)
        elif self.failures >= _MOST_FAILURES:
            self._rest(now, Activity.GIVEN_UP)
            self.woken(now)
            self.finished(now)
        elif outcome.finding >= Finding.DEAD_BOARD:
            self._send(now, outcome.finding, outcome.other)
        else:
            self._check(now)

    def _send(self, now: int, finding: int, other: int) -> None:
        self.activity = int(Activity.CREW)
        self.due_us = now + TICK_US
        self.team.send_crew(now, (finding, self.failed_item, other))

    def _repaired(self, now: int) -> None:
        """The crew has left: the same check once more, or an operator decides."""
        if self.by == By.OPERATOR:
            self._rest(now, Activity.DECIDE)
            self.woken(now)
        else:
            self._check(now)

    def _let_go(self, now: int) -> None:
        """Nobody holds a sensor, nothing moves."""
        self.io_check.give_up(now)
        for cycle in self.cycles.values():
            cycle.stop()

    def _rest(self, now: int, activity: Activity) -> None:
        self.activity = int(activity)
        self.due_us = NEVER
