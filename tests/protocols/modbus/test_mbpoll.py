"""Somebody else's master reads and writes the plant: mbpoll, which is libmodbus in C."""

from __future__ import annotations

import asyncio
import os
import re
import shutil

import pytest

from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant

MBPOLL = shutil.which("mbpoll")
if MBPOLL is None and os.environ.get("CI") == "true":
    pytest.fail("mbpoll is missing: apt-get install mbpoll", pytrace=False)
pytestmark = pytest.mark.skipif(MBPOLL is None, reason="mbpoll is not installed (apt-get install mbpoll)")

TYPES = {Table.COIL: "0", Table.DISCRETE: "1", Table.INPUT: "3", Table.HOLDING: "4"}
MOST = 125  # mbpoll's own limit, for bits too


async def mbpoll(port: int, *arguments: str) -> tuple[int, str]:
    """One poll: exit code and everything it said."""
    process = await asyncio.create_subprocess_exec(
        str(MBPOLL), "-m", "tcp", "-p", str(port), "-0", "-1", "-o", "10", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    return await process.wait(), output.decode()


def shown(output: str) -> dict[int, int]:
    """The cells that mbpoll printed, by address; negative numbers stand for the unsigned one in front of them."""
    return {int(a): int(v) & 0xFFFF for a, v in re.findall(r"^\[(\d+)\]:\s+(-?\d+)", output, re.MULTILINE)}


@pytest.mark.parametrize("number", sorted(PLANT_MAP.units))
async def test_every_table_in_blocks_of_maximum_size(number: int, plant: DictPlant, server: PlantServer) -> None:
    unit = PLANT_MAP.units[number]
    for i, tag in enumerate(unit.tags):
        low, high = tag.bounds
        if not tag.name.startswith("Line."):
            plant[tag.name] = low + (high - low) * (i % 3) // 2
    for table, size in unit.sizes:
        for start in range(0, size, MOST):
            count = min(MOST, size - start)
            code, output = await mbpoll(
                server.port, "-a", str(number), "-t", TYPES[table], "-r", str(start), "-c", str(count), "127.0.0.1"
            )
            assert code == 0, output
            cells = shown(output)
            assert sorted(cells) == list(range(start, start + count))
            for tag in unit.of(table):
                if start <= tag.address and tag.end <= start + count and not tag.name.startswith("Line."):
                    assert [cells[a] for a in range(tag.address, tag.end)] == [
                        plant.cell(number, table, a) & 0xFFFF for a in range(tag.address, tag.end)
                    ], tag.name
    assert server.counters.exceptions == 0


async def test_writes_arrive(plant: DictPlant, server: PlantServer) -> None:
    assert (await mbpoll(server.port, "-a", "1", "-t", "4", "-r", "20", "127.0.0.1", "1300", "20"))[0] == 0
    assert (await mbpoll(server.port, "-a", "0", "-t", "0", "-r", "3", "127.0.0.1", "1"))[0] == 0
    assert (plant["ST01.kit_mass_sp"], plant["ST01.kit_tolerance_sp"], plant["ST03.JamClear"]) == (1300, 20, 1)


@pytest.mark.parametrize(
    ("unit", "table", "address", "said"),
    [("1", "4", "512", "Illegal data address"), ("1", "4", "20", "Illegal data value"), ("9", "4", "0", "arget")],
)
async def test_exceptions_are_understood(unit: str, table: str, address: str, said: str, server: PlantServer) -> None:
    _, output = await mbpoll(server.port, "-a", unit, "-t", table, "-r", address, "127.0.0.1", "9999")
    assert said in output
