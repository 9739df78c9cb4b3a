"""The uninterruptible supply of the 24 V control bus: battery, transfer time, recharge."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.power.load import FULL, WATT_HOUR, Load

ON_LINE, CHARGING, ON_BATTERY, EXHAUSTED = range(1, 5)

#: Consumption of the control bus, and what charges the battery.
LOAD_W: Final = 400
CHARGE_W: Final = 100
_LOWEST: Final = 850
#: A battery that feeds the bus is low from here on.
LOW_PERCENT: Final = 25
#: The capacitors of the control bus bridge so much of a transfer.
BRIDGE_US: Final = 20_000


class Ups:
    """Feeds the control bus from its input while that is healthy, from the battery otherwise. `told` hears (now, False)
    when the control bus is dead and (now, True) when it is back. A transfer that takes longer than the bus can bridge
    is a gap. `changed` (now) hears when the battery begins or ceases to feed, and when it is LOW.
    """

    STATE: ClassVar[tuple[str, ...]] = ("state", "alive", "failed", "low", "_left", "_since")

    def __init__(
        self, agenda: Agenda, *, capacity_wh: float, transfer_us: int, told: Callable[[int, bool], None],
        changed: Callable[[int], None],
    ) -> None:  # fmt: skip
        self._capacity = int(capacity_wh * WATT_HOUR)
        self._transfer_us = transfer_us
        self._told = told
        self._changed = changed
        self._slot = agenda.slot(self._fire)
        self._gap = agenda.slot(self._switch)
        self._nearly = agenda.slot(self._run_low)
        self._through = Load(LOAD_W)
        self._charger = Load(CHARGE_W)
        self.state = ON_LINE
        self.alive = True
        self.failed = False
        #: It feeds the control bus and has little left, or nothing.
        self.low = False
        self._left = self._capacity
        self._since = 0
        self._through.set(0, FULL)

    @property
    def fed(self) -> bool:
        """True while the input feeds it."""
        return self.state in (ON_LINE, CHARGING)

    def input(self, now: int, permille: int) -> None:
        """The voltage of the main bus changes."""
        fed = permille >= _LOWEST
        if fed == self.fed:
            return
        self._feed(now, fed)
        self._watch(now)

    def _feed(self, now: int, fed: bool) -> None:
        self._left, self._since = self._battery(now), now
        self._gap.cancel()
        if fed:
            self._through.set(now, FULL)
            missing = 0 if self.failed else self._capacity - self._left
            self.state = CHARGING if missing else ON_LINE
            full_at = now + missing // (CHARGE_W * FULL) + 1
            self._charger.set(now, FULL if missing else 0, full_at)
            self._slot.cancel()
            if missing:
                self._slot.arm(full_at)
            self._live(now, True)
            return
        self._through.set(now, 0)
        self._charger.set(now, 0)
        if self._left <= 0:
            self._exhausted(now)
            return
        self.state = ON_BATTERY
        self._slot.arm(now + self._left // (LOAD_W * FULL) + 1)
        if self._transfer_us > BRIDGE_US:
            self._gap.arm(now + BRIDGE_US)

    def charge(self, now: int) -> float:
        """Share of the battery's capacity, 0..1."""
        return self._battery(now) / self._capacity

    def runtime_s(self, now: int) -> int:
        """How long the battery carries the control bus, s."""
        return self._battery(now) // (LOAD_W * FULL * 1_000_000)

    def drain(self, now: int, share: float) -> None:
        """The battery was drained: it holds `share` of its capacity from now on. Raises ValueError outside 0..1."""
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"a battery holds a share of 0 to 1 of its capacity, not {share}")
        fed = self.fed
        self.input(now, 0)
        self._left, self._since = int(self._capacity * share), now
        if fed:
            self.input(now, 1000)
        elif self.state == ON_BATTERY:
            self._slot.arm(now + self._left // (LOAD_W * FULL) + 1)
        self._watch(now)

    def fail(self, now: int, failed: bool) -> None:
        """Injection: the battery is dead and takes no charge; or it is replaced by a full one."""
        if failed == self.failed:
            return
        self.failed = failed
        self._left, self._since = 0 if failed else self._capacity, now
        if self.fed:
            self.state = ON_LINE
            self._charger.set(now, 0)
            self._slot.cancel()
        elif failed:
            self._exhausted(now)
        else:
            self.state = ON_BATTERY
            self._slot.arm(now + self._left // (LOAD_W * FULL) + 1)
            self._live(now, True)
        self._watch(now)

    def decivolts(self, now: int) -> int:
        """Voltage of the control bus, 0.1 V."""
        if not self.alive:
            return 0
        return 240 if self.fed else 215 + self._battery(now) * 25 // self._capacity

    def power(self, now: int) -> int:
        """Watts drawn from the main bus."""
        return self._through.power(now) + self._charger.power(now)

    def energy(self, now: int) -> int:
        """Drawn from the main bus since the beginning, in watt microseconds times FULL."""
        return self._through.energy(now) + self._charger.energy(now)

    def _battery(self, now: int) -> int:
        gone = (now - self._since) * FULL
        if self.state == ON_BATTERY:
            return max(0, self._left - gone * LOAD_W)
        if self.state == CHARGING:
            return min(self._capacity, self._left + gone * CHARGE_W)
        return self._left

    def _fire(self, now: int) -> None:
        self._left, self._since = self._battery(now), now
        if self.state == CHARGING:
            self.state = ON_LINE
        else:
            self._exhausted(now)
        self._watch(now)

    def _run_low(self, now: int) -> None:
        self._watch(now)

    def _watch(self, now: int) -> None:
        """Judge what is left, and when to do so again."""
        spare = self._battery(now) - self._capacity * LOW_PERCENT // 100
        self.low = not self.fed and spare <= 0
        if self.state == ON_BATTERY and spare > 0:
            self._nearly.arm(now + spare // (LOAD_W * FULL) + 1)
        else:
            self._nearly.cancel()
        self._changed(now)

    def _exhausted(self, now: int) -> None:
        self.state = EXHAUSTED
        self._slot.cancel()
        self._gap.cancel()
        self._live(now, False)

    def _switch(self, now: int) -> None:
        if self.alive:
            self._gap.arm(now + self._transfer_us - BRIDGE_US)
        self._live(now, not self.alive)

    def _live(self, now: int, alive: bool) -> None:
        if alive != self.alive:
            self.alive = alive
            self._told(now, alive)
