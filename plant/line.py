"""The whole plant: stations joined by conveyors, a rework lane, a pallet return, utilities, people, safety."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.arithmetic import Streams, exponential
from plant.conveyor import Conveyor, Transfer
from plant.crew import Attendants, Crew
from plant.failure import Failure
from plant.ledger import Ledger
from plant.mechanism import AIR, COOLING, MAINS, OIL
from plant.pallet import GOOD, Pallet
from plant.power.demand import SERVICES
from plant.power.network import Equipment, Network, Told
from plant.safety import CONTROL, E_STOP
from plant.stand_in import StandIn
from plant.station import Habits, Station, Wiring
from plant.stations.assembly import Assembly
from plant.stations.burn_in import BurnIn
from plant.stations.calibrate import Calibrate
from plant.stations.chassis_press import ChassisPress
from plant.stations.end_of_line import EndOfLine
from plant.stations.harness import Harness
from plant.stations.kitting import Kitting
from plant.stations.machining import Machining
from plant.stations.marriage import Marriage
from plant.stations.pack_out import PackOut
from plant.stations.power_cell import PowerCell
from plant.stations.weld import Weld
from plant.technician import Technician
from plant.terminals import Log, Terminals
from plant.utility import Utility

KINDS: Final[dict[int, type[Station]]] = {
    1: Kitting,
    2: ChassisPress,
    3: Weld,
    4: Machining,
    5: Assembly,
    6: Harness,
    7: PowerCell,
    8: Marriage,
    9: Calibrate,
    10: EndOfLine,
    11: BurnIn,
    12: PackOut,
}

#: The line's own terminal strip (log numbers 0-15): what the line PLC's local inputs see.
PANEL: Final = ("e_stop_ok", "air_ok", "oil_ok", "cooling_ok", "mains_ok")
#: Panel bit and log number of the first station whose contactor is out (station 1; the others follow by number).
POWER_OFF: Final = 48
#: Panel bits from here on: what is wrong with the power network (see plant.power.network.Told).
SWITCHBOARD: Final = 64
UTILITIES: Final = ("air", "oil", "cooling", "mains")
LOG_UTILITY: Final = 8
#: Log numbers of generator, transfer switch and breakers.
LOG_POWER: Final = 12
_SECOND: Final = 1_000_000
_REPAIR_UTILITY_US: Final = 20 * 60 * _SECOND


@dataclass(frozen=True, slots=True)
class Place:
    """One station and the conveyor that leads to it."""

    wiring: Wiring
    habits: Habits
    capacity: int
    transit_us: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a plant is built from. `pallets` is the WIP cap; `warm` begins with robots on the line and supplies up."""

    places: tuple[Place, ...]
    pallets: int
    crews: int
    rework_capacity: int
    rework_transit_us: int
    utility_mtbf_us: float
    seed: int
    warm: bool
    power: Equipment = field(default_factory=Equipment)
    attendants: int = 2


