"""One feeder: breaker, contactor, the cabinet's supply, and what the station behind it draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.power.breaker import Breaker
from plant.power.demand import Demand
from plant.power.load import Load
from plant.power.rail import Rail
from plant.power.ride_through import RideThrough

#: A voltage from here on (permille) counts as present.
HEALTHY: Final = 900
#: Volts times the square root of three times a power factor of 0.9: watts per ampere of the three phases.
WATTS_PER_AMPERE: Final = 624

Powered = Callable[[int, int, bool], None]


class Feeder:
    """Behind the breaker hang the cabinet's own supply (board, sensors, valves) and a contactor for everything that
    moves or heats. The contactor drops out in a sag that is too deep for too long, and when the breaker opens; it
    stays out until somebody closes it.

    `powered` is told (now, number, True) when the contactor has closed and (now, number, False) when it has dropped;
    `ready` (now) when it could be closed again, `switched` (now) when the breaker has moved.
    """

    STATE: ClassVar[tuple[str, ...]] = ("bus", "closed")

    def __init__(
        self,
        agenda: Agenda,
        number: int,
        demand: Demand,
        powered: Powered,
        ready: Callable[[int], None],
        switched: Callable[[int], None],
        *,
        closed: bool,
    ) -> None:
        self.number = number
        self.demand = demand
        self._powered = powered
        self._ready = ready
        self._switched = switched
        self.breaker = Breaker(agenda, demand.rated_a, self._breaker_moved)
        self.rail = Rail(agenda, lowest=demand.lowest, hold_up_us=demand.hold_up_us, start_us=demand.start_us)
        self._ride = RideThrough(agenda, demand.curve, self.drop)
        self._control = Load(demand.control_w)
        self._standby = Load(demand.standby_w)
        self._loads = [self._control, self._standby]
        self.bus = 1000
        self.closed = closed
        self._control.set(0, 1024)
        self._standby.set(0, 1024 if closed else 0)

    def load(self, name: str) -> Load | None:
        """The meter of the mechanism of that name, None if it draws nothing worth counting."""
        watts = self.demand.motors.get(name, 0)
        if not watts:
            return None
        self._loads.append(Load(watts))
        return self._loads[-1]

    @property
    def voltage(self) -> int:
        """Permille of nominal behind the breaker."""
        return self.bus if self.breaker.closed else 0

    @property
    def present(self) -> bool:
        """True if the contactor could be closed."""
        return self.voltage >= HEALTHY

    def follow(self, now: int, permille: int) -> None:
        """The voltage of the main bus changes."""
        self.bus = permille
        self._feel(now)

    def close(self, now: int) -> None:
        """Pull the contactor in, if there is voltage; the machine's inrush follows."""
        if self.closed or not self.present:
            return
        self.closed = True
        self._standby.set(now, 1024)
        self._ride.follow(now, self.voltage)
        self._powered(now, self.number, True)
        self.breaker.surge(now, self.demand.inrush_a)

    def drop(self, now: int) -> None:
        """The contactor drops out."""
        if self.closed:
            self.closed = False
            self._standby.set(now, 0)
            self._ride.follow(now, 1000)
            self._powered(now, self.number, False)
            if self.present:
                self._ready(now)

    def power(self, now: int) -> int:
        """Watts drawn at `now`."""
        return sum(load.power(now) for load in self._loads)

    def amperes(self, now: int) -> int:
        """Tenths of an ampere drawn at `now`, a current that should not be there included."""
        extra = self.breaker.extra_a if self.voltage else 0
        return 10 * self.power(now) // WATTS_PER_AMPERE + 10 * extra

    def energy(self, now: int) -> int:
        """Since the beginning, in watt microseconds times FULL (see plant.power.load)."""
        return sum(load.energy(now) for load in self._loads)

    def _breaker_moved(self, now: int, closed: bool) -> None:
        self._switched(now)
        if not closed:
            self.drop(now)
        self._feel(now)

    def _feel(self, now: int) -> None:
        voltage = self.voltage
        self.rail.input(now, voltage)
        self._control.set(now, 1024 if voltage >= self.demand.lowest else 0)
        if self.closed:
            self._ride.follow(now, voltage)
        elif voltage >= HEALTHY:
            self._ready(now)
