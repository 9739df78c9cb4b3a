"""Lines for tests: recipes whose machines fail often, and the operator who brings a line back by hand."""

from __future__ import annotations

from typing import Any, Final

from firmware_sim.plc.seat import Owner
from firmware_sim.plc.unit import HEALTHY, Unit
from plant.mechanism import MAINS
from plant.power.generator import AUTO, OFF
from protocols.packml import Command, Mode, State
from sector7.recipe import Recipe
from sector7.rig.rig import Rig
from sector7.verdict import safety

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
ALL: Final = tuple(range(1, 13))
#: Nothing fails.
QUIET: Final[dict[str, Any]] = {
    "mtbf_h": 1e6,
    "minor_stop_min": 1e5,
    "utility_mtbf_h": 1e6,
    "hidden_defects": 0.0,
    "wear": 0.0,
}


def line(
    numbers: tuple[int, ...] = ALL, *, pallets: int = 24, start: str = "warm", places: int = 2, **changes: Any
) -> Recipe:
    """A line of the given stations; `changes` go to the recipe, or to every station where they are its keys."""
    common = {key: changes.pop(key) for key in list(changes) if key in STATION_KEYS}
    stations = [{"number": n, "places": pallets if n == 1 else places, **common} for n in numbers]
    return Recipe.model_validate({"name": "test", "start": start, "pallets": pallets, "station": stations, **changes})


STATION_KEYS: Final = ("mtbf_h", "mttr_min", "minor_stop_min", "hidden_defects", "wear", "transit_s", "setpoints")


def busy(**changes: Any) -> Recipe:
    """The whole line with a breakdown every few minutes, many rejects and supplies that fail."""
    often = {"mtbf_h": 2.0, "mttr_min": 4.0, "minor_stop_min": 12.0, "hidden_defects": 0.1, "wear": 5.0}
    return line(**{**often, "utility_mtbf_h": 20.0, **changes})


def small(**changes: Any) -> Recipe:
    """Kitting, assembly, end-of-line test and pack-out: the shortest line that sends robots back."""
    return line((1, 5, 10, 12), pallets=8, **changes)


def give(rig: Rig, owner: str, command: Command, at_us: int = 0) -> None:
    """A PackML command as a master gives it: number, then the edge."""
    for name, raw in (("CmdChangeRequest", 0), ("CntrlCmd", int(command)), ("CmdChangeRequest", 1)):
        rig.request(f"{owner}.{name}", raw, at_us)


def edge(rig: Rig, name: str) -> None:
    """A request bit from 0 to 1."""
    rig.request(name, 0)
    rig.request(name, 1)


def look(rig: Rig) -> None:
    """What must hold at any instant."""
    assert rig.plant.conservation() == "", f"at {rig.now}"
    for cabinet in rig.cabinets:
        assert safety(cabinet) == "", f"{cabinet.unit.io.code} at {rig.now}"
        infeed = cabinet.station.infeed
        feeder = rig.plant.power.feeders[cabinet.station.number]
        for mechanism in cabinet.station.mechanisms:
            assert not mechanism.needs & MAINS or bool(mechanism.inhibited & MAINS) is not feeder.closed
        assert 0 <= infeed.reserved <= infeed.capacity - len(infeed.pallets), f"{cabinet.unit.io.code} at {rig.now}"


def advance(rig: Rig, by_us: int, look_every_us: int = 20 * SECOND) -> None:
    """Run on, with a look at the invariants now and then."""
    end = rig.now + by_us
    while rig.now < end:
        rig.run(min(end, rig.now + look_every_us))
        look(rig)


_NEXT: Final = {
    State.ABORTED: Command.CLEAR, State.STOPPED: Command.RESET, State.COMPLETE: Command.RESET,
    State.IDLE: Command.START, State.HELD: Command.UNHOLD, State.SUSPENDED: Command.UNSUSPEND,
}  # fmt: skip


