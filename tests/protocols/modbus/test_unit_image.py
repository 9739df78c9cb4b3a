"""The image of a unit against a plant made of single cells."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.errors import MapError
from protocols.modbus.unit_image import UnitImage
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.small_map import SMALL_MAP, SMALL_UNIT, UNIT

RAW_VALUES = st.fixed_dictionaries({t.name: st.integers(*t.bounds) for t in SMALL_UNIT.tags})


def plant_with(values: dict[str, int]) -> DictPlant:
    plant = DictPlant(SMALL_MAP)
    for name, raw in values.items():
        plant[name] = raw
    return plant


@given(RAW_VALUES, st.data())
def test_every_cut_of_every_table_reads_as_the_model_says(values: dict[str, int], data: st.DataObject) -> None:
    plant, image = plant_with(values), UnitImage(SMALL_UNIT, strict=True)
    image.load(values)
    for table, size in SMALL_UNIT.sizes:
        address = data.draw(st.integers(0, size - 1))
        count = data.draw(st.integers(1, size - address))
        expected = [plant.cell(UNIT, table, a) for a in range(address, address + count)]
        assert image.cells(table, address, count) == expected
    assert image.values() == values
    assert {t.name: image.value(t) for t in SMALL_UNIT.tags} == values


@given(RAW_VALUES, RAW_VALUES, st.data())
def test_stored_cells_change_nothing_else(first: dict[str, int], second: dict[str, int], data: st.DataObject) -> None:
    plant, image = plant_with(first), UnitImage(SMALL_UNIT)
    image.load(first)
    other = plant_with(second)
    for table, size in SMALL_UNIT.sizes:
        address = data.draw(st.integers(0, size - 1))
        count = data.draw(st.integers(0, size - address))
        cells = [other.cell(UNIT, table, a) for a in range(address, address + count)]
        image.store(table, address, cells)
        expected = [plant.cell(UNIT, table, a) for a in range(size)]
        expected[address : address + count] = cells
        assert image.cells(table, 0, size) == expected


def test_bits_are_packed_lowest_address_first() -> None:
    image = UnitImage(SMALL_UNIT)
    image.load({"bit.first": 1, "bit.ninth": 1})
    assert image.read(Table.DISCRETE, 0, 20) == b"\x01\x01\x00"
    assert image.read(Table.DISCRETE, 1, 8) == b"\x80"


def test_what_nobody_gives_reads_its_default_and_the_last_giver_counts() -> None:
    image = UnitImage(SMALL_UNIT, strict=True)
    image.load({"in.u16": 1, "in.i16": 2}, {"in.i16": 3})
    assert image.values() | {"in.u16": 1, "in.i16": 3, "hold.u64": 1} == image.values()
    image.load({})
    assert image.values()["in.u16"] == 0


@pytest.mark.parametrize(
    ("name", "given_value", "stored"),
    [
        ("in.u16", 65536, 65535),
        ("in.u16", -1, 0),
        ("in.i16", 40_000, 32_767),
        ("in.i16", -40_000, -32_768),
        ("in.u32", 1 << 40, (1 << 32) - 1),
        ("in.i32", -(1 << 40), -(1 << 31)),
        ("in.u64", 1 << 64, (1 << 64) - 1),
        ("in.u16", 1.5, 0),
        ("in.u16", None, 0),
    ],
)
def test_a_value_that_does_not_fit_is_stored_as_well_as_it_goes_and_counted(
    name: str, given_value: Any, stored: int
) -> None:
    image = UnitImage(SMALL_UNIT)
    image.load({name: given_value, "in.u32": 7} if name != "in.u32" else {name: given_value})
    assert image.values()[name] == stored
    assert image.saturated == 1
    assert image.offender == f"{name} = {given_value}"
    if name != "in.u32":
        assert image.values()["in.u32"] == 7


def test_strict_refuses_values_outside_the_declared_range_and_unknown_names() -> None:
    image = UnitImage(SMALL_UNIT, strict=True)
    with pytest.raises(MapError, match=r"in\.u16.*10000 lies outside 0\.\.9999"):
        image.load({"in.u16": 10_000})
    with pytest.raises(MapError, match=r"in\.typo"):
        image.load({"in.typo": 1})


@pytest.mark.parametrize("number", sorted(PLANT_MAP.units))
def test_all_units_of_the_castle_begin_with_their_defaults(number: int) -> None:
    unit = PLANT_MAP.units[number]
    assert UnitImage(unit, strict=True).values() == {tag.name: tag.default for tag in unit.tags}
