"""The assembly: plant, boards, PLC units and the line program on one grid. Nothing here knows the wall clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from firmware_sim.alarms.engine import Alarms
from firmware_sim.plc.degraded import Degraded, Floor
from firmware_sim.plc.line import Line
from firmware_sim.plc.unit import Unit
from firmware_sim.sequences.catalogue import SEQUENCES
from plant.agenda import Agenda
from plant.line import UTILITIES, Layout, Place, Plant
from plant.power.network import Equipment
from plant.station import Habits, Wiring
from protocols.alarms.table import ALARMS
from protocols.errors import Refusal
from protocols.ports import NEVER
from protocols.stations.io_table import BY_NUMBER
from protocols.stations.station_io import StationIO
from sector7.boards.fitting import Fitting
from sector7.boards.kinds import Fit, fit
from sector7.faults.desk import FaultDesk
from sector7.faults.injector import Faults
from sector7.masters.orders import TOLD, Orders
from sector7.masters.ownership import Ownership
from sector7.masters.power_values import PowerOrders
from sector7.reactivation.assembly import commissioning, let_age, send_for
from sector7.rig.cabinet import Cabinet
from sector7.rig.engine import EXCHANGE_US, SCAN_US, Grid, advance
from sector7.rig.trace import STRIDE, Trace
from sector7.training.exercise import Training

if TYPE_CHECKING:  # the rig runs wherever Python and SimPy do; only reading recipes needs pydantic
    from sector7.recipe import PowerRecipe, Recipe, StationRecipe

SECOND: Final = 1_000_000
_HOUR: Final = 3600 * SECOND
#: Simulated time between two hashings of the trace.
_FLUSH_US: Final = 600 * SECOND


class Rig:
    """A whole line, ready to run. `fixed` scans every grid instant instead of those asked for (same trace, slowly);
    `boards` fits each station with its board."""

    def __init__(
        self, recipe: Recipe, seed: int = 0, *, fixed: bool = False, keep_trace: bool = False, boards: Fit = fit
    ) -> None:
        self.seed = seed
        self.trace = Trace(keep=keep_trace)
        self.agenda = Agenda()
        self.grid = Grid()
        self.fixed = fixed
        self.fired = 0
        self.plant = Plant(self.agenda, layout(recipe, seed), self.trace.log)
        log = self.trace.log
        self.cabinets: list[Cabinet] = []
        units: list[Unit] = []
        previous = recipe.station[-1].number
        for row in recipe.station:
            io = BY_NUMBER[row.number]
            station = self.plant.stations[row.number]
            board = boards(row, station.terminals, fixed)
            base = STRIDE * row.number
            cabinet = Cabinet(station, board, log, base, self.grid, fixed=fixed)
            self.plant.power.feeders[row.number].rail.told = cabinet.supply
            self.cabinets.append(cabinet)
            unit = Unit(io, SEQUENCES[row.number], previous, log, base, board.measured)
            for name, raw in row.raw_setpoints().items():
                unit.setpoints.request(io.setpoint(name), raw)
            units.append(unit)
            previous = row.number
        self.line = Line(units, log, boot=recipe.start == "warm")
        self.commissioning = commissioning(recipe, self.plant, self.line, log)
        self.alarms = Alarms(ALARMS, self.line, log, looking=fixed)
        self.ownership = Ownership(self.cabinets)
        self.fitting = Fitting(recipe, self.cabinets, lambda row, terminals: boards(row, terminals, fixed))
        by_number = {unit.io.number: unit for unit in units}
        power = PowerOrders(self.plant.power)
        self.degraded = Degraded(units, self._floor())
        self.faults = Faults(self)
        faults = FaultDesk(self.faults)
        self.commissioning.repairs = send_for(self.plant, self.faults)
        self.training = Training(self)
        self.orders = Orders(
            self.line, by_number, self.ownership, self.fitting, self.alarms, power, faults, self.commissioning,
            self.degraded, self.training, self._hurry,
        )  # fmt: skip
        self._wire(units)
        let_age(recipe, self.plant, self.faults, seed)

    def _wire(self, units: list[Unit]) -> None:
        """Order within one instant: outputs, requests from outside, what people tell, unit scans, coordinator, alarms,
        exchanges."""
        register = self.grid.register
        commits = [register(cabinet.commit) for cabinet in self.cabinets]
        self._request_bit = register(self._take_requests)
        people_bit = register(self._hear_people)
        self.degraded.ask = lambda now: self.grid.ask(-(-now // SCAN_US) * SCAN_US, people_bit)
        scans = [register(cabinet.scan) for cabinet in self.cabinets]
        self._line_bit = register(self._scan_line)
        self._alarm_bit = register(self._scan_alarms)
        self.alarms.ask = lambda now: self.grid.ask(now, self._alarm_bit)
        exchanges = [register(cabinet.exchange) for cabinet in self.cabinets]
        checks = self.commissioning.program.stations
        for cabinet, unit, check, *bits in zip(self.cabinets, units, checks, commits, scans, exchanges, strict=True):
            cabinet.wire(unit, check, bits[0], bits[1], self._line_bit, bits[2])
        self._all_scans = sum(scans) | self._line_bit | self._alarm_bit
        self._all_exchanges = sum(exchanges)
        self.grid.ask(0, self._all_scans | self._all_exchanges)
        if self.fixed:
            self._again_bit = register(self._everything)
            self.grid.ask(0, self._again_bit)
        else:
            self.plant.panel.edge = self._panel_edge

    def _floor(self) -> Floor:
        """People on the shop floor, as the line PLC knows them."""
        stand_ins, stations = self.plant.stand_ins, self.plant.stations
        for stand_in in stand_ins.values():
            stand_in.told = self._told
            stand_in.mended = self._mended
        return Floor(
            stand_ins, self.plant.attendants,
            lambda now, to, donor: stand_ins[to].receive(now, stand_ins[donor]),
            lambda number, whose: setattr(stations[number], "covers", whose),
        )  # fmt: skip

    def _told(self, now: int) -> None:
        self.degraded.ask(now)

    def _mended(self, now: int, number: int) -> None:
        """Other parts were fitted at a station: what was injected into its hardware is gone with the old ones."""
        self.faults.replaced(now, number)

    # ---- grid handlers of the line
    def _everything(self, now: int) -> None:
        t = now + SCAN_US
        self.grid.ask(t, self._all_scans | self._again_bit | (self._all_exchanges if t % EXCHANGE_US == 0 else 0))

    def _panel_edge(self, now: int, bit: int) -> None:
        self.grid.ask(-(-now // SCAN_US) * SCAN_US, self._line_bit)

    def _scan_line(self, now: int) -> None:
        line = self.line
        line.scan(now, self.plant.panel.inputs)
        for position in line.commanded:
            self.cabinets[position].ask_scan(now + SCAN_US)
        if line.supplies:
            for name in UTILITIES:
                self.plant.supply(now, name, True)
        if line.works is not self.plant.permitted:
            self.plant.permit(now, line.works)
        if line.wake_us < NEVER and not self.fixed:
            self.grid.ask(-(-line.wake_us // SCAN_US) * SCAN_US, self._line_bit)

    def _hear_people(self, now: int) -> None:
        touched = self.degraded.scan(now)
        for cabinet in self.cabinets:
            if cabinet.station.number in touched:
                cabinet.ask_scan(now)
        self.grid.ask(now, self._line_bit)

    def _scan_alarms(self, now: int) -> None:
        self.alarms.scan(now)
        wake = self.alarms.timers.wake_us
        if wake < NEVER and not self.fixed:
            self.grid.ask(wake, self._alarm_bit)

    def _take_requests(self, now: int) -> None:
        touched = self.orders.take(now)
        for cabinet in self.cabinets:
            if cabinet.station.number in touched:
                cabinet.ask_scan(now)
        self.grid.ask(now, self._line_bit)

    def _hurry(self, now: int, number: int) -> None:
        self.plant.stations[number].people.hurry(now)

    # ---- from outside
    @property
    def recipe(self) -> Recipe:
        """The line as it is fitted now."""
        return self.fitting.recipe

    @property
    def now(self) -> int:
        """Plant time, us."""
        return int(self.agenda.now)

    def request(self, name: str, raw: int, at_us: int = 0) -> None:
        """A checked value for a tag that masters write; it takes effect at the first scan not before `at_us`."""
        at = max(at_us, self.now)
        at = -(-at // SCAN_US) * SCAN_US
        self.orders.put(at, name, raw)
        self.grid.ask(at, self._request_bit)

    def tell(self, name: str, on: bool) -> None:
        """A condition that only whoever runs this rig knows begins or ends, at the next scan: it raises the alarm
        `name` of the line (declared as Told), and nothing else."""
        if name not in self.alarms.line.tellable:
            raise Refusal("rig", f"tell {name}", f"known are {', '.join(self.alarms.line.tellable)}")
        self.request(f"{TOLD}.{name}", int(on), self.now)

    def run(self, until_us: int) -> None:
        """Everything that happens before `until_us`."""
        while self.now < until_us:
            self.fired += advance(self.agenda, self.grid, min(until_us, self.now + _FLUSH_US))
            self.trace.flush()


def layout(recipe: Recipe, seed: int) -> Layout:
    """The plant that a recipe describes."""
    return Layout(
        places=tuple(_place(row) for row in recipe.station),
        pallets=recipe.pallets,
        crews=recipe.crews,
        attendants=recipe.attendants,
        rework_capacity=recipe.rework_places,
        rework_transit_us=int(recipe.rework_transit_s * SECOND),
        utility_mtbf_us=recipe.utility_mtbf_h * _HOUR,
        seed=seed,
        warm=recipe.start == "warm",
        power=_equipment(recipe.power),
    )


def _equipment(power: PowerRecipe) -> Equipment:
    return Equipment(
        generator=power.generator,
        generator_start_us=int(power.generator_start_s * SECOND),
        fuel_l=power.fuel_l,
        battery_wh=power.battery_wh,
        transfer_us=power.transfer_ms * 1000,
        close_delay_us=int(power.close_delay_s * SECOND),
        order=tuple(power.close_order),
    )


def _place(row: StationRecipe) -> Place:
    habits = Habits(
        mtbf_us=row.mtbf_h * _HOUR,
        mttr_us=row.mttr_min * 60 * SECOND,
        minor_us=row.minor_stop_min * 60 * SECOND,
        hidden=row.hidden_defects,
        wear=row.wear,
    )
    return Place(_wiring(BY_NUMBER[row.number]), habits, row.places, int(row.transit_s * SECOND))


def _wiring(io: StationIO) -> Wiring:
    return Wiring(
        number=io.number,
        inputs=io.inputs,
        outputs=io.outputs,
        analogs=tuple((a.name, a.low / 10**a.decimals, a.high / 10**a.decimals) for a in io.analogs),
        log_base=STRIDE * io.number,
        acceleration=io.axis.acceleration if io.axis else 1,
    )
