"""The board firmware: one exchange takes a command image, samples the terminals, gives a status image and outputs.

Everything the plant or the PLC can see of it is defined at exchange instants and in integers, so it may be asked
only when something it can see has changed (`notice`, `signal_changed`) or a deadline of its own expires (`due_us`)
and still answers bit for bit what it would have answered at every instant of the grid. What it does not exchange it
does not sample: an edge during a silence counts from the first exchange afterwards.
"""

from __future__ import annotations

from typing import ClassVar, Final

from firmware_sim.board.profile import EXCHANGE_US, HYSTERESIS, SLOWEST, SOFT_START_STEP, SOFT_START_STEP_US, Profile
from firmware_sim.board.regulator import Regulator
from firmware_sim.board.stepper import Stepper
from protocols.ports import NEVER, NO_ANSWER, Terminals
from protocols.stations.images import (
    ACKNOWLEDGE,
    DEVICE,
    DUTY,
    IN_POSITION,
    INTERLOCK,
    LEVEL,
    LIMIT,
    OUTPUTS,
    PROGRAM,
    SAFE_STATE,
    SAFETY_OK,
    SPEED,
    TARGET,
    TRIPPED,
    WORD,
)

_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED
#: What of a command reaches the plant as it is: digital outputs and axis go through interlocks and limits.
_PASSED: Final = (DEVICE & ~OUTPUTS | (1 << 16 * (PROGRAM + 1)) - (1 << 16)) & ~_AXIS
_DUTY: Final = WORD << 16 * DUTY
_FULL_DUTY: Final = 1024
_LIMITS: Final = (1 << 16 * (LIMIT[3] + 1)) - (1 << 16 * LIMIT[0])
_BITS: Final = tuple(1 << i for i in range(7))
#: Status bits that are not inputs; of these a board with nothing under way shows only IN_POSITION.
_FLAGS: Final = IN_POSITION | INTERLOCK | SAFE_STATE | TRIPPED | LEVEL[0] | LEVEL[1] | LEVEL[2] | LEVEL[3]

#: Supply voltages (mV) of the brown-out detector and of the power-on reset, and the start-up time.
BROWN_OUT_MV: Final = 2700
POWER_ON_MV: Final = 1100
START_UP_US: Final = 65_000
RESET_POWER_ON, RESET_BROWN_OUT = 1, 3

#: The last exchange took place; it did not, the host is silent; none has since the boot (or there is no power).
_HERE, _SILENT, _BOOTED = range(3)


