"""What the operator's screens cost and how fast they answer: a process on a real terminal, in front of a server that
changes everything ten times a second."""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from benchmarks.conftest import Figures
from hmi.app import PAINT_S
from protocols.modbus.server import PlantServer
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.painted import Painted
from tests.hmi.toy_plant import ToyPlant

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]
SECTION = "operator's screens, 140x42, on a pseudo-terminal"
_TICKS = 200
_PRESSES = 100


def changed(plant: ToyPlant, step: int) -> None:
    """Every value of every tile, and the line's figures."""
    values = {"Line.SimulatedTime": plant.get("Line.SimulatedTime") + 100_000, "Line.Rate": 300 + step % 200}
    values |= {"Line.OEE": 500 + step % 400, "Line.AirPressure": 550 + step % 150}
    for place, io in enumerate(STATIONS):
        values[f"{io.code}.StepElapsed"] = (step + place) % 90
        values[f"{io.code}.StateElapsed"] = step + place
        values[f"{io.code}.CycleTime"] = 400 + (7 * step + place) % 300
        values[f"{io.code}.ProdProcessedCount"] = step + place
        values[f"{io.code}.InfeedCount"] = (step + place) % 5
        for analog in io.analogs:
            low, high = analog.normal
            values[f"{io.code}.{analog.name}"] = low + (high - low) * ((step * 13 + place * 7) % 100) // 100
    plant.set(**values)


@asynccontextmanager
async def lively() -> AsyncIterator[tuple[Painted, float]]:
    """An HMI in front of a plant in which everything changes, and the time until it was painted (seconds)."""
    plant = ToyPlant()
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    await server.start()

    async def change() -> None:
        step = 0
        while True:
            await asyncio.sleep(PAINT_S)
            step += 1
            changed(plant, step)

    changing = asyncio.create_task(change())
    hmi = Painted()
    try:
        began = time.perf_counter()
        await hmi.start(server.port, slower=1)
        await hmi.shows("LINK OK", "12 Pack-out", "EXECUTE")
        yield hmi, time.perf_counter() - began
    finally:
        changing.cancel()
        await asyncio.gather(changing, return_exceptions=True)
        await hmi.stop()
        await server.stop()


def cpu_s(pid: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def test_cpu_of_a_tick(figures: Figures) -> None:
    """Everything that the process does in a tenth of a second: the poll too, not only the drawing."""
    async with lively() as (hmi, _):
        assert hmi.process is not None
        await asyncio.sleep(3)
        before, painted = cpu_s(hmi.process.pid), len(hmi.raw)
        await asyncio.sleep(_TICKS * PAINT_S)
        each = (cpu_s(hmi.process.pid) - before) / _TICKS * 1000
        assert len(hmi.raw) > painted
        remark = "poll, decode, draw, write; aim 15 ms"
        figures.row(SECTION, "CPU per 10 Hz tick, overview, everything changes", f"{each:.1f} ms", remark)


async def test_from_key_press_to_paint(figures: Figures) -> None:
    """The cursor on the overview, at any moment of the tick."""
    dice = random.Random(1)
    took: list[float] = []
    async with lively() as (hmi, _):
        for press in range(_PRESSES):
            await asyncio.sleep(0.1 + dice.random() / 10)
            key, station = ("right", "2 Chassis") if press % 2 == 0 else ("left", "1 Kitting")
            # The tile that the cursor comes to is painted anew, with its head inverted.
            seen = re.compile(rb"\x1b\[[0-9;]*7[0-9;]*m *" + station.encode())
            begin, at = len(hmi.raw), time.perf_counter()
            hmi.press(key)
            await hmi.until(lambda begin=begin, seen=seen: seen.search(hmi.raw, begin), f"{station} under the cursor")  # type: ignore[misc]
            took.append((time.perf_counter() - at) * 1000)
    took.sort()
    middle, late = statistics.median(took), took[int(len(took) * 0.95)]
    figures.row(SECTION, "key press to painted, p50 / p95", f"{middle:.0f} / {late:.0f} ms", "aim 30 / 100 ms")


async def test_from_start_to_first_painted_screen(figures: Figures) -> None:
    """From the start of the interpreter to all stations with their values."""
    took = []
    for _ in range(5):
        async with lively() as (_, started_s):
            took.append(started_s)
    remark = f"the worst of five {max(took):.2f} s; aim 1.5 s"
    figures.row(SECTION, "start to the first screen with values", f"{min(took):.2f} s", remark)
