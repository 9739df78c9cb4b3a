"""The castle's register map as a whole: sizes, addresses, no holes a master could fall into, one fingerprint."""

from __future__ import annotations

import pytest

from protocols.stations.io_table import STATIONS
from protocols.tags.line_map import LINE_MAP, MAP_VERSION
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.station_map import BOARD_FINGERPRINT, BOARD_MAPS, MIRROR_READ, MIRROR_WRITE
from protocols.tags.tag import Kind, PlantMap, Table, Tag, UnitMap, Writer

#: The map that was last published, by its version.
PUBLISHED = (2, 0xFB2FF787)


def test_the_fingerprint_changes_only_together_with_the_version() -> None:
    """Names, addresses or formats have changed: that breaks every client and every saved PLC project.

    If it is meant: add 1 to MAP_VERSION in protocols/tags/line_map.py, run `make map`, say in the change log what
    moved, and put the new pair into PUBLISHED above.
    """
    assert (MAP_VERSION, f"{PLANT_MAP.fingerprint:08X}") == (PUBLISHED[0], f"{PUBLISHED[1]:08X}")


def test_units() -> None:
    assert sorted(PLANT_MAP.units) == [1, *range(11, 23)]
    assert [unit.unit for unit in BOARD_MAPS] == [10 + station.number for station in STATIONS]


@pytest.mark.parametrize("unit", PLANT_MAP.units.values(), ids=lambda unit: f"unit {unit.unit}")
def test_every_table_is_contiguous_from_zero_and_of_a_round_size(unit: UnitMap) -> None:
    assert {table for table, _ in unit.sizes} == set(Table)
    for table, size in unit.sizes:
        assert size % 16 == 0
        last = max(tag.end for tag in unit.of(table))
        assert last <= size, "padding closes every hole; nothing may lie behind it"


@pytest.mark.parametrize("unit", PLANT_MAP.units.values(), ids=lambda unit: f"unit {unit.unit}")
def test_windows_lie_behind_the_polled_tables_and_repeat_what_exists(unit: UnitMap) -> None:
    taken = set(range(unit.size(Table.HOLDING)))
    for window in unit.windows:
        addresses = set(range(window.address, window.end))
        assert not addresses & taken
        taken |= addresses
        assert len(window.cells) <= 121
        for cell in window.cells:
            if cell is not None:
                table, address = cell
                assert address + (16 if table.is_bits else 1) <= unit.size(table)
                assert table.is_writable or not window.writable


@pytest.mark.parametrize("unit", PLANT_MAP.units.values(), ids=lambda unit: f"unit {unit.unit}")
def test_values_of_several_words_do_not_straddle_the_blocks_of_a_poll(unit: UnitMap) -> None:
    for tag in unit.tags:
        if tag.kind.words > 1:
            assert tag.address // 125 == (tag.end - 1) // 125, f"{tag.name} would be torn"


def test_the_same_word_is_at_the_same_offset_in_every_station() -> None:
    """What is written down in the modules: from each base on a stride."""
    strides = {
        Table.INPUT: {64: 48, 649: 1, 848: 16, 1344: 26, 1668: 3, 1792: 8, 1892: 5},
        Table.HOLDING: {16: 16, 288: 1, 481: 1}, Table.DISCRETE: {16: 16, 208: 1}, Table.COIL: {1: 1},
    }  # fmt: skip
    for station in STATIONS:
        common = (name for name in (t.name for t in LINE_MAP.tags) if name.startswith("ST01."))
        for name in common:
            first, other = PLANT_MAP[name], PLANT_MAP.by_name.get(name.replace("ST01", station.code))
            if other is None:
                continue  # analogue inputs and set points differ from station to station
            stride = strides[first.table][max(base for base in strides[first.table] if base <= first.address)]
            assert other[1].address - first.address == stride * (station.number - 1), name


def test_the_layout_of_a_board_is_the_images() -> None:
    """Words of the images are words of the tables: what the firmware packs is what a master reads."""
    for unit in BOARD_MAPS:
        read, write = ({w.address: w for w in unit.windows}[a] for a in (MIRROR_READ, MIRROR_WRITE))
        assert read.cells[:2] == ((Table.DISCRETE, 0), (Table.INPUT, 5))
        assert write.cells[2:] == ((Table.COIL, 0), *((Table.HOLDING, i) for i in range(8)))
        assert (len(read.cells), len(write.cells)) == (9, 11)


def test_the_layout_of_the_boards_stays_what_flashed_firmware_has() -> None:
    """A board tells this number; another one here means that every board has to be flashed again.

    Names do not count, addresses and windows do. If it is meant, put the new number here.
    """
    assert f"{BOARD_FINGERPRINT:08X}" == "DFC2FFC2"


def writers(tag: Tag) -> set[Writer]:
    return {
        Table.COIL: {Writer.MASTER, Writer.PLC},
        Table.HOLDING: {Writer.MASTER, Writer.PLC},
        Table.DISCRETE: {Writer.PLANT, Writer.PLC, Writer.BOARD, Writer.SERVER},
        Table.INPUT: {Writer.PLANT, Writer.PLC, Writer.BOARD, Writer.SERVER},
    }[tag.table]


def test_every_tag_has_one_writer_that_can_write_it() -> None:
    for unit, tag in PLANT_MAP.rows():
        assert tag.writer in writers(tag), tag.name
        if unit is not LINE_MAP:
            assert (tag.writer is Writer.PLC) == tag.table.is_writable, tag.name


def test_every_tag_can_be_read_by_people() -> None:
    for _, tag in PLANT_MAP.rows():
        assert tag.doc, tag.name
        assert tag.name.isascii(), tag.name
        values = [value for value, _ in tag.labels]
        assert len(set(values)) == len(values), tag.name
        if tag.labels:
            assert tag.default in values, f"{tag.name} begins with a value that has no label"
            assert tag.kind is not Kind.BOOL, tag.name


def test_every_change_request_is_an_edge_and_begins_at_rest() -> None:
    requests = [tag for _, tag in PLANT_MAP.rows() if tag.name.endswith("Request") and tag.bounds == (0, 1)]
    assert len(requests) >= 26
    assert {tag.default for tag in requests} == {0}


def test_rows_are_in_the_order_of_unit_table_and_address() -> None:
    order = list(Table)
    keys = [(unit.unit, order.index(tag.table), tag.address) for unit, tag in PLANT_MAP.rows()]
    assert keys == sorted(keys)
    assert len(keys) == len(PLANT_MAP.by_name)
    assert PlantMap(PLANT_MAP.units.values()).fingerprint == PLANT_MAP.fingerprint
