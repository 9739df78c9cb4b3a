"""Ranges over whole blocks: signed, wide, partly written, padding."""

from __future__ import annotations

import pytest

from protocols.modbus.unit_image import UnitImage
from protocols.modbus.write_rules import WriteRules
from protocols.tags.tag import Table
from tests.protocols.modbus.small_map import SMALL_UNIT

STORED = {"hold.u32": 0x0001_0000, "hold.i32": -65_536, "hold.u64": 1}


@pytest.mark.parametrize(
    ("address", "words", "problem"),
    [
        (0, [50], ""),
        (0, [51], "hold.i16 = 51 lies outside -50..50"),
        (0, [0x10000 - 50], ""),
        (0, [0x10000 - 51], "hold.i16 = -51"),
        (1, [0xFFFF], ""),
        (2, [1, 34_464], ""),
        (2, [1, 34_465], "hold.u32 = 100001"),
        (3, [34_465], "hold.u32 = 100001"),
        (3, [34_464], ""),
        (2, [2], "hold.u32 = 131072"),
        (2, [0], ""),
        (4, [0xFFFE], "hold.i32 = -131072"),
        (5, [0], ""),
        (4, [0xFFFE, 0xEE90], ""),
        (4, [0xFFFE, 0xEE8F], "hold.i32 = -70001"),
        (6, [0, 0, 0, 0], "hold.u64 = 0"),
        (9, [0], "hold.u64 = 0"),
        (8, [0], ""),
        (9, [1, 0xFFFF, 0xFFFF], ""),
        (0, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], ""),
        (0, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "hold.u64 = 0"),
    ],
)
def test_registers(address: int, words: list[int], problem: str) -> None:
    image = UnitImage(SMALL_UNIT)
    image.load(STORED)
    found = WriteRules(image, Table.HOLDING).problem(address, words)
    assert found.startswith(problem)
    assert bool(found) == bool(problem)


def test_coils() -> None:
    rules = WriteRules(UnitImage(SMALL_UNIT), Table.COIL)
    assert rules.problem(0, [1] * 5) == ""
    assert rules.problem(6, [1] * 14) == ""
    assert rules.problem(0, [1] * 20) == "coil.stays_off = 1 lies outside 0..0"
