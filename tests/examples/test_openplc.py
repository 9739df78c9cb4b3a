"""The Structured Text example against the tag map: every address, through the slave devices of its mbconfig.cfg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from protocols.exports import openplc as export_openplc
from protocols.stations.io_table import ASSEMBLY, HARNESS
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Kind, Table, Tag

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "openplc"
TEXT = (FOLDER / "line.st").read_text("ascii")
CODE = re.sub(r"\(\*.*?\*\)", "", TEXT, flags=re.DOTALL)
#: OpenPLC's own: where slave devices begin, and how much there is room for.
FIRST, ROOM = 100, 400
BLOCKS = (
    ("Discrete_Inputs", Table.DISCRETE, "%IX"),
    ("Coils", Table.COIL, "%QX"),
    ("Input_Registers", Table.INPUT, "%IW"),
    ("Holding_Registers_Read", Table.HOLDING, "%IW"),
    ("Holding_Registers", Table.HOLDING, "%QW"),
)

Cell = tuple[int, Table, int]


class Located(NamedTuple):
    """A located variable: `name AT place : kind; (* tag *)`."""

    name: str
    place: str
    kind: str
    tag: str


def devices() -> list[dict[str, str]]:
    """The slave devices of mbconfig.cfg."""
    text = (FOLDER / "mbconfig.cfg").read_text("ascii")
    count = re.search(r'^Num_Devices = "(\d+)"', text, re.MULTILINE)
    assert count is not None
    found = [dict(re.findall(rf'^device{n}\.(\w+) = "(.*)"$', text, re.MULTILINE)) for n in range(int(count[1]))]
    assert len(re.findall(r"^device\d+\.name ", text, re.MULTILINE)) == len(found)
    return found


def cells(device: dict[str, str], block: str, table: Table) -> Iterator[Cell]:
    """What a block of a device reads or writes."""
    start, size = int(device[f"{block}_Start"]), int(device[f"{block}_Size"])
    return ((int(device["slave_id"]), table, address) for address in range(start, start + size))


def places() -> dict[str, Cell]:
    """Where OpenPLC puts every cell: in the order of the devices, bits and registers in a row."""
    used = dict.fromkeys(("%IX", "%QX", "%IW", "%QW"), 0)
    found = {}
    for device in devices():
        for block, table, area in BLOCKS:
            for cell in cells(device, block, table):
                index = used[area]
                used[area] += 1
                bit = area.endswith("X")
                found[f"{area}{FIRST + index // 8}.{index % 8}" if bit else f"{area}{FIRST + index}"] = cell
    assert max(used.values()) <= ROOM
    return found


PLACES = places()
LOCATED = [
    Located(*found)
    for found in re.findall(r"^ +(\w+) AT (%\w+(?:\.\d)?) : (\w+); +\(\* ([\w.]+) \*\)$", TEXT, re.MULTILINE)
]
each = pytest.mark.parametrize("variable", LOCATED, ids=lambda variable: variable.name)


def cell_of(tag: Tag) -> Cell:
    return PLANT_MAP.by_name[tag.name][0].unit, tag.table, tag.address


def test_the_slave_devices_are_those_that_the_map_exports() -> None:
    assert (FOLDER / "mbconfig.cfg").read_text("ascii") == export_openplc.render(PLANT_MAP)


def test_every_located_variable_is_understood() -> None:
    assert len(LOCATED) == len(re.findall(r"\bAT\b *%", TEXT)) > 60
    assert len({variable.place for variable in LOCATED}) == len({variable.name for variable in LOCATED}) == len(LOCATED)


@each
def test_a_located_variable_is_the_tag_that_it_names(variable: Located) -> None:
    tag = PLANT_MAP[variable.tag]
    assert PLACES[variable.place] == cell_of(tag)
    assert variable.name == variable.tag.replace(".Board.", "_").replace(".", "_")
    assert variable.kind == {Kind.BOOL: "BOOL", Kind.U16: "UINT"}[tag.kind]
    assert variable.place.startswith("%Q") == tag.table.is_writable


@each
def test_inputs_are_used_and_outputs_are_written(variable: Located) -> None:
    assigned = re.search(rf"^ +{variable.name} :=", CODE, re.MULTILINE) is not None
    used = len(re.findall(rf"\b{variable.name}\b", CODE)) > 1
    assert used
    assert assigned == variable.place.startswith("%Q")


def test_a_written_block_holds_nothing_that_a_zero_would_spoil() -> None:
    written = {PLACES[variable.place] for variable in LOCATED}
    tags = {cell_of(tag): tag for unit in PLANT_MAP.units.values() for tag in unit.tags}
    seen = 0
    for device in devices():
        for block, table in (("Coils", Table.COIL), ("Holding_Registers", Table.HOLDING)):
            for cell in cells(device, block, table):
                tag = tags.get(cell)
                if tag is not None and cell not in written:
                    seen += 1
                    assert tag.bounds[0] <= 0 <= tag.bounds[1], f"{tag.name} is written with 0"
                    assert not tag.name.endswith("_sp"), f"{tag.name} would be set to 0"
    assert seen > 0


def test_limits_are_those_of_the_stations() -> None:
    force, torque = ASSEMBLY.analogs
    insulation, voltage = HARNESS.analogs
    assert f"ST05_press_force_limit := {force.counts(160)};" in CODE
    assert f"ST06_test_voltage_limit := {voltage.counts(490)};" in CODE
    windows = [(int(low), int(high)) for low, high in re.findall(r">= (\d+) AND \w+ <= (\d+)", CODE) if int(low) > 100]
    assert [(force.raw(low), force.raw(high)) for low, high in windows[:1]] == [(150, 180)]
    assert [(torque.raw(low), torque.raw(high)) for low, high in windows[1:]] == [(540, 660)]
    low = re.search(r"insulation >= (\d+)", CODE)
    assert low is not None
    assert insulation.raw(int(low[1])) == 100


def test_it_works_on_robots_that_passed_the_station_before() -> None:
    assert re.findall(r"before := (\d+)", CODE) == ["4", "5"]


def test_every_block_of_text_is_closed() -> None:
    for word in ("IF", "CASE", "VAR", "PROGRAM", "FUNCTION", "FUNCTION_BLOCK", "RESOURCE", "CONFIGURATION"):
        opened = len(re.findall(rf"^ *{word}(?:_INPUT|_OUTPUT)?\b(?! instance0)", CODE, re.MULTILINE))
        assert opened == len(re.findall(rf"^ *END_{word}\b", CODE, re.MULTILINE)), word
