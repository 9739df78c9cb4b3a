"""A site as a process of its own, in front of a toy plant."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from protocols.modbus.server import PlantServer
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from sector7.web.users import Users
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S, ROOT

PASSWORDS = {"ada": "operating the line", "vic": "only looking at it"}


@dataclass(frozen=True)
class Running:
    """A running site."""

    url: str
    process: asyncio.subprocess.Process


@pytest.fixture
def plant() -> ToyPlant:
    return ToyPlant()


@pytest.fixture
async def server(plant: ToyPlant) -> AsyncIterator[PlantServer]:
    served = PlantServer(plant, plant, PLANT_MAP, port=0)
    await served.start()
    yield served
    await served.stop()


@pytest.fixture(scope="session")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    users = Users(tmp_path_factory.mktemp("web") / "users.json")
    users.set("ada", Role.OPERATOR, PASSWORDS["ada"])
    users.set("vic", Role.VIEWER, PASSWORDS["vic"])
    return users.path


@asynccontextmanager
async def running(plant_port: int, users_file: Path, *options: str) -> AsyncIterator[Running]:
    """`sector7 web`; killed if it still runs at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "web", "--plant", f"127.0.0.1:{plant_port}", "--port", "0",
        "--users", str(users_file), *options, cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            line = (await process.stdout.readline()).decode().strip()
        assert line.startswith("listening on http"), line
        yield Running(line.removeprefix("listening on ").rstrip("/"), process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def site(server: PlantServer, users_file: Path) -> AsyncIterator[Running]:
    async with running(server.port, users_file) as found:
        yield found