def bring_back(rig: Rig, patience_us: int = 2 * HOUR) -> None:
    """Undo what operators did: e-stop released, links mended, owners, set points, modes and orders as they were, tank
    and battery full, every station and the line started. Then it is the line's turn to produce by itself."""
    power = rig.plant.power
    rig.plant.e_stop(rig.now, False)
    power.generator.fill(rig.now, rig.recipe.power.fuel_l)
    power.ups.drain(rig.now, 1.0)
    power.mend(rig.now)
    rig.request("Line.GeneratorMode", OFF)
    rig.request("Line.GeneratorMode", AUTO)
    advance(rig, 5 * SECOND)  # breakers are closed by the control bus
    for number, feeder in rig.plant.power.feeders.items():
        if not feeder.breaker.closed:
            rig.plant.power.switch(rig.now, number, close=True)
    for cabinet in rig.cabinets:
        cabinet.link(rig.now, True)
        rig.request(f"{cabinet.unit.io.code}.OwnerRequest", Owner.INTERNAL)
        for setpoint in cabinet.unit.io.setpoints:
            rig.request(f"{cabinet.unit.io.code}.{setpoint.name}_sp", setpoint.default)
    rig.request("Line.AutoRecovery", 1)
    rig.request("Line.OrderTargetRequest", 0)
    edge(rig, "Line.OrderChangeRequest")
    end = rig.now + patience_us
    while not _is_back(rig):
        assert rig.now < end, f"cannot be brought back: {describe(rig)}"
        _next_orders(rig)
        advance(rig, 10 * SECOND)


def _is_back(rig: Rig) -> bool:
    produce = all(unit.mode == Mode.PRODUCE and not unit.detained and not unit.parked for unit in rig.line.units)
    line = rig.line
    return line.state is State.EXECUTE and line.mode == Mode.PRODUCE and line.order_target == 0 and produce


def _next_orders(rig: Rig) -> None:
    if rig.line.mode != Mode.PRODUCE:
        give(rig, "Line", Command.STOP)
        rig.request("Line.UnitMode", Mode.PRODUCE, rig.now + SECOND)
        rig.request("Line.UnitModeChangeRequest", 0, rig.now + SECOND)
        rig.request("Line.UnitModeChangeRequest", 1, rig.now + SECOND)
    elif rig.line.state in _NEXT:
        give(rig, "Line", _NEXT[State(rig.line.state)])
    for unit in rig.line.units:
        code = unit.io.code
        if unit.mode != Mode.PRODUCE:
            rig.request(f"{code}.UnitMode", Mode.PRODUCE)
            edge(rig, f"{code}.UnitModeChangeRequest")
        command = _release(unit)
        if command is not Command.NONE:
            give(rig, code, command)


def _release(unit: Unit) -> Command:
    """What lets go of a station that an operator keeps."""
    state = State(unit.state)
    if unit.parked and state is State.SUSPENDED:
        return Command.UNSUSPEND
    if not unit.detained or (state is State.ABORTED and unit.status & HEALTHY != HEALTHY):
        return Command.NONE
    return Command.NONE if state is State.SUSPENDED else _NEXT.get(state, Command.NONE)


def produces(rig: Rig, idle_us: int = 2 * HOUR, within_us: int = 12 * HOUR) -> None:
    """A robot must leave the line without anybody's help, and some station must finish something now and then.

    Time in which a supply is out of order does not count: its repair takes as long as it takes.
    """
    ledger, units = rig.plant.ledger, rig.line.units
    before, done = ledger.completed + ledger.scrapped, -1
    counted = idle = 0
    while ledger.completed + ledger.scrapped == before:
        assert idle < idle_us, f"deadlock: {describe(rig)}"
        assert counted < within_us, f"livelock: {describe(rig)}"
        advance(rig, MINUTE, MINUTE)
        if any(utility.failed for utility in rig.plant.utilities.values()):
            continue
        counted += MINUTE
        idle = 0 if sum(unit.processed for unit in units) != done else idle + MINUTE
        done = sum(unit.processed for unit in units)


def describe(rig: Rig) -> str:
    """Where everybody stands, for the reader of a failed test."""
    rows = [f"{rig.now / SECOND:.2f} s, line {rig.line.state.name}, panel {rig.line.panel:05b}"]
    for cabinet in rig.cabinets:
        unit, station = cabinet.unit, cabinet.station
        pallet = station.pallet.word if station.pallet else 0
        rows.append(
            f"{unit.io.code} {State(unit.state).name} step {unit.index} {unit.step.name!r} reason {unit.reason} "
            f"detained={unit.detained} parked={unit.parked} mode={unit.mode} people={station.people.phase} "
            f"status {cabinet.status:016b} pallet {pallet:04x} "
            f"infeed {len(station.infeed.pallets)}/{station.infeed.capacity}"
        )
    return "\n".join(rows)
