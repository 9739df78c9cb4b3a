"""What masters read: every tag declared, in range and true; what they write, and what of it is ignored."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from protocols.modbus.unit_image import UnitImage
from protocols.packml import Command, State
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table, Tag, Writer
from sector7.masters.values import PlantValues, constraint
from sector7.recipe import Recipe
from sector7.rig.rig import Rig
from tests.protocols.modbus.dict_plant import SERVERS
from tests.sector7.lines import HOUR, MINUTE, QUIET, SECOND, busy, edge, give, line, small
from tests.sector7.test_conservation import act


def images() -> dict[int, UnitImage]:
    """Images that take no value outside its declared range and no name that is not declared."""
    return {number: UnitImage(unit, strict=True) for number, unit in PLANT_MAP.units.items()}


def writable(table: Table) -> Iterator[tuple[int, Tag]]:
    for unit, tag in PLANT_MAP.rows():
        if tag.table is table:
            yield unit.unit, tag


@pytest.mark.parametrize("recipe", [busy(), busy(start="dormant"), small()], ids=["busy", "dormant", "small"])
def test_unit_1_comes_in_parts_that_share_no_name(recipe: Recipe) -> None:
    rig = Rig(recipe, 9)
    values = PlantValues(rig, 1234)
    for _ in range(3):
        rig.run(rig.now + 7 * MINUTE)
        rows = [row for part in values.parts.values() for row in part().items()]
        assert len(rows) == len(dict(rows)) > 300
        assert dict(rows) == values.values(LINE_UNIT)


@pytest.mark.parametrize(
    "recipe",
    [busy(), busy(start="dormant"), small(), line((1, 4, 8, 11, 12))],
    ids=["busy", "dormant", "small", "some"],
)
def test_every_value_is_declared_and_in_range_whatever_happens(recipe: Recipe) -> None:
    rig = Rig(recipe, 9)
    values = PlantValues(rig, 1234)
    shown = images()
    stream = random.Random(2)
    kinds = ["line command", "station command", "set point", "jam clear", "station mode", "auto recovery", "order",
             "owner", "take over", "owner's outputs", "owner's state"]  # fmt: skip
    for step in range(120):
        rig.run(rig.now + stream.randrange(1, 40 * SECOND))
        if step % 3 == 0:
            kind = stream.choice(kinds)
            most = {"line command": 10, "station command": 10, "station mode": 3, "auto recovery": 1, "owner": 2,
                    "owner's state": 17}.get(kind, 100)  # fmt: skip
            act(rig, (kind, stream.randint(1, 12), stream.randint(int(kind == "station mode"), most)))
        if step % 40 == 39:
            rig.plant.e_stop(rig.now, step < 100)
            rig.cabinets[1].link(rig.now, step > 100)
        for number, image in shown.items():
            image.load(values.values(number))


def test_no_declared_tag_of_a_fitted_station_is_left_out() -> None:
    rig = Rig(line(), 1)
    rig.run(MINUTE)
    values = PlantValues(rig, 1)
    for number, unit in PLANT_MAP.units.items():
        told = values.values(number)
        missing = {tag.name for tag in unit.tags if tag.name not in told}
        assert missing <= SERVERS


def test_stations_that_are_not_there_read_their_defaults() -> None:
    rig = Rig(small(), 1)
    rig.run(MINUTE)
    values = PlantValues(rig, 1)
    told = values.values(LINE_UNIT)
    assert told["ST05.Fitted"] == 1
    assert "ST07.Fitted" not in told
    assert values.values(17) == {}
    assert values.values(99) == {}
    image = images()[LINE_UNIT]
    image.load(told)
    assert (image.values()["ST05.Fitted"], image.values()["ST07.Fitted"]) == (1, 0)


def test_the_values_are_those_of_the_plant() -> None:
    rig = Rig(busy(), 3)
    values = PlantValues(rig, 77)
    rig.run(2 * HOUR + 12_345)
    told = values.values(LINE_UNIT)
    plant, ledger = rig.plant, rig.plant.ledger
    assert told["Line.SimulatedTime"] == 2 * HOUR + 12_345
    assert told["Line.RunEpoch"] == 77
    assert told["Line.Heartbeat"] == 7200
    assert told["Line.RobotsStarted"] == ledger.started
    assert told["Line.RobotsCompleted"] == ledger.completed > 10
    assert told["Line.RobotsStarted"] == sum(told[f"Line.Robots{k}"] for k in ("Completed", "Scrapped", "InProcess"))
    assert told["Line.StationsExecuting"] == sum(told[f"ST{n:02d}.Executing"] for n in range(1, 13))
    assert told["Line.FaultsActive"] == sum(told[f"ST{n:02d}.StopReason"] != 0 for n in range(1, 13))
    assert told["Line.Producing"] == (told["Line.StateCurrent"] == State.EXECUTE)
    for number, station in plant.stations.items():
        p = f"ST{number:02d}"
        assert told[f"{p}.InfeedCount"] == len(station.infeed.pallets) <= told[f"{p}.InfeedCapacity"]
        booked = sum(told[f"{p}.Time{k}"] for k in ("Execute", "Starved", "Blocked", "Held", "Aborted", "Maintenance"))
        assert booked <= 7200
        head = station.at_head
        assert told[f"{p}.PalletNumber"] == (head.number if head else 0)
        assert told[f"{p}.SerialNumber"] == (head.robot.serial if head and head.robot else 0)
    utilities = {"air": ("Line.AirPressure", 650), "mains": ("Line.MainsVoltage", 400)}
    for name, (tag, nominal) in utilities.items():
        if plant.utilities[name].on and not plant.utilities[name].failed:
            assert told[tag] <= nominal


def test_safety_and_supplies_show() -> None:
    rig = Rig(line(**QUIET), 1)
    values = PlantValues(rig, 1)
    rig.run(30 * SECOND)
    told = values.values(LINE_UNIT)
    assert {told[f"Line.{k}"] for k in ("EStopOk", "AirOk", "HydraulicsOk", "CoolingOk", "MainsOk", "Producing")} == {1}
    assert (told["Line.AirPressure"], told["Line.MainsVoltage"], told["ST04.SafetyOk"]) == (650, 400, 1)
    rig.plant.e_stop(rig.now, True)
    rig.run(31 * SECOND)
    told = values.values(LINE_UNIT)
    assert told["Line.EStopOk"] == 0
    assert {(told[f"ST{n:02d}.SafetyOk"], told[f"ST{n:02d}.Tripped"]) for n in range(1, 13)} == {(0, 1)}
    assert told["Line.StateCurrent"] == told["ST04.StateCurrent"] == State.ABORTED
    assert told["ST04.StartInterlock"] & 0b111 == 0b101
    rig.plant.e_stop(rig.now, False)
    rig.cabinets[3].link(rig.now, False)
    rig.run(32 * SECOND)
    told = values.values(LINE_UNIT)
    assert (told["Line.EStopOk"], told["ST03.LinkOk"], told["ST04.LinkOk"], told["ST04.SafetyOk"]) == (1, 1, 0, 0)
    assert values.values(14)["ST04.Board.link_ok"] == 0


def test_waiting_is_told_by_its_cause() -> None:
    rig = Rig(small(**QUIET), 1)
    values = PlantValues(rig, 1)
    rig.run(20 * SECOND)
    give(rig, "ST05", Command.HOLD)
    rig.run(10 * MINUTE)
    told = values.values(LINE_UNIT)
    assert (told["ST01.Blocked"], told["ST01.Starved"]) == (1, 0)
    assert (told["ST12.Blocked"], told["ST12.Starved"]) == (0, 1)
    assert told["ST12.TimeStarved"] > told["ST12.TimeBlocked"] == 0
    assert told["Line.Constraint"] == constraint(rig) == 5
    assert told["ST05.Fault"] == 0  # an operator's hold is none


def test_the_constraint_is_the_slowest_station_where_all_work() -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(HOUR)
    working = [unit for unit in rig.line.units if unit.state == State.EXECUTE]
    slowest = max(working, key=lambda unit: unit.cycle_us).io.number
    assert constraint(rig) == slowest
    dormant = Rig(line(start="dormant"), 1)
    assert PlantValues(dormant, 1).values(LINE_UNIT)["Line.Constraint"] == 1  # all are down since the beginning


# ---- writes
def test_a_masters_own_tags_are_taken_from_a_whole_block() -> None:
    rig = Rig(line(**QUIET), 1)
    values = PlantValues(rig, 1)
    rig.run(20 * SECOND)
    image = images()[LINE_UNIT]
    image.load(values.values(LINE_UNIT), {"Line.OrderNumberRequest": 5, "ST01.kit_mass_sp": 1300, "ST03.JamClear": 1})
    before = values.generation
    for table in (Table.HOLDING, Table.COIL):
        size = image.sizes[table]
        for start in range(0, size, 100):
            count = min(100, size - start)
            values.write(LINE_UNIT, table, start, image.cells(table, start, count), "master")
    assert values.generation > before
    told = values.values(LINE_UNIT)
    assert (told["Line.OrderNumberRequest"], told["ST01.kit_mass_sp"], told["ST03.JamClear"]) == (5, 1300, 1)
    rig.run(21 * SECOND)
    assert values.values(LINE_UNIT)["ST01.kit_mass_active"] == 1300
    assert values.ignored_writes == 0


def test_a_write_by_who_does_not_own_the_station_is_ignored_and_counted() -> None:
    rig, other = Rig(line(), 1), Rig(line(), 1)
    values = PlantValues(rig, 1)
    rig.run(MINUTE)
    stream = random.Random(1)
    writes = 0
    for number, tag in [*writable(Table.COIL), *writable(Table.HOLDING)]:
        if number != LINE_UNIT:
            assert tag.writer is not Writer.MASTER
            low, high = tag.bounds
            values.write(number, tag.table, tag.address, [stream.randint(low, high)], "stranger")
            writes += 1
    assert values.ignored_writes == writes > 100
    told = values.values(LINE_UNIT)
    assert told["Line.IgnoredWrites"] == writes
    assert sum(told[f"ST{n:02d}.IgnoredWrites"] for n in range(1, 13)) == writes
    assert told["ST04.IgnoredWrites"] == values.ignored_by_station[4] > 0
    for each in (rig, other):
        each.run(3 * MINUTE)
    assert rig.trace.sha256() == other.trace.sha256()


def test_a_block_counts_as_one_write_and_padding_as_none() -> None:
    rig = Rig(line(), 1)
    values = PlantValues(rig, 1)
    values.write(14, Table.HOLDING, 0, [0] * 8, "stranger")
    assert (values.ignored_writes, values.ignored_by_station[4]) == (1, 1)
    values.write(14, Table.HOLDING, 30, [0, 0], "stranger")
    values.write(LINE_UNIT, Table.COIL, 40, [1], "stranger")
    assert values.ignored_writes == 1


def test_a_write_to_a_station_that_is_not_there_does_no_harm() -> None:
    values = PlantValues(Rig(small(), 1), 1)
    values.write(17, Table.COIL, 0, [1], "stranger")
    assert values.ignored_writes == 1
    assert 7 not in values.ignored_by_station


def test_counters_stop_at_the_width_of_their_registers() -> None:
    rig = Rig(small(start="dormant"), 1)
    values = PlantValues(rig, 0xFFFF_FFFF)
    values.ignored_by_station[5] = 70_000
    values.speed_tenths = 10_000
    for cabinet in rig.cabinets:
        cabinet.unit.failures = 70_000
        cabinet.unit.cycle_us = 2 * HOUR
    rig.run(30 * HOUR)
    for number, image in images().items():
        image.load(values.values(number))
    told = values.values(LINE_UNIT)
    assert (told["ST05.IgnoredWrites"], told["ST01.Failures"], told["ST01.StateElapsed"]) == (0xFFFF, 0xFFFF, 0xFFFF)


def test_commands_that_were_refused_show() -> None:
    rig = Rig(small(**QUIET), 1)
    values = PlantValues(rig, 1)
    rig.run(20 * SECOND)
    give(rig, "ST05", Command.START)
    rig.run(21 * SECOND)
    assert values.values(LINE_UNIT)["ST05.CommandRefused"] == 1
    rig.request("Line.OrderNumberRequest", 65535)
    edge(rig, "Line.OrderChangeRequest")
    rig.run(22 * SECOND)
    assert values.values(LINE_UNIT)["Line.OrderNumber"] == 65535