class Plant:
    """The physics of a line. `panel` is the line's own terminal strip; stations are found by number."""

    STATE: ClassVar[tuple[str, ...]] = ("_pressed", "permitted")

    def __init__(self, agenda: Agenda, layout: Layout, log: Log) -> None:
        self.agenda = agenda
        self.layout = layout
        self.log = log
        self.streams = Streams(layout.seed)
        self.ledger = Ledger()
        self.crew = Crew(layout.crews)
        self.attendants = Attendants(layout.attendants)
        #: The line PLC lets bridged belts run.
        self.permitted = False
        self.panel = Terminals(PANEL, (), 0, log)
        self.panel.initial(1)
        self.power = self._power()
        self.utilities: dict[str, Utility | Network] = {**self._utilities(), "mains": self.power}
        self._pressed = False
        self.failures = [self._utility_failure(u) for u in self.utilities.values()]
        self.stations: dict[int, Station] = {}
        for place in layout.places:
            infeed = Conveyor(agenda, place.capacity, place.transit_us)
            kind = KINDS[place.wiring.number]
            self.stations[place.wiring.number] = kind(
                agenda, place.wiring, place.habits, self.streams, self.crew, log, infeed, self.ledger
            )
        self._gauge("oil", 2, "oil_pressure")
        self._meter()
        self.lane: Conveyor | None = None
        self.merge: Transfer | None = None
        self._connect()
        for name, supply in self.utilities.items():
            if not supply.missing:
                self.panel.initial(_panel_bit(name))
            elif isinstance(supply, Utility):
                self._supply(supply, 0, True)
        if not self.power.on:
            for utility in self.services:
                utility.powered = False
            for number, station in self.stations.items():
                self.panel.initial(1 << POWER_OFF + number - 1)
                station.inhibit(0, MAINS, True)
        self._lay_out()
        self.technicians = self._team()
        self.stand_ins = self._stand_ins()

    # ---- building
    def _team(self) -> dict[int, Technician]:
        stream = self.streams.stream(0, "commissioning")
        return {
            number: Technician(self.agenda, s.terminals, s.terminals.analogs, s.chain, self.crew, s.people, stream)
            for number, s in self.stations.items()
        }

    def _utilities(self) -> dict[str, Utility]:
        def make(name: str, cause: int, nominal: float, low: float, rise: float, fall: float) -> Utility:
            return Utility(
                self.agenda,
                name,
                cause,
                nominal=nominal,
                low=low,
                rise=rise,
                fall=fall,
                on=self.layout.warm,
                lost=lambda now, missing: self._supply(self._utility(name), now, missing),
            )

        return {
            "air": make("air", AIR, 6.5, 4.5, 0.25, 0.1),
            "oil": make("oil", OIL, 165.0, 120.0, 15.0, 10.0),
            "cooling": make("cooling", COOLING, 3.0, 1.5, 0.5, 0.3),
        }

    def _power(self) -> Network:
        told = Told(
            powered=self._powered,
            bus=self._bus,
            control=self._control,
            status=lambda now, bits: self.panel.tell(now, SWITCHBOARD, bits),
            log=lambda now, what, value: self.log((now, LOG_POWER + what, value)),
        )
        numbers = [place.wiring.number for place in self.layout.places]
        return Network(self.agenda, numbers, self.layout.power, told, on=self.layout.warm)

    def _meter(self) -> None:
        """Every consumer gets its meter."""
        for utility in self.services:
            utility.measure(self.power.feeders[SERVICES].load(utility.name))
        for number, station in self.stations.items():
            for mechanism in station.mechanisms:
                mechanism.load = self.power.feeders[number].load(mechanism.name)

    @property
    def services(self) -> list[Utility]:
        """Air, oil and cooling: the utilities that need power themselves."""
        return [utility for utility in self.utilities.values() if isinstance(utility, Utility)]

    def _utility(self, name: str) -> Utility:
        return next(utility for utility in self.services if utility.name == name)

    def _gauge(self, name: str, number: int, signal: str) -> None:
        """A transmitter at station `number` shows the level of a utility."""
        if number in self.stations:
            utility, gauge = self._utility(name), self.stations[number].signals[signal]
            gauge.hold(0, utility.level.value(0))
            utility.gauges.append(gauge)

    def _utility_failure(self, utility: Utility | Network) -> Failure:
        stream = self.streams.stream(0, utility.name)
        mean = self.layout.utility_mtbf_us

        def strikes(now: int) -> None:
            utility.fail(now)
            mend.arm(now + 1 + int(exponential(stream, _REPAIR_UTILITY_US)))

        def mended(now: int) -> None:
            utility.mend(now)
            failure.mended(now)

        failure = Failure(self.agenda, lambda: int(exponential(stream, mean)), strikes)
        mend = self.agenda.slot(mended)
        return failure

    def _connect(self) -> None:
        numbers = [place.wiring.number for place in self.layout.places]
        end_of_line, assembly = self.stations.get(10), self.stations.get(5)
        if isinstance(end_of_line, EndOfLine) and assembly is not None:
            # registered first: rework goes before new robots when a place at joint assembly becomes free
            self.lane = Conveyor(self.agenda, self.layout.rework_capacity, self.layout.rework_transit_us, running=True)
            self.merge = Transfer(self.lane, assembly.infeed)
            end_of_line.connect_lane(self.lane, numbers[numbers.index(5) - 1])
        for here, behind in zip(numbers, [*numbers[1:], numbers[0]], strict=True):
            self.stations[here].connect(self.stations[behind].infeed)

    def _stand_ins(self) -> dict[int, StandIn]:
        numbers = list(self.stations)
        return {
            here: StandIn(self.agenda, self.stations[here], before, self.attendants, self.crew,
                          self.streams.stream(here, "hands"), self.log)
            for before, here in pairwise([numbers[-1], *numbers])
        }  # fmt: skip

    def _lay_out(self) -> None:
        """Pallets on their conveyors: warm with a robot before every station, else all empty at the beginning."""
        numbers = list(self.stations)
        left = iter(range(1, self.layout.pallets + 1))
        if self.layout.warm:
            for before, here in pairwise(numbers):
                station = self.stations[here]
                station.infeed.place(0, self._in_process(next(left), before), _SECOND)
                if isinstance(station, BurnIn):
                    for slot in range(1, len(station.slots)):
                        station.slots[slot] = self._in_process(next(left), before)
                    station.terminals.initial(station.unload)
                    station.show(0)
                    station.signals["chamber_temperature"].hold(0, 40.0)
        first = self.stations[numbers[0]].infeed
        for place, number in enumerate(left):
            first.place(0, Pallet(number), _SECOND * (1 + 2 * place))

    def _in_process(self, number: int, done: int) -> Pallet:
        robot = self.ledger.start(0)
        return Pallet(number, robot, GOOD, 0, done)

    # ---- what acts on the whole line
    def e_stop(self, now: int, pressed: bool) -> None:
        """The line's emergency stop is pressed or released (and the relays reset)."""
        self._pressed = pressed
        self._chains(now, E_STOP, pressed)

    def _control(self, now: int, alive: bool) -> None:
        """The 24 V control bus feeds the safety relays: without it they have dropped."""
        self._chains(now, CONTROL, not alive)

    def _chains(self, now: int, cause: int, opened: bool) -> None:
        (self.panel.clear if self._pressed or not self.power.ups.alive else self.panel.set)(now, 1)
        for station in self.stations.values():
            (station.chain.trip if opened else station.chain.close)(now, cause)
        for stand_in in self.stand_ins.values():
            stand_in.look(now)

    def permit(self, now: int, on: bool) -> None:
        """The line PLC lets bridged belts run and people work in the machines' places, or no longer does."""
        self.permitted = on
        for stand_in in self.stand_ins.values():
            stand_in.permit(now, on)

    def supply(self, now: int, name: str, on: bool) -> None:
        """The line PLC commands a utility."""
        utility = self.utilities[name]
        if utility.on != on:
            self.log((now, LOG_UTILITY + UTILITIES.index(name), 1 if on else 0))
            utility.run(now, on)

    def _supply(self, utility: Utility, now: int, missing: bool) -> None:
        (self.panel.clear if missing else self.panel.set)(now, _panel_bit(utility.name))
        for station in self.stations.values():
            station.inhibit(now, utility.cause, missing)

    def _bus(self, now: int, missing: bool) -> None:
        """The phase monitor of the process supply."""
        (self.panel.clear if missing else self.panel.set)(now, _panel_bit("mains"))

    def _powered(self, now: int, number: int, on: bool) -> None:
        """The contactor of a feeder has moved."""
        if number == SERVICES:
            for utility in self.services:
                utility.power(now, on)
            return
        (self.panel.clear if on else self.panel.set)(now, 1 << POWER_OFF + number - 1)
        self.stations[number].inhibit(now, MAINS, not on)
        self.stand_ins[number].look(now)

    # ---- looking at it
    def pallets(self) -> Iterator[Pallet]:
        """Every pallet in the plant, wherever it is."""
        for station in self.stations.values():
            yield from station.infeed.pallets
            for pallet in (station.pallet, station.coming, *getattr(station, "slots", ())):
                if pallet is not None:
                    yield pallet
        if self.lane is not None:
            yield from self.lane.pallets

    def conservation(self) -> str:
        """Empty if no pallet and no robot was lost or doubled; otherwise what is wrong."""
        pallets = list(self.pallets())
        numbers = sorted(p.number for p in pallets)
        if numbers != list(range(1, self.layout.pallets + 1)):
            return f"pallets {numbers} instead of 1..{self.layout.pallets}"
        robots = [p.robot.serial for p in pallets if p.robot is not None]
        if len(set(robots)) != len(robots) or len(robots) != self.ledger.in_process:
            return f"{len(robots)} robots on pallets, {self.ledger.in_process} in the ledger"
        return ""


def _panel_bit(name: str) -> int:
    return 1 << PANEL.index(f"{name}_ok")
