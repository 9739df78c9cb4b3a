"""One PackML unit: the state machine of a station and the run of its sequence. Images in, images out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from firmware_sim.alarms.notes import Notes
from firmware_sim.plc.clockwork import Clockwork, Ratios, booking
from firmware_sim.plc.sequence import Route, Step
from firmware_sim.plc.setpoints import Setpoints
from firmware_sim.sequences.catalogue import MakeProgram
from protocols.packml import Command, Mode, State, accepts
from protocols.ports import NEVER, Log
from protocols.reasons import Reason
from protocols.stations.images import (
    ACKNOWLEDGE,
    ANDON,
    INTERLOCK,
    LINK,
    MARK_FAIL,
    MARK_PASS,
    OUTPUTS,
    SAFE_STATE,
    SAFETY_OK,
    TRIPPED,
)
from protocols.stations.station_io import StationIO

SCAN_US: Final = 10_000
HEALTHY: Final = SAFETY_OK | LINK
_FAULTS: Final = HEALTHY | INTERLOCK | TRIPPED | SAFE_STATE
_EVERYTHING: Final = (1 << 32) - 1
_CLEARING_US: Final = 2_000_000
_HOME_US: Final = 300_000

#: Log numbers of a unit, added to the station's base.
LOG_STATE, LOG_STEP, LOG_REASON, LOG_PROCESSED, LOG_DEFECTIVE, LOG_MODE, LOG_MEASURED, LOG_SETPOINT = (
    32, 33, 34, 35, 36, 37, 40, 44,
)  # fmt: skip

# plain ints: an enum member costs a look-up in every comparison of the inner loop
_CLEARING, _STOPPED, _STARTING, _IDLE, _SUSPENDED, _EXECUTE, _STOPPING, _ABORTING, _ABORTED = range(1, 10)
_HOLDING, _HELD, _UNHOLDING, _SUSPENDING, _UNSUSPENDING, _RESETTING, _COMPLETING, _COMPLETE = range(10, 18)

#: Acting states that end with the next scan, and where they lead.
_NEXT: Final = {
    _STARTING: _EXECUTE, _STOPPING: _STOPPED, _ABORTING: _ABORTED, _HOLDING: _HELD, _UNHOLDING: _EXECUTE,
    _SUSPENDING: _SUSPENDED, _UNSUSPENDING: _EXECUTE, _COMPLETING: _COMPLETE,
}  # fmt: skip
#: States in which a fault matters to the sequence: it runs, or waits for what is upstream or downstream.
_WAITS: Final = frozenset((_SUSPENDED, _SUSPENDING, _UNSUSPENDING))
_ACTIVE: Final = _WAITS | {_EXECUTE}
_PAUSED: Final = frozenset((_HOLDING, _HELD, _UNHOLDING))
_DOWN: Final = frozenset((_ABORTING, _ABORTED))
#: States in which the line coordinator may have something to say.
_WAITING: Final = frozenset((_ABORTED, _HELD, _STOPPED, _IDLE, _COMPLETE))
#: They call the maintenance crew.
_CALLS: Final = frozenset((Reason.INTERLOCK, Reason.HOMING, Reason.DEVICE_FAULT))

Measure = Callable[[int, int], int]


class Unit:
    """A station's program (port `Controller`).

    `measure(channel, now_us)` reads an analogue input register. `care` masks the status bits that could lead to
    something new in the present step; `speaks` says after a scan that the line coordinator should look. `detained`
    keeps the coordinator from bringing the station back, `parked` the unit from leaving Suspended by itself; `aside`
    is true while somebody else owns the station and `show` gives the state, `released` once it is commissioned.
    """

    STATE: ClassVar[tuple[str, ...]] = (
        "state", "mode", "index", "status", "command", "reason", "request", "request_reason", "refused", "detained",
        "aside", "parked", "released", "_kept", "_conveyed", "failed", "processed", "defective", "failures", "passes",
        "since", "cycle_us", "care", "wake_us", "speaks", "step_since", "_true_since", "_cycle_since",
    )  # fmt: skip

    def __init__(self, io: StationIO, make: MakeProgram, previous: int, log: Log, base: int, measure: Measure) -> None:
        self.io = io
        self._make = make
        self.route = Route(previous)
        self._log = log
        self._base = base
        #: Reads an analogue input; another board has another one.
        self.measure = measure
        self.setpoints = Setpoints(io)
        self.notes = Notes(len(io.analogs))
        self.clockwork = Clockwork()
        self._motor = io.output("infeed_motor")
        device_fault = sum(io.status(name) for name in io.inputs if name.endswith("_fault"))
        self._faults = _FAULTS | device_fault
        self._device_fault = device_fault
        self.state = _ABORTED
        self.mode = int(Mode.PRODUCE)
        self.index = 0
        self.restored()
        self.status = 0
        self.reason = 0
        self.request = 0
        self.request_reason = 0
        self.refused = self.detained = self.parked = self.aside = self.failed = self._kept = False
        self.released = True
        self._conveyed = 0
        self.processed = self.defective = self.failures = self.passes = 0
        self.since = self.cycle_us = 0
        self.care = _EVERYTHING
        self.wake_us = 0
        self.speaks = True
        self.step_since = 0
        self._true_since = -1
        self._cycle_since = -1
        self.command = self._image()

    def restored(self) -> None:
        """Rebuild what follows from set points, route and index."""
        self.program = self._make(self.setpoints.by_name(), self.route)
        self.step = self.program.steps[self.index]

    # ---- from outside, between scans
    @property
    def conveying(self) -> bool:
        """True while the infeed motor is to run, whatever the unit does."""
        return self._conveyed != 0

    def convey(self, on: bool) -> None:
        """The line wants the infeed to run, or not; it shows with the unit's next scan."""
        self._conveyed = self._motor if on else 0
        self.command = self._image()

    def ask(self, command: int, reason: int = Reason.LINE) -> None:
        """Request a PackML command; it is taken or refused at the next scan."""
        self.request = int(command)
        self.request_reason = int(reason)

    def change_mode(self, now: int, mode: int) -> None:
        """Change the mode where the unit stands still; otherwise it is refused."""
        self.refused = self.state not in (_STOPPED, _IDLE, _ABORTED)
        if not self.refused and mode != self.mode:
            self.mode = mode
            self._log((now, self._base + LOG_MODE, mode))
            self.notes.tell(now)
            self.clockwork.enter(now, booking(self.state, self.step.waits, mode))

    def show(self, now: int, state: int, reason: int) -> None:
        """Somebody else owns the station and is in `state`: book and log it; the sequence does not run."""
        if state != self.state:
            self._go(now, state)
        if reason != self.reason:
            self._blame(now, Reason.NONE)
            self._blame(now, reason)

    @property
    def start_interlock(self) -> int:
        """Why Start would be refused, as bits: see protocols.reasons.START_INTERLOCKS."""
        status = self.status
        return (
            (not status & SAFETY_OK) | (not status & LINK) << 1 | bool(status & TRIPPED) << 2
            | (self.mode != Mode.PRODUCE) << 3 | (not self.released) << 4
        )  # fmt: skip

    def ratios(self, now: int) -> Ratios:
        """The unit's key figures."""
        ideal = self.io.design_cycle_ds * 100_000
        return self.clockwork.ratios(now, self.processed, self.processed - self.defective, ideal)

    # ---- one scan
    def scan(self, now_us: int, status: int) -> int:
        """See port `Controller`."""
        self.status = status
        self.speaks = False
        if self.setpoints.due_us <= now_us:
            self._move_setpoints(now_us)
        if self.state == _EXECUTE and status & self._faults == HEALTHY and not self.request:
            wake = self._execute(now_us, status)
        else:
            wake = self._other(now_us, status)
            if self.state in _WAITING:
                self.speaks = True
        due = self.setpoints.due_us
        self.wake_us = wake if wake < due else due
        return self.command

    # ---- the sequence
    def _execute(self, now: int, status: int) -> int:
        """Run the present step; returns the next instant at which the same status could lead to something new."""
        step = self.step
        for mask, value, goto in step.branches:
            if status & mask == value:
                return self._enter(now, status, goto)
        overdue = self.step_since + step.limit_us
        if status & step.mask == step.value:
            if step.dwell_us:
                if self._true_since < 0:
                    self._true_since = now
                done = self._true_since + step.dwell_us
                if now < done:
                    return min(done, overdue) if now < overdue else self._overdue(now)
            return self._finish(now, status, step)
        self._true_since = -1
        return overdue if now < overdue else self._overdue(now)

    def _overdue(self, now: int) -> int:
        if self.step.waits:
            return self._go(now, _SUSPENDING)
        self._blame(now, Reason.STEP_TIMEOUT + self.index)
        return self._go(now, _HOLDING)

    def _finish(self, now: int, status: int, step: Step) -> int:
        following = step.following
        if step.starts:
            self._cycle_since = self.step_since
            self.failed = False
        if step.record >= 0:
            counts = self.measure(step.record, now)
            self._log((now, self._base + LOG_MEASURED + step.record, counts))
            self.notes.record(now, step.record, counts)
            if not step.low <= counts <= step.high:
                self.failed = True
                following = step.when_failed or following
        if step.rejects:
            self.failed = True
        if step.judges:
            self.count(now)
        if step.every:
            self.passes += 1
            if self.passes >= step.every and step.when_due is not None:
                self.passes = 0
                following = step.when_due
        return self._enter(now, status, following)

    def count(self, now: int) -> None:
        """A verdict was written: one more robot processed, or rejected if `failed`."""
        self.processed += 1
        self.speaks = True
        if self._cycle_since >= 0:
            self.cycle_us = now - self._cycle_since
        self._log((now, self._base + LOG_PROCESSED, self.processed))
        if self.failed:
            self.defective += 1
            self._log((now, self._base + LOG_DEFECTIVE, self.defective))
        self.notes.verdict(now, self.failed)

    def _enter(self, now: int, status: int, step: Step) -> int:
        before = self.step
        self.step = step
        self.index = step.index
        self.step_since = now
        self._log((now, self._base + LOG_STEP, step.index))
        self.care = step.care | self._faults
        if step.out != before.out or step.marks != before.marks:
            self.command = self._image() if step.marks or self.reason else step.out | self._conveyed
        if step.pure_dwell:
            # nothing but time can end it, and its timer starts with the next scan
            self._true_since = now + SCAN_US
            return self._true_since + step.dwell_us
        self._true_since = -1
        return now + SCAN_US if step.branches or status & step.mask == step.value else now + step.limit_us

    # ---- the state machine
    def _other(self, now: int, status: int) -> int:
        state = self.state
        fault = self._fault(now, status)
        if fault:
            return self._go(now, fault)
        if self.request:
            return self._obey(now, status)
        if state == _EXECUTE:
            return self._execute(now, status)
        if state == _SUSPENDED:
            if self.parked or status & self.step.mask != self.step.value:
                return NEVER
            return self._go(now, _UNSUSPENDING)
        if state == _RESETTING:
            return self._home(now, status)
        if state == _CLEARING:
            if not status & TRIPPED:
                return self._go(now, _STOPPED)
            give_up = self.since + _CLEARING_US
            return give_up if now < give_up else self._go(now, _ABORTING)
        if state == _UNHOLDING and self.step.again is not self.step:
            self._enter(now, status, self.step.again)
        following = _NEXT.get(state)
        return self._go(now, following) if following else NEVER

    def _fault(self, now: int, status: int) -> int:
        """The state that a fault forces now, 0 if none does."""
        state = self.state
        if state in _DOWN:
            return 0
        if not status & LINK:
            if state in _ACTIVE or state == _RESETTING:
                self._blame(now, Reason.BOARD_LOST)
                return _HOLDING if state in _ACTIVE else _ABORTING
            return 0
        if not status & SAFETY_OK:
            self._blame(now, Reason.SAFETY)
            return _ABORTING
        if status & (TRIPPED | SAFE_STATE) and state != _CLEARING:
            self._blame(now, Reason.BOARD_TRIPPED)
            return _ABORTING
        if status & INTERLOCK and state in _ACTIVE:
            self._blame(now, Reason.INTERLOCK)
            return _ABORTING
        if status & self._device_fault and state in _ACTIVE:
            self._blame(now, Reason.DEVICE_FAULT)
            return _HOLDING
        return 0

    def _obey(self, now: int, status: int) -> int:
        command, self.request = Command(self.request), 0
        goal = accepts(State(self.state), command)
        if goal is None or (command is Command.START and self.start_interlock):
            self.refused = True
            return now + SCAN_US
        self.refused = False
        self.parked = command is Command.SUSPEND
        if command in (Command.HOLD, Command.STOP, Command.ABORT):
            self._blame(now, self.request_reason)
        elif command in (Command.CLEAR, Command.UNHOLD, Command.RESET):
            self._blame(now, Reason.NONE)
        return self._go(now, int(goal))

    def _home(self, now: int, status: int) -> int:
        """Resetting: way to the home position, which must show for a while (outputs have just changed)."""
        give_up = self.since + self.program.home_limit_us
        if status & self.program.home_mask != self.program.home_value:
            self._true_since = -1
        elif self._true_since < 0:
            self._true_since = now
            return now + _HOME_US
        elif now < self._true_since + _HOME_US:
            return self._true_since + _HOME_US
        else:
            if self.index:
                self._log((now, self._base + LOG_STEP, 0))
            self.step = self.program.steps[0]
            self.index = 0
            return self._go(now, _IDLE)
        if now < give_up:
            return give_up
        self._blame(now, Reason.HOMING)
        return self._go(now, _ABORTING)

    def _go(self, now: int, state: int) -> int:
        self.state = state
        self._kept = self._kept if state in _DOWN else state in _ACTIVE or state in _PAUSED  # what an abort keeps
        self.since = now
        self.speaks = state not in _ACTIVE
        self._log((now, self._base + LOG_STATE, state))
        self.clockwork.enter(now, booking(state, self.step.waits, self.mode))
        self._true_since = -1
        self.care = _EVERYTHING
        if state == _EXECUTE:
            self.step_since = now
            self.care = self.step.care | self._faults
        self.command = self._image()
        return now + SCAN_US

    def _blame(self, now: int, reason: int) -> None:
        """Keep the first reason until it is cleared."""
        if reason and self.reason:
            return
        if reason != self.reason:
            self.reason = int(reason)
            self.failures += self._calls
            self._log((now, self._base + LOG_REASON, self.reason))
            self.notes.tell(now)

    @property
    def _calls(self) -> bool:
        return self.reason >= Reason.STEP_TIMEOUT or self.reason in _CALLS

    def _image(self) -> int:
        """The command image of the present state and step."""
        state = self.state
        if state == _EXECUTE or state in _WAITS or state in _PAUSED:
            step = self.step
            whole = state == _EXECUTE or (state in _WAITS and step.waits)
            # a mark stays through a hold: taken away and given again it would be written twice
            image = (step.out if whole else step.hold) | step.mark
            if step.judges:
                image |= MARK_FAIL if self.failed else MARK_PASS
        elif state in _DOWN:
            image = (self.step.hold & OUTPUTS if self._kept else 0) | self.program.idle_out
        elif state == _RESETTING:
            image = self.program.home_out
        else:
            image = self.program.idle_out
        if state == _CLEARING:
            image |= ACKNOWLEDGE
        image |= self._conveyed
        return image | ANDON if self._calls else image

    def _move_setpoints(self, now: int) -> None:
        if self.setpoints.move(now):
            for index, value in enumerate(self.setpoints.active):
                self._log((now, self._base + LOG_SETPOINT + index, value))
            self.restored()
            self.command = self._image()
