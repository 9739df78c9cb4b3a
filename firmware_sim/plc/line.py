"""The line program: one PackML unit over all stations, recovery after repairs, utilities, production orders."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from firmware_sim.plc.clockwork import Ratios, ratios
from firmware_sim.plc.unit import HEALTHY, LOG_MODE, LOG_REASON, LOG_STATE, SCAN_US, Unit
from protocols.packml import NOT_ABORTABLE, NOT_STOPPABLE, Command, Mode, State, accepts
from protocols.ports import NEVER, Log
from protocols.reasons import Reason
from protocols.stations.images import LINK, TRIPPED

SECOND: Final = 1_000_000
HOUR: Final = 3600 * SECOND
TAKT_DS: Final = 600
_RECOVER_US: Final = 2 * SECOND

#: Panel bits (the line PLC's local inputs).
E_STOP_OK, AIR_OK, OIL_OK, COOLING_OK, MAINS_OK = 1, 2, 4, 8, 16
#: Above these the contactors that are out: bit 48 that of station 1, and so on.
POWER_OFF: Final = 48
#: And from here on what the switchboard tells to be wrong: breaker n tripped, and more (see protocols.alarms.table).
SWITCHBOARD: Final = 64
_EVERYWHERE: Final = AIR_OK | MAINS_OK
_EXTRA: Final = {2: OIL_OK, 4: COOLING_OK}

_ALL_SUPPLIES: Final = AIR_OK | OIL_OK | COOLING_OK | MAINS_OK
_RUNNING: Final = frozenset(
    (State.EXECUTE, State.SUSPENDED, State.SUSPENDING, State.UNSUSPENDING, State.STARTING, State.UNHOLDING)
)
_LOST: Final = frozenset((State.HELD, State.HOLDING, State.ABORTED, State.ABORTING))

#: While the line is in an acting state: (states in which a unit gets the command, command, states still on the way).
_ACTING: Final[dict[State, tuple[frozenset[State], Command, frozenset[State]]]] = {
    State.CLEARING: (frozenset((State.ABORTED,)), Command.CLEAR, frozenset((State.CLEARING, State.ABORTING))),
    State.RESETTING: (frozenset((State.STOPPED, State.COMPLETE)), Command.RESET, frozenset((State.RESETTING,))),
    State.STARTING: (frozenset((State.IDLE,)), Command.START, frozenset((State.STARTING,))),
    State.HOLDING: (
        frozenset((State.EXECUTE, State.SUSPENDED)),
        Command.HOLD,
        frozenset((State.HOLDING, State.SUSPENDING, State.UNSUSPENDING, State.STARTING, State.UNHOLDING)),
    ),
    State.UNHOLDING: (frozenset((State.HELD,)), Command.UNHOLD, frozenset((State.UNHOLDING,))),
    State.STOPPING: (
        frozenset(State) - NOT_STOPPABLE,
        Command.STOP,
        frozenset((State.STOPPING, State.CLEARING)),
    ),
    State.ABORTING: (
        frozenset(State) - NOT_ABORTABLE,
        Command.ABORT,
        frozenset((State.ABORTING,)),
    ),
    State.COMPLETING: (
        frozenset((State.EXECUTE, State.SUSPENDED)),
        Command.COMPLETE,
        frozenset((State.COMPLETING, State.SUSPENDING, State.UNSUSPENDING)),
    ),
}  # fmt: skip
_ENDS: Final = {
    State.CLEARING: State.STOPPED, State.RESETTING: State.IDLE, State.STARTING: State.EXECUTE,
    State.HOLDING: State.HELD, State.UNHOLDING: State.EXECUTE, State.STOPPING: State.STOPPED,
    State.ABORTING: State.ABORTED, State.COMPLETING: State.COMPLETE,
}  # fmt: skip
#: Here every infeed stops, whatever state its station is in.
_HALTS: Final = (State.STOPPING, State.ABORTING)
_BOOT: Final = {State.ABORTED: Command.CLEAR, State.STOPPED: Command.RESET, State.IDLE: Command.START}


class Line:
    """The coordinator. It scans after the units and commands them for the next scan (`commanded` lists whom).

    `supplies` tells that air, oil, water and mains shall run: from the first Reset on, at once with `boot`, which
    clears, resets and starts a warm plant by itself.
    """

    STATE: ClassVar[tuple[str, ...]] = (
        "state", "reason", "request", "refused", "boot", "auto_recovery", "order_number", "order_target",
        "_order_base", "panel", "since", "wake_us", "completions", "_packed", "_down_us", "_down_since",
        "newest_station", "newest_reason", "mode", "supplies",
    )  # fmt: skip

    def __init__(self, units: Sequence[Unit], log: Log, *, boot: bool) -> None:
        self.units = units
        self._log = log
        self.state = State.ABORTED
        self.mode = int(Mode.PRODUCE)
        self.reason = 0
        self.request = 0
        self.refused = False
        self.boot = boot
        self.supplies = boot
        self.auto_recovery = True
        self.order_number = 0
        self.order_target = 0
        self._order_base = 0
        self.panel = 0
        self.since = 0
        self.wake_us = 0
        self.completions: deque[int] = deque()
        self._packed = 0
        self._down_us = 0
        self._down_since = -1
        self.newest_station = 0
        self.newest_reason = 0
        self.commanded: list[int] = []
        #: Told when something changes that alarms look at; whoever looks sets it.
        self.news: Callable[[int], None] = lambda _: None

    # ---- from outside, between scans
    def ask(self, command: int) -> None:
        """Request a PackML command for the whole line; whoever asks has taken over from the warm start."""
        self.request = int(command)
        self.boot = False

    def order(self, number: int, target: int) -> None:
        """Begin a production order of `target` robots (0: no end)."""
        self.order_number = number
        self.order_target = target
        self._order_base = self._packed

    def call_supplies(self, now: int) -> None:
        """Have air, oil, water and mains run."""
        if not self.supplies:
            self.supplies = True
            self.news(now)

    def change_mode(self, now: int, mode: int) -> None:
        """Change the line's mode where the line stands still; outside Produce it does not start. Stations keep
        their own."""
        self.refused = self.state not in (State.STOPPED, State.IDLE, State.ABORTED)
        if not self.refused and mode != self.mode:
            self.mode = mode
            self._log((now, LOG_MODE, mode))

    @property
    def power_faults(self) -> int:
        """What is wrong with the power network, as bits."""
        return self.panel >> SWITCHBOARD

    @property
    def order_done(self) -> int:
        """Robots packed for the present order."""
        return self._packed - self._order_base

    @property
    def works(self) -> bool:
        """True while bridged belts may run, and people may work where a machine does not."""
        return self.state is State.EXECUTE

    # ---- one scan
    def scan(self, now: int, panel: int) -> None:
        """One scan of the coordinator; afterwards `wake_us` and `commanded` are up to date."""
        if panel != self.panel:
            self.panel = panel
            self.news(now)
        self.commanded = []
        self._observe(now)
        wake = NEVER
        if not panel & E_STOP_OK:
            self.boot = False  # reset never restarts
            if self.state not in (State.ABORTING, State.ABORTED):
                self._go(now, State.ABORTING, Reason.SAFETY)
        if self.boot:
            self._start_up()
        if self.request:
            self._obey(now)
        if self.state in _ACTING:
            self._act(now)
            wake = now + SCAN_US
        elif self.state is State.EXECUTE:
            if self.order_target and self.order_done >= self.order_target:
                self._go(now, State.COMPLETING, Reason.NONE)
                wake = now + SCAN_US
            else:
                wake = self._look_after(now)
        self.wake_us = wake

    def _observe(self, now: int) -> None:
        """Book what the units did since the last scan."""
        last = self.units[-1]
        packed = last.processed - last.defective
        if packed != self._packed:
            self._packed = packed
            self.completions.append(now)
        while self.completions and self.completions[0] <= now - HOUR:
            self.completions.popleft()
        # a station that something stands in for, or where people work, is not lost
        down = any(unit.state in _LOST and unit.mode == Mode.PRODUCE for unit in self.units)
        if down and self._down_since < 0:
            self._down_since = now
        elif not down and self._down_since >= 0:
            self._down_us += now - self._down_since
            self._down_since = -1
        for unit in self.units:
            if unit.reason and unit.since == now:
                self.newest_station, self.newest_reason = unit.io.number, unit.reason

    def _start_up(self) -> None:
        """A warm plant is cleared, reset and started by itself once every board answers."""
        if self.state is State.EXECUTE:
            self.boot = False
        elif self.state in _BOOT and all(unit.status & HEALTHY == HEALTHY for unit in self.units):
            self.request = int(_BOOT[self.state])

    def _obey(self, now: int) -> None:
        command, self.request = Command(self.request), 0
        goal = accepts(self.state, command)
        # nothing is up- or downstream of a whole line: it cannot be Suspended
        self.refused = (
            goal not in _ACTING
            or (command is Command.CLEAR and not self.panel & E_STOP_OK)
            or (command is Command.START and (self.mode != Mode.PRODUCE or not all(u.released for u in self.units)))
        )
        if goal is not None and not self.refused:
            reason = Reason.OPERATOR if command in (Command.HOLD, Command.STOP, Command.ABORT) else Reason.NONE
            self._go(now, goal, reason)

    def _act(self, now: int) -> None:
        """Bring every unit along; the line's acting state ends when none is on its way."""
        state = self.state
        wanted, command, on_the_way = _ACTING[state]
        busy = False
        for position, unit in enumerate(self.units):
            here = unit.state
            if state in _HALTS and unit.conveying:
                unit.convey(False)
                self.commanded.append(position)
            if unit.aside:
                continue
            if here in wanted and self._may(unit, command):
                if state is State.STARTING:
                    unit.convey(True)
                if command in (Command.HOLD, Command.STOP, Command.ABORT, Command.UNHOLD, Command.START):
                    unit.detained = False
                # after an e-stop the line is faster than the boards' debouncing: the stations shall name the cause too
                reason = Reason.SAFETY if self.reason == Reason.SAFETY else Reason.LINE
                self._command(position, unit, command, reason)
                busy = True
            elif here in on_the_way:
                busy = True
        if not busy:
            self._go(now, _ENDS[state], self.reason)

    def _may(self, unit: Unit, command: Command) -> bool:
        if unit.mode != Mode.PRODUCE and command not in (Command.HOLD, Command.STOP, Command.ABORT):
            return False  # people work there
        if command is Command.CLEAR:
            return unit.status & HEALTHY == HEALTHY
        if command is Command.START:
            return not unit.start_interlock
        if command is Command.UNHOLD:
            return unit.reason in (Reason.LINE, Reason.OPERATOR)
        return True

    def _look_after(self, now: int) -> int:
        """In Execute: hold units whose supply fails, bring back those that were repaired."""
        wake = NEVER
        supplied = self.panel & _ALL_SUPPLIES == _ALL_SUPPLIES and self.panel < 1 << POWER_OFF
        for position, unit in enumerate(self.units):
            state = unit.state
            if state in _RUNNING:
                if unit.aside:
                    continue
                if not supplied and not self.supplied(unit):
                    if state in (State.EXECUTE, State.SUSPENDED):
                        self._command(position, unit, Command.HOLD, Reason.UTILITY)
                    else:
                        wake = now + SCAN_US  # on its way to a state in which it can be held
                continue
            if unit.aside or unit.detained or not self.auto_recovery or unit.mode != Mode.PRODUCE:
                continue
            command, delay = self._remedy(unit)
            if command is Command.NONE:
                continue
            if now >= unit.since + delay:
                if command is Command.START:
                    unit.convey(True)
                self._command(position, unit, command, Reason.LINE)
            else:
                wake = min(wake, unit.since + delay)
        return wake

    def _remedy(self, unit: Unit) -> tuple[Command, int]:
        """What brings a unit back, and how long after it entered its state; NONE while the cause lasts."""
        state, status = unit.state, unit.status
        if state == State.ABORTED and status & HEALTHY == HEALTHY and self.supplied(unit):
            return Command.CLEAR, _RECOVER_US
        if state in (State.STOPPED, State.COMPLETE):
            return Command.RESET, 0
        if state == State.IDLE and not unit.start_interlock:
            return Command.START, 0
        if state == State.HELD:
            if unit.reason == Reason.BOARD_LOST and status & (LINK | TRIPPED) == LINK:
                return Command.UNHOLD, _RECOVER_US
            if unit.reason == Reason.UTILITY and self.supplied(unit):
                return Command.UNHOLD, _RECOVER_US
            if unit.reason == Reason.LINE:
                return Command.UNHOLD, 0
        return Command.NONE, 0

    def supplied(self, unit: Unit) -> bool:
        """True if the unit's station has its contactor closed and the supplies that it needs."""
        needed = _EVERYWHERE | _EXTRA.get(unit.io.number, 0)
        return self.panel & needed == needed and not self.panel >> POWER_OFF + unit.io.number - 1 & 1

    def _command(self, position: int, unit: Unit, command: Command, reason: Reason) -> None:
        unit.ask(command, reason)
        self.commanded.append(position)

    def _go(self, now: int, state: State, reason: int) -> None:
        if self.state is State.COMPLETE and state is State.RESETTING:
            self._order_base = self._packed  # the same order once more
        self.state = state
        self.since = now
        self.supplies = self.supplies or state is State.RESETTING
        self._log((now, LOG_STATE, int(state)))
        self.news(now)
        if reason != self.reason:
            self.reason = int(reason)
            self._log((now, LOG_REASON, self.reason))

    # ---- figures
    @property
    def takt_ds(self) -> int:
        """Planned takt, 0.1 s."""
        return TAKT_DS

    def rate(self, now: int) -> int:
        """Good robots in the last hour of plant time."""
        return sum(1 for t in self.completions if t > now - HOUR)

    def down_us(self, now: int) -> int:
        """For how long a station was down so far."""
        return self._down_us + (now - self._down_since if self._down_since >= 0 else 0)

    def ratios(self, now: int) -> Ratios:
        """The line's key figures at pack-out against the takt; a line with a station down is not available."""
        last = self.units[-1]
        return ratios(now - self.down_us(now), now, last.processed, last.processed - last.defective, TAKT_DS * 100_000)
