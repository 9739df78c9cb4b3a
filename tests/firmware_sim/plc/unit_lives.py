"""Lives of a PackML unit: what its board tells and what others want of it, made to fit the step the unit is in.

A life is drawn while a unit that is scanned every 10 ms lives it, so that conditions come true often enough for whole
cycles, and is written down as plain data that any other unit can be given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from firmware_sim.plc.unit import SCAN_US, Unit
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.packml import Command, Mode, State
from protocols.ports import NEVER
from protocols.reasons import Reason
from protocols.stations.images import INTERLOCK, LINK, SAFE_STATE, SAFETY_OK, TRIPPED
from protocols.stations.io_table import BY_NUMBER

MS = 1_000
EXCHANGE_US = 20 * MS
HEALTHY = SAFETY_OK | LINK

Act = Callable[[Unit, int], None]


@dataclass
class Life:
    """Status images by the exchange that brought them, acts by the scan before which they happen."""

    statuses: list[tuple[int, int]] = field(default_factory=list)
    acts: list[tuple[int, Act]] = field(default_factory=list)
    until: int = 0


class Lived:
    """A unit, its log, and every change of its command image."""

    def __init__(self, number: int) -> None:
        self.log: list[tuple[int, int, int]] = []
        self.commands: list[tuple[int, int]] = []
        io = BY_NUMBER[number]
        self.unit = Unit(io, SEQUENCES[number], number - 1, self.log.append, 64 * number, self._reading)
        self.scans = 0

    def scan(self, now: int, status: int) -> None:
        self.scans += 1
        command = self.unit.scan(now, status)
        if not self.commands or self.commands[-1][1] != command:
            self.commands.append((now, command))

    def _reading(self, channel: int, now: int) -> int:
        """Mostly good, and different from exchange to exchange: measuring at another instant would show."""
        step, exchange = self.unit.step, now // EXCHANGE_US
        if exchange % 5:
            return step.low + exchange * 7919 % (min(step.high, 1023) - max(step.low, 0) + 1)
        return (exchange * 7919 + channel * 311) % 1024

    def figures(self, now: int) -> tuple[object, ...]:
        """Everything else that the unit tells."""
        unit = self.unit
        times = [unit.clockwork.total(now, slot) for slot in range(21)]
        return (
            unit.state, unit.mode, unit.index, unit.reason, unit.refused, unit.processed, unit.defective, unit.failures,
            unit.passes, unit.cycle_us, unit.failed, unit.parked, unit.setpoints.active, times,
        )  # fmt: skip


def live(number: int, seed: int, seconds: int) -> tuple[Life, Lived]:
    """A random life of `seconds`, lived by a unit that is scanned at every instant."""
    driver = _Driver(number, Random(seed))
    return driver.live(seconds * 1_000 * MS)


def live_when_asked(number: int, life: Life) -> Lived:
    """The same life, scanned only for what is in `care`, at `wake_us` and after acts (as a control cabinet does)."""
    lived, status = Lived(number), 0
    unit = lived.unit
    statuses, acts = list(life.statuses), list(life.acts)
    asked = {0}
    while True:
        # the next thing of all; at one instant acts come before the scan and the exchange after it
        scan = min(asked, default=NEVER)
        act = acts[0][0] if acts else NEVER
        exchange = statuses[0][0] if statuses else NEVER
        now = min(scan, act, exchange)
        if now >= life.until:
            return lived
        while acts and acts[0][0] == now:
            acts.pop(0)[1](unit, now)
            asked.add(now)
        if now in asked:
            asked.remove(now)
            lived.scan(now, status)
            wake = unit.wake_us
            assert wake > now, "the unit promises to wake in the past"
            if wake < NEVER:
                asked.add(-(-wake // SCAN_US) * SCAN_US)
        if statuses and statuses[0][0] == now:
            _, new = statuses.pop(0)
            changed, status = status ^ new, new
            if changed & unit.care:
                asked.add(now + SCAN_US)


class _Driver:
    """Lives at random, with an eye on the step that the unit is in."""

    def __init__(self, number: int, random: Random) -> None:
        self.random = random
        self.lived = Lived(number)
        self.life = Life()
        self.status = HEALTHY
        self.io = BY_NUMBER[number]
        self.number = number

    def live(self, until: int) -> tuple[Life, Lived]:
        self.life.until = until
        next_act, next_status = 10 * MS, 0
        status = 0
        for now in range(0, until, SCAN_US):
            if now >= next_act:
                self._act(now)
                next_act = now + self._gap(4_000)
            self.lived.scan(now, status)
            if now % EXCHANGE_US == 0 and now >= next_status:
                self._change()
                if self.status != status:
                    status = self.status
                    self.life.statuses.append((now, status))
                next_status = now + self._gap(200)
        return self.life, self.lived

    def _gap(self, usual_ms: int) -> int:
        random = self.random
        if random.random() < 0.02:
            return random.randrange(0, 30_000) * MS
        if random.random() < 0.2:
            return random.randrange(0, 60) * MS
        return random.randrange(0, 2 * usual_ms) * MS

    # ---- what the board tells
    def _change(self) -> None:
        random, step = self.random, self.lived.unit.step
        kind = random.random()
        if kind < 0.82:
            mask, value = step.mask, step.value
            # a carrier is read in the scan after the pallet has come
            branches = step.branches or step.following.branches
            if branches and random.random() < 0.8:
                # this one and none before it: what another branch looks at is false
                value |= random.choice(branches)[1]
                for other, _, _ in branches:
                    mask |= other
            if self.lived.unit.state == State.RESETTING:
                mask, value = self.lived.unit.program.home_mask, self.lived.unit.program.home_value
            self.status = self.status & ~mask | value
        elif kind < 0.86:
            self.status ^= 1 << random.choice((0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11))
        elif kind < 0.89:
            self.status ^= self._part(step.care)
        elif kind < 0.9:
            self.status = self.status & 0xFFFF | random.getrandbits(16) << 16
        elif kind < 0.91:
            self.status ^= random.choice((SAFETY_OK, LINK, INTERLOCK, TRIPPED, SAFE_STATE | TRIPPED))
        else:
            self.status = (self.status | HEALTHY) & ~(INTERLOCK | TRIPPED | SAFE_STATE)
            for name in self.io.inputs:
                if name.endswith("_fault"):
                    self.status &= ~self.io.status(name)

    def _part(self, mask: int) -> int:
        return mask & self.random.getrandbits(32)

    # ---- what others want
    def _act(self, now: int) -> None:
        random = self.random
        kind = random.random()
        unit = self.lived.unit
        if kind < 0.8:
            self._do(now, _ask(self._way_on(unit), Reason.LINE))
        elif kind < 0.88:
            self._do(now, _ask(random.choice(list(Command)), random.choice((Reason.LINE, Reason.OPERATOR))))
        elif kind < 0.93:
            index = random.randrange(len(self.io.setpoints))
            declared = self.io.setpoints[index]
            self._do(now, _request(index, random.randint(declared.low, declared.high)))
        elif kind < 0.96:
            self._do(now, _mode(random.choice((Mode.PRODUCE, Mode.PRODUCE, Mode.MAINTENANCE))))
        else:
            self._do(now, _convey(random.random() < 0.5))

    def _do(self, now: int, act: Act) -> None:
        self.life.acts.append((now, act))
        act(self.lived.unit, now)

    @staticmethod
    def _way_on(unit: Unit) -> Command:
        """The command that leads on towards Execute."""
        wanted = {
            State.ABORTED: Command.CLEAR, State.STOPPED: Command.RESET, State.COMPLETE: Command.RESET,
            State.IDLE: Command.START, State.HELD: Command.UNHOLD, State.SUSPENDED: Command.UNSUSPEND,
        }  # fmt: skip
        return wanted.get(State(unit.state), Command.NONE)


def _ask(command: Command, reason: Reason) -> Act:
    return lambda unit, now: unit.ask(command, reason)


def _request(index: int, raw: int) -> Act:
    return lambda unit, now: unit.setpoints.request(index, raw)


def _mode(mode: Mode) -> Act:
    return lambda unit, now: unit.change_mode(now, mode)


def _convey(on: bool) -> Act:
    return lambda unit, now: unit.convey(on)
