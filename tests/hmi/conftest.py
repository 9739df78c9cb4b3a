"""Fixtures: a toy plant behind a real server, and HMIs on pseudo-terminals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.bench import Bench
from tests.hmi.painted import Painted
from tests.hmi.toy_plant import ToyPlant

#: Starts an HMI of a size; keyword arguments go to Painted.start.
Open = Callable[..., Awaitable[Painted]]


@pytest.fixture
def plant() -> ToyPlant:
    return ToyPlant()


@pytest.fixture
async def server(plant: ToyPlant) -> AsyncIterator[PlantServer]:
    served = PlantServer(plant, plant, PLANT_MAP, port=0)
    await served.start()
    yield served
    await served.stop()


@pytest.fixture
async def open_hmi() -> AsyncIterator[Open]:
    running: list[Painted] = []

    async def start(port: int, width: int = 140, height: int = 42, **options: object) -> Painted:
        hmi = Painted(width, height)
        running.append(hmi)
        await hmi.start(port, **options)  # type: ignore[arg-type]
        return hmi

    yield start
    for hmi in running:
        await hmi.stop()


@pytest.fixture
async def bench(server: PlantServer) -> AsyncIterator[Bench]:
    made = Bench(server.port)
    async with made.app.run_test(size=(120, 40)) as pilot:
        made.pilot = pilot
        await made.until(lambda: made.desk.frame().live)
        yield made
