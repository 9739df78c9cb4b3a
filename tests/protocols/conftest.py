"""A plant, a server on a free port and a client that speaks bytes: the set-up of most tests here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from protocols.modbus_server import PlantServer
from protocols.plant_map import PLANT_MAP
from tests.protocols.dict_plant import DictPlant
from tests.protocols.raw_client import RawClient


@pytest.fixture
def plant() -> DictPlant:
    return DictPlant(PLANT_MAP)


@pytest.fixture
async def server(plant: DictPlant) -> AsyncIterator[PlantServer]:
    server = PlantServer(plant, plant, PLANT_MAP, port=0, strict=True)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def raw(server: PlantServer) -> AsyncIterator[RawClient]:
    client = await RawClient.connect(server.port)
    yield client
    await client.close()
