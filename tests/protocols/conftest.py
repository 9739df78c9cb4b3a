"""A plant, a server on a free port and a client that speaks bytes: the set-up of most tests here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from sector7.certs import make_bench
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import RawClient


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


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A test bench as `sector7 certs` makes it."""
    folder = tmp_path_factory.mktemp("certificates")
    make_bench(folder)
    return folder