class SimulatedBoard:
    """The Python version of the board firmware (port `Board`). `sampling` finds input edges by looking at each
    exchange instead of being told, as the C firmware does: the way to prove that being told is enough."""

    __slots__ = (
        "_accept_us", "_attentive", "_away", "_boot_us", "_command", "_cross_us", "_debounced", "_duty", "_duty_due",
        "_forbidden", "_levels", "_motion", "_previous", "_raw", "_since", "_stepper", "_supply_mv", "_watched",
        "due_us", "interlock_trips", "outputs", "profile", "regulator", "reset_cause", "resets", "safe_state",
        "sampling", "terminals", "tripped", "watchdog_trips", "withheld",
    )  # fmt: skip
    STATE: ClassVar[tuple[str, ...]] = (
        "_accept_us", "_attentive", "_away", "_boot_us", "_command", "_cross_us", "_debounced", "_duty", "_duty_due",
        "_watched", "_levels", "_motion", "_previous", "_raw", "_since", "_supply_mv", "due_us", "interlock_trips",
        "outputs", "reset_cause", "resets", "safe_state", "tripped", "watchdog_trips", "withheld",
    )  # fmt: skip

    def __init__(self, profile: Profile, terminals: Terminals, *, sampling: bool = False) -> None:
        self.profile = profile
        self.terminals = terminals
        self.sampling = sampling
        self.regulator = Regulator()
        self._stepper = Stepper(profile.acceleration, profile.stroke)
        self._forbidden = 0
        for output, _ in profile.forbid:
            self._forbidden |= output
        self._supply_mv = 5000
        self.reset_cause = RESET_POWER_ON
        self.resets = 0
        self.watchdog_trips = 0
        self.interlock_trips = 0
        self._boot(0)

    def _boot(self, now: int) -> None:
        """Everything is as after a reset; the first exchange not before `now` finds the inputs as they are."""
        self._away = _BOOTED
        self._boot_us = now
        self._command = 0
        self._motion = 0
        self._raw = self._debounced = 0
        self._since = dict.fromkeys(_BITS, now)
        self._previous = dict.fromkeys(_BITS, now)
        self._accept_us = 0
        self._levels = 0
        self._cross_us = 0
        self._duty = 0
        self._duty_due = NEVER
        self._stepper.home()
        self.regulator.reset()
        self.safe_state = False
        self.tripped = True
        self.withheld = 0
        self.outputs = 0
        self.due_us = now
        self._attentive = True
        self._watched = 0

    # ---- what the host tells between exchanges
    def notice(self, now_us: int, bit: int) -> int:
        """An input edge: it is sampled at the next exchange g and can be accepted a debounce time later."""
        g = -(-now_us // EXCHANGE_US) * EXCHANGE_US
        if bit and not self._away:
            since = self._since
            if since[bit] == g:
                since[bit] = self._previous[bit]  # back again before anybody sampled it
            else:
                self._previous[bit] = since[bit]
                since[bit] = g
            return g - (-self.profile.debounce_us // EXCHANGE_US) * EXCHANGE_US
        return g

    def signal_changed(self, now_us: int) -> int:
        """An analogue input follows a new closed form: the comparators must look again."""
        self._cross_us = 0
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US if self._command & _LIMITS else NEVER

    def supply(self, now_us: int, millivolts: int) -> int:
        """The supply voltage changes: below the brown-out level the board is dead, afterwards it boots anew.

        Returns the exchange instant by which the board wants to be asked, NEVER if it did not notice.
        """
        was, self._supply_mv = self._supply_mv, millivolts
        if millivolts < POWER_ON_MV:
            self.reset_cause = RESET_POWER_ON
            self.watchdog_trips = self.interlock_trips = 0
        elif millivolts < BROWN_OUT_MV <= was:
            self.reset_cause = RESET_BROWN_OUT
        if millivolts < BROWN_OUT_MV <= was:
            self._boot(NEVER)
            return -(-now_us // EXCHANGE_US) * EXCHANGE_US
        if was < BROWN_OUT_MV <= millivolts:
            self._boot(now_us + START_UP_US)
            # counters live in memory that a brown-out leaves alone; the start at power-on is no reset
            self.resets = 0 if self.reset_cause == RESET_POWER_ON else self.resets + 1
            return -(-self._boot_us // EXCHANGE_US) * EXCHANGE_US
        return NEVER

    # ---- one exchange
    def exchange(self, now_us: int, command: int) -> int:
        """See port `Board`. NO_ANSWER while the supply is too low or the board is still starting."""
        if self._away and not self._back(now_us, command):
            return NO_ANSWER
        if self.sampling:
            self._find_edges(now_us)
        debounced = self._debounced
        pending = self.terminals.inputs ^ debounced
        if pending:
            before = debounced
            since, stable = self._since, now_us - self.profile.debounce_us
            while pending:
                bit = pending & -pending
                pending ^= bit
                if since[bit] <= stable:
                    debounced ^= bit
            self._debounced = debounced
            pending = (before ^ debounced) & self._watched
        if not debounced & SAFETY_OK and not self.tripped:
            self._trip(now_us)
        changed = command ^ self._command
        if changed:
            self._take(now_us, command, changed)
        elif not (self._attentive or pending):
            # nothing but inputs can have changed, and none on which an output depends: the usual case
            return debounced | IN_POSITION | self.terminals.carrier << 16
        return self._evaluate(now_us, command)

    def idle(self, now_us: int, heard_us: int) -> None:
        """See port `Board`: the board's own watchdog decides about the outputs. A host that exchanges only when asked
        tells the first missing exchange and the one at which the watchdog expires."""
        if self._away == _HERE:
            self._fall_silent(now_us)
        if self.due_us <= now_us:
            self.due_us = NEVER  # start-up is over, and nobody asks
        if self._away == _SILENT and not self.safe_state and now_us - heard_us >= self.profile.watchdog_us:
            self.safe_state = True
            self.watchdog_trips += 1
            self.outputs = self.outputs & ~(OUTPUTS | _AXIS) | self.outputs & self.profile.keep
            self._trip(now_us)

    @property
    def watchdog_us(self) -> int:
        """Silence after which the outputs go to their safe state."""
        return self.profile.watchdog_us

    # ---- its parts
    def _evaluate(self, now: int, command: int) -> int:
        """Status, outputs and deadline from the debounced inputs and the command."""
        if now >= self._cross_us and (command & _LIMITS or self._levels):
            self._compare(now, command)
        status = self._debounced | self._levels
        due = self._cross_us if self._cross_us > now else NEVER
        if now < self._accept_us < due:
            due = self._accept_us
        arrival = self._stepper.until
        if now >= arrival:
            status |= IN_POSITION
        elif arrival < due:
            due = arrival
        outputs = command & OUTPUTS
        image = command & _PASSED
        if self.tripped:
            status |= TRIPPED | SAFE_STATE if self.safe_state else TRIPPED
            outputs &= self.profile.keep & self.outputs  # may go off, not on
        else:
            image |= self._motion
        if outputs & self._forbidden or self.withheld:
            outputs, status = self._withhold(outputs, status)
        image |= outputs
        if self.profile.soft:
            image, due = self._soft_start(now, image, outputs, due)
        elif self.profile.regulator:
            image, due = self._regulate(now, image, outputs, due)
        self.outputs = image
        self.due_us = due
        self._attentive = (
            due < NEVER or status & _FLAGS != IN_POSITION or bool(command & _LIMITS) or self.profile.regulator != 0
        )
        self._watched = 0
        if outputs & self._forbidden:
            for output, condition in self.profile.forbid:
                if outputs & output:
                    self._watched |= condition
        return status | self.terminals.carrier << 16

    def _fall_silent(self, now: int) -> None:
        """The exchange of `now` is missing: the last sample is that of the exchange before it."""
        self._away = _SILENT
        self._attentive = True
        if not self.sampling:
            self._raw = self.terminals.inputs
            for bit in _BITS:
                if self._since[bit] == now:  # an edge since then, announced for an exchange that does not take place
                    self._since[bit] = self._previous[bit]
                    self._raw ^= bit

    def _back(self, now: int, command: int) -> bool:
        """The first exchange after a silence or a boot; False while the board cannot answer."""
        if now < self._boot_us:
            return False
        inputs = self.terminals.inputs
        if self._away == _BOOTED:
            self._raw = self._debounced = inputs
            self._command = command & ACKNOWLEDGE  # a level that was there before the boot is no edge
        for bit in _BITS:
            if (inputs ^ self._raw) & bit:
                self._since[bit] = now
                self._accept_us = now - (-self.profile.debounce_us // EXCHANGE_US) * EXCHANGE_US
        self._raw = inputs
        self._away = _HERE
        return True

    def _find_edges(self, now: int) -> None:
        raw = self.terminals.inputs
        edges = raw ^ self._raw
        self._raw = raw
        while edges:
            bit = edges & -edges
            edges ^= bit
            self._since[bit] = now

    def _trip(self, now: int) -> None:
        self.tripped = True
        self._attentive = True
        self._stepper.stop(now)

    def _take(self, now: int, command: int, changed: int) -> None:
        self._command = command
        if changed & command & ACKNOWLEDGE and self._debounced & SAFETY_OK:
            self.tripped = False
            self.safe_state = False
            changed |= _AXIS
        if changed & _AXIS:
            target = min(command >> 16 * TARGET & WORD, self.profile.stroke)
            speed = command >> 16 * SPEED & WORD
            if 0 < speed < SLOWEST:
                speed = SLOWEST
            self._motion = target << 16 * TARGET | speed << 16 * SPEED
            if not self.tripped:
                self._stepper.move(now, target, speed)
        if changed & _LIMITS:
            self._cross_us = 0
            for channel, bit in enumerate(LEVEL):
                if changed >> 16 * LIMIT[channel] & WORD:
                    self._levels &= ~bit

    def _withhold(self, outputs: int, status: int) -> tuple[int, int]:
        """The firmware's own interlocks: an output is withheld when its condition is missing, and from then on until it
        is commanded anew; a part that comes back must not start a motion that nobody expects any more."""
        allowed = outputs & ~self.withheld
        for output, condition in self.profile.forbid:
            if not status & condition:
                allowed &= ~output
        withheld = outputs & ~allowed
        if withheld and not self.withheld:
            self.interlock_trips += 1
        self.withheld = withheld
        return allowed, status | INTERLOCK if withheld else status

    def _compare(self, now: int, command: int) -> None:
        """Comparators with hysteresis; the next crossing is computed, not waited for."""
        levels, cross = self._levels, NEVER
        for channel, signal in enumerate(self.terminals.analogs):
            limit = command >> 16 * LIMIT[channel] & WORD
            if not limit:
                continue
            bit = LEVEL[channel]
            counts = signal.counts(now)
            on = counts >= (limit - HYSTERESIS if levels & bit else limit)
            levels = levels | bit if on else levels & ~bit
            if not self.sampling:
                at = signal.crossing(limit - HYSTERESIS if on else limit, not on, now + 1)
                if at is not None and at < cross:
                    cross = at
        self._levels = levels
        if not self.sampling:
            self._cross_us = cross if cross == NEVER else -(-cross // EXCHANGE_US) * EXCHANGE_US

    def _soft_start(self, now: int, image: int, outputs: int, due: int) -> tuple[int, int]:
        """The duty of a drive rises in steps; it falls at once."""
        goal = min(image >> 16 * DUTY & WORD, _FULL_DUTY) if outputs & self.profile.soft else 0
        if goal <= self._duty:
            self._duty = goal
            self._duty_due = NEVER
        elif self._duty_due == NEVER or now >= self._duty_due:
            self._duty = min(goal, self._duty + SOFT_START_STEP)
            self._duty_due = now + SOFT_START_STEP_US if self._duty < goal else NEVER
        return image & ~_DUTY | self._duty << 16 * DUTY, min(due, self._duty_due)

    def _regulate(self, now: int, image: int, outputs: int, due: int) -> tuple[int, int]:
        """The duty of a regulated output comes from the firmware's own controller."""
        regulator = self.regulator
        if outputs & self.profile.regulator:
            if now >= regulator.due_us:
                set_point = min(image >> 16 * DUTY & WORD, _FULL_DUTY)
                regulator.sample(now, set_point, self.terminals.analogs[0].counts(now))
        else:
            regulator.off()
        return image & ~_DUTY | regulator.duty << 16 * DUTY, min(due, regulator.next_us)

    # ---- readings
    def measured(self, channel: int, now_us: int) -> int:
        """See port `Board`."""
        return self.terminals.analogs[channel].counts(max(0, (now_us - 1) // EXCHANGE_US * EXCHANGE_US))

    def axis_position(self, now_us: int) -> int:
        """Position by step count, 0.1 mm."""
        return self._stepper.position(now_us)

    def exchanges(self, now_us: int) -> int:
        """Exchange instants before `now_us` since the last boot."""
        return max(0, -(-now_us // EXCHANGE_US) - -(-self._boot_us // EXCHANGE_US))

    @property
    def supply_mv(self) -> int:
        """Supply voltage, mV."""
        return self._supply_mv
