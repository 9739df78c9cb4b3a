"""The page for people with a PLC: its addresses are those of the map, and its program does what the page says."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest

from firmware_sim.plc.unit import Unit
from protocols.packml import State
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from sector7.recipe import load
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.pty_console import PATIENCE_S

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "connect-your-plc.md").read_text("utf-8")
TABLES = {"holding": Table.HOLDING, "input": Table.INPUT, "discrete": Table.DISCRETE}


def part(title: str) -> str:
    """What stands below a heading."""
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    lines = [line for line in part(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("row", rows("What each ownership register does"), ids=lambda row: row[1].strip("`"))
@pytest.mark.parametrize("station", [1, 5, 12])
def test_ownership_registers_are_where_the_page_says(row: list[str], station: int) -> None:
    table, _, place = row[0].partition(" ")
    text = place.replace("*b*", str(16 * station)).replace("*i*", str(64 + 48 * (station - 1)))
    text = text.replace("16 *n*", str(16 * station))
    tag = PLANT_MAP[f"ST{station:02d}.{row[1].strip('`')}"]
    assert (tag.table, tag.address) == (TABLES[table], sum(int(number) for number in text.split(" + ")))


def test_addresses_of_station_5() -> None:
    def address(name: str) -> int:
        return PLANT_MAP[f"ST05.{name}"].address

    assert (address("StateCurrent"), address("Owner"), address("ProdProcessedCount")) == (256, 302, 264)
    assert [address(n) for n in ("CntrlCmd", "CmdChangeRequest", "OwnerRequest", "Heartbeat")] == [80, 81, 88, 89]
    assert (address("Board.clamp"), address("Board.clamped"), address("Board.carrier")) == (2, 2, 5)
    assert address("Board.acknowledge") == 8
    assert PLANT_MAP["Line.MapVersion"].address == 0
    assert address("ExternalReason") == 80 + 13


def test_references_are_one_more_than_addresses() -> None:
    cells = " ".join(" ".join(row) for row in rows("Addresses, counted from 0 and from 1"))
    assert {int(n) for n in re.findall(r"\b30{0,1}(\d{4})\b", cells)} == {257}
    assert {int(n) for n in re.findall(r"\b4(\d{4})\b", cells)} == {89}
    assert {int(n, 16) for n in re.findall(r"16#(\w{4})", cells)} == {256, 88}


async def until(unit: Unit, wanted: State) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if unit.state == wanted:
                return
            await asyncio.sleep(0.05)


async def test_the_program_on_the_page_moves_a_clamp_and_gives_the_station_back() -> None:
    service = PlantService(Rig(load("castle"), 2), "127.0.0.1", 0, 1.0, epoch=1)
    listening = asyncio.Event()
    serving = asyncio.create_task(service.run(lambda host, port: listening.set()))
    await listening.wait()
    unit = next(unit for unit in service.rig.line.units if unit.io.number == 5)
    try:
        await until(unit, State.EXECUTE)
        code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
        assert code is not None
        program = code[1].replace("5020", str(service.server.port))
        plc = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        async with asyncio.timeout(PATIENCE_S):
            out, _ = await plc.communicate()
        assert out.decode() == "clamped: [True]\n"
        assert plc.returncode == 0
        assert not unit.aside
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
