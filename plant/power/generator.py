"""The emergency generator: start time, a limit to what it can lift, and a tank that runs dry."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.power.load import FULL, WATT_HOUR, Load

STOPPED, STARTING, RUNNING, TRIPPED, OUT_OF_FUEL = range(5)
#: Who decides that it runs: the change-over logic, or somebody at its panel.
AUTO, RUN, OFF = range(3)

#: What a litre of diesel gives at the terminals, and what the engine needs to turn without load.
LITRE: Final = 3700 * WATT_HOUR
_NO_LOAD_W: Final = 9_000
#: Amperes at which it stalls: two and a half times those of 125 kVA.
SURGE_A: Final = 450
_SHORTEST_US: Final = 1_000


class Generator:
    """Runs `start_us` after it is started, until it is stopped, asked for too much, or out of fuel.

    `delivered` answers what it has fed into the bus so far (see plant.power.load). The dry tank is found without
    following the load: when it could be empty at the earliest, under the load `most_w`, it looks what is left.
    `changed` is told (now) when it begins or ceases to run, and when its mode changes.
    """

    STATE: ClassVar[tuple[str, ...]] = ("state", "mode", "tank", "refuses")

    def __init__(
        self,
        agenda: Agenda,
        *,
        start_us: int,
        litres: float,
        most_w: int,
        delivered: Callable[[int], int],
        changed: Callable[[int], None],
    ) -> None:
        self._start_us = start_us
        self._most = (most_w + _NO_LOAD_W) * FULL
        self._delivered = delivered
        self._changed = changed
        self._starting = agenda.slot(self._started)
        self._fuel = agenda.slot(self._look)
        self._engine = Load(_NO_LOAD_W)
        self.state = STOPPED
        self.mode = AUTO
        #: Injection: it cranks for its start time and does not come.
        self.refuses = False
        self.tank = int(litres * LITRE)  # everything that was ever filled in

    @property
    def permille(self) -> int:
        """Its voltage, in permille of nominal."""
        return 1000 if self.state == RUNNING else 0

    def litres(self, now: int) -> float:
        """What is in the tank."""
        return max(0, self._left(now)) / LITRE

    def start(self, now: int) -> None:
        """Start, if nothing is against it."""
        if self.state == STOPPED and self.mode != OFF:
            if self._left(now) <= 0:
                self._go(now, OUT_OF_FUEL)
            else:
                self._starting.arm(now + self._start_us)
                self._go(now, STARTING)

    def stop(self, now: int) -> None:
        """The change-over logic needs it no longer."""
        if self.mode != RUN and self.state in (STARTING, RUNNING):
            self._go(now, STOPPED)

    def choose(self, now: int, mode: int) -> None:
        """AUTO, RUN or OFF at its panel. OFF also acknowledges what stopped it."""
        self.mode = mode
        if mode == OFF:
            self._go(now, STOPPED)
            return
        if mode == RUN:
            self.start(now)
        self._changed(now)

    def trip(self, now: int) -> None:
        """More was asked of it than it can give: it stalls, and stays off until somebody acknowledges it (OFF)."""
        if self.state in (STARTING, RUNNING):
            self._go(now, TRIPPED)

    def fill(self, now: int, litres: float) -> None:
        """The tank holds so much from now on: refuelled, drained, or stolen (0: the engine stops). Fuel does not
        start an engine that ran dry: acknowledge it (OFF). Raises ValueError for less than nothing."""
        if litres < 0:
            raise ValueError(f"a tank cannot hold {litres:g} l")
        self.tank += int(litres * LITRE) - self._left(now)
        if self.state == RUNNING:
            self._look(now)

    def _left(self, now: int) -> int:
        return self.tank - self._engine.energy(now) - self._delivered(now)

    def _started(self, now: int) -> None:
        if self.refuses:
            self._go(now, TRIPPED)
            return
        self._engine.set(now, FULL)
        self._go(now, RUNNING)
        if self.state == RUNNING:
            self._look(now)

    def _look(self, now: int) -> None:
        left = self._left(now)
        if left <= 0:
            self._go(now, OUT_OF_FUEL)
        else:
            self._fuel.arm(now + max(_SHORTEST_US, left // self._most))

    def _go(self, now: int, state: int) -> None:
        if state not in (STARTING, RUNNING):
            self._starting.cancel()
            self._fuel.cancel()
            self._engine.set(now, 0)
        self.state = state
        self._changed(now)
