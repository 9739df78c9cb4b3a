"""The network: mains or generator feed the main bus, the bus feeds the UPS and a feeder for every station."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.power.breaker import TRIPPED
from plant.power.demand import DEMANDS, SERVICES
from plant.power.feeder import HEALTHY, WATTS_PER_AMPERE, Feeder
from plant.power.generator import OUT_OF_FUEL, RUNNING, STARTING, SURGE_A, Generator
from plant.power.generator import TRIPPED as STALLED
from plant.power.mains import Mains, Shape
from plant.power.sequencer import Sequencer
from plant.power.ups import CHARGE_W, LOAD_W, Ups

#: Positions of the transfer switch.
MAINS, GENERATOR = 1, 2

#: The phase monitor tells a loss after this time, and a return after that one.
LOST_US: Final = 1_000_000
BACK_US: Final = 200_000
#: A bad mains so long starts the generator; a good one so long is switched back to.
START_AFTER_US: Final = 2_000_000
RETURN_AFTER_US: Final = 30_000_000
#: How long a machine's inrush lasts.
INRUSH_US: Final = 200_000


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the switchboard has. `order` names feeders in the order of closing (0: the supplies of air, oil and water);
    those left out come last, by number."""

    generator: bool = True
    generator_start_us: int = 8_000_000
    fuel_l: float = 120.0
    battery_wh: float = 200.0
    transfer_us: int = 8_000
    close_delay_us: int = 500_000
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Whom the network tells what happens: `powered` (now, feeder, contactor closed), `bus` (now, process supply lost),
    `control` (now, control bus alive), `status` (now, bits) what is wrong: breaker n tripped in bit n, and
    GENERATOR_FAILED, ON_BATTERY, BATTERY_LOW; `log` (now, number, value) the states of generator, transfer switch and
    breakers."""

    powered: Callable[[int, int, bool], None]
    bus: Callable[[int, bool], None]
    control: Callable[[int, bool], None]
    status: Callable[[int, int], None]
    log: Callable[[int, int, int], None]


#: Bits of what is wrong, above those of tripped breakers.
GENERATOR_FAILED, ON_BATTERY, BATTERY_LOW = 1 << 16, 1 << 17, 1 << 18
_BROKEN: Final = (STALLED, OUT_OF_FUEL)

LOG_GENERATOR, LOG_TRANSFER, LOG_BREAKERS = range(3)


class Network:
    """Also the utility named mains: `run` is the line PLC's command that the process shall be supplied, `missing` what
    the phase monitor says. Nothing here happens while the voltage stays: loads are asked, they do not tell."""

    STATE: ClassVar[tuple[str, ...]] = (
        "missing", "position", "bus", "_wanted", "_booked", "_imported", "_surges", "_logged",
    )  # fmt: skip
    name: ClassVar[str] = "mains"

    def __init__(self, agenda: Agenda, stations: Iterable[int], equipment: Equipment, told: Told, *, on: bool) -> None:
        self._told = told
        self.equipment = equipment
        self.mains = Mains(agenda, self._changed)
        numbers = [SERVICES, *stations]
        most_w = sum(DEMANDS[number].most_w for number in numbers) + LOAD_W + CHARGE_W
        self.generator = Generator(
            agenda,
            start_us=equipment.generator_start_us,
            litres=equipment.fuel_l,
            most_w=most_w,
            delivered=lambda now: self.imported(now, GENERATOR),
            changed=self._changed,
        )
        self.ups = Ups(
            agenda, capacity_wh=equipment.battery_wh, transfer_us=equipment.transfer_us, told=told.control,
            changed=self._report,
        )  # fmt: skip
        self._start = agenda.slot(self._change_over)
        self._return = agenda.slot(self._back_to_mains)
        self._monitor = agenda.slot(self._judge)
        self.feeders = {
            number: Feeder(agenda, number, DEMANDS[number], told.powered, self._ready, self._switched, closed=on)
            for number in numbers
        }
        first = [number for number in equipment.order if number in self.feeders]
        order = [self.feeders[number] for number in dict.fromkeys((*first, *numbers))]
        self.sequencer = Sequencer(agenda, order, self._close, equipment.close_delay_us, on=on)
        self.missing = not on
        self.position = MAINS
        self.bus = 1000
        self._wanted = False
        self._booked = 0
        self._imported = [0, 0, 0]
        self._surges: list[list[int]] = []
        self._logged = [0, MAINS, sum(1 << number for number in numbers)]

    # ---- the utility
    @property
    def on(self) -> bool:
        """True while the line PLC wants the process supplied."""
        return self.sequencer.on

    @property
    def failed(self) -> bool:
        """True during an outage of the mains."""
        return self.mains.failed

    @property
    def tripped(self) -> bool:
        """True while an injected fault cuts the mains off."""
        return self.mains.tripped

    def run(self, now: int, on: bool) -> None:
        """The line PLC switches the process supply: contactors close in order, or all drop."""
        if on == self.sequencer.on:
            return
        self.sequencer.run(now, on)
        if not on:
            for feeder in self.feeders.values():
                feeder.drop(now)
        self._watch(now)

    # ---- what happens to it
    def fail(self, now: int) -> None:
        """The mains fail."""
        self.mains.fail(now)

    def mend(self, now: int) -> None:
        """The mains are back."""
        self.mains.mend(now)

    def sag(self, now: int, shape: Shape) -> None:
        """The mains voltage sags: (remaining permille, us) one after the other."""
        self.mains.sag(now, shape)

    def switch(self, now: int, number: int, close: bool) -> None:
        """Somebody closes or opens the breaker of a feeder; its coil needs the control bus."""
        if self.ups.alive:
            breaker = self.feeders[number].breaker
            (breaker.close if close else breaker.open)(now)

    def trip(self, now: int, tripped: bool) -> None:
        """Injection: the mains are cut off, or no longer; failures of their own come and go beneath."""
        self.mains.cut(now, tripped)

    def trip_breaker(self, now: int, number: int) -> None:
        """The breaker of a feeder trips (a short circuit behind it)."""
        self.feeders[number].breaker.trip(now)

    def strike(self, now: int, amps: int, shape: Shape) -> None:
        """Lightning: a surge of `amps` goes through every feeder, which trips those whose release it reaches, and the
        mains sag as `shape` says."""
        for feeder in self.feeders.values():
            feeder.breaker.surge(now, amps)
        self.mains.sag(now, shape)

    def overload(self, now: int, number: int, amps: int) -> None:
        """From now on `amps` flow on a feeder that should not; 0: no longer."""
        self.feeders[number].breaker.overload(now, amps)

    # ---- figures
    def power(self, now: int) -> int:
        """Watts on the main bus."""
        return sum(feeder.power(now) for feeder in self.feeders.values()) + self.ups.power(now)

    def energy(self, now: int) -> int:
        """Everything used since the beginning, in watt microseconds times FULL."""
        return sum(feeder.energy(now) for feeder in self.feeders.values()) + self.ups.energy(now)

    def imported(self, now: int, source: int) -> int:
        """What MAINS or GENERATOR has fed into the bus, in watt microseconds times FULL."""
        fresh = self.energy(now) - self._booked if source == self.position else 0
        return self._imported[source] + fresh

    # ---- the sources
    def _changed(self, now: int) -> None:
        """Mains or generator: another voltage, another state. The change-over logic acts."""
        generator = self.generator
        if self.position == GENERATOR and generator.state != RUNNING:
            self._transfer(now, MAINS)
        else:
            self._follow(now)
        self._log(now, LOG_GENERATOR, generator.state)
        self._report(now)
        if self.mains.permille >= HEALTHY:
            self._wanted = False
            self._start.cancel()
            if generator.state in (STARTING, RUNNING) and self._return.at < 0:
                self._return.arm(now + RETURN_AFTER_US)
            return
        self._return.cancel()
        if self.position == GENERATOR:
            return
        if not self._wanted:
            if self._start.at < 0:
                self._start.arm(now + START_AFTER_US)
        elif generator.state == RUNNING:
            self._transfer(now, GENERATOR)
        elif self.equipment.generator:
            generator.start(now)

    def _change_over(self, now: int) -> None:
        """The mains were bad for too long."""
        self._wanted = True
        self._changed(now)

    def _back_to_mains(self, now: int) -> None:
        """Without a gap: both are there."""
        if self.position == GENERATOR:
            self._transfer(now, MAINS)
        self.generator.stop(now)

    def _transfer(self, now: int, position: int) -> None:
        total = self.energy(now)
        self._imported[self.position] += total - self._booked
        self._booked = total
        self.position = position
        self._log(now, LOG_TRANSFER, position)
        self._follow(now)

    # ---- the bus and what hangs on it
    def _follow(self, now: int) -> None:
        level = self.mains.permille if self.position == MAINS else self.generator.permille
        if level == self.bus:
            return
        self.bus = level
        self.ups.input(now, level)
        for feeder in self.feeders.values():
            feeder.follow(now, level)
        self._watch(now)

    def _watch(self, now: int) -> None:
        """Set the phase monitor's clock, or stop it."""
        lost = not self.on or self.bus < HEALTHY
        if lost == self.missing:
            self._monitor.cancel()
        elif self._monitor.at < 0 or not self.on:
            self._monitor.arm(now if not self.on else now + (LOST_US if lost else BACK_US))

    def _judge(self, now: int) -> None:
        self.missing = not self.on or self.bus < HEALTHY
        self._told.bus(now, self.missing)

    def _close(self, now: int, feeder: Feeder) -> None:
        """Close a contactor; its machine's inrush may be more than the generator can lift."""
        running = self.power(now) // WATTS_PER_AMPERE
        feeder.close(now)
        if not feeder.closed:
            return
        self._surges = [surge for surge in self._surges if surge[0] > now]
        self._surges.append([now + INRUSH_US, feeder.demand.inrush_a])
        if self.position == GENERATOR and running + sum(amps for _, amps in self._surges) > SURGE_A:
            self.generator.trip(now)

    def _ready(self, now: int) -> None:
        self.sequencer.look(now)

    def _switched(self, now: int) -> None:
        self._log(now, LOG_BREAKERS, sum(1 << n for n, feeder in self.feeders.items() if feeder.breaker.closed))
        self._report(now)

    def _report(self, now: int) -> None:
        """What is wrong now."""
        bits = sum(1 << n for n, feeder in self.feeders.items() if feeder.breaker.state == TRIPPED)
        if self.generator.state in _BROKEN:
            bits |= GENERATOR_FAILED
        if not self.ups.fed:
            bits |= ON_BATTERY
        if self.ups.low:
            bits |= BATTERY_LOW
        self._told.status(now, bits)

    def _log(self, now: int, what: int, value: int) -> None:
        if value != self._logged[what]:
            self._logged[what] = value
            self._told.log(now, what, value)
