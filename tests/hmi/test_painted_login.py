"""Logging in and out on a real terminal, at a server that knows its clients by their certificates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hmi.conftest import Open
from tests.hmi.painted import Painted
from tests.hmi.secure import SECRET, Secure, fill, served
from tests.hmi.toy_plant import ToyPlant


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("certs")
    fill(made)
    return made


@pytest.fixture
async def secure(plant: ToyPlant, folder: Path) -> AsyncIterator[Secure]:
    async with served(plant, folder) as one:
        yield one


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def choose(hmi: Painted, name: str) -> None:
    """Open the list and take somebody: viewer, expired, foreign, locked, operator and so on stand in a fixed order."""
    order = ["viewer", "operator", "engineer", "expired", "foreign", "locked", "plc"]
    hmi.press("l")
    await hmi.shows("Log in   now", "↑↓ choose")
    for _ in order:
        hmi.press("up")
    for _ in range(order.index(name)):
        hmi.press("down")
    hmi.press("\r")


async def cancel(hmi: Painted) -> None:
    hmi.press("escape")
    await hmi.shows_no_longer("↑↓ choose")


async def test_somebody_else_takes_the_chair(secure: Secure, plant: ToyPlant, open_hmi: Open) -> None:
    hmi = await open_hmi(secure.port, 110, 30, options=["--certs", str(secure.folder)])
    await hmi.shows("LINK OK", "VIEWER viewer")
    hmi.press("w")
    await hmi.shows("W POWER")
    hmi.press("l")
    await hmi.shows("● viewer", "locked               ENGINEER until 2", "passphrase", "× expired on 2")
    await cancel(hmi)

    await choose(hmi, "expired")
    await hmi.shows("▲ expired: expired on 2", "VIEWER viewer")
    await cancel(hmi)

    await choose(hmi, "locked")
    await hmi.shows("Passphrase")
    hmi.press("open sesam\r")
    await hmi.shows("▲ ", "the passphrase is wrong", "VIEWER viewer")
    hmi.press(SECRET)
    await hmi.shows("***********_")
    hmi.press("\r")
    await hmi.shows("ENGINEER locked", "W POWER", "Log in locked (engineer)  OK")

    await choose(hmi, "foreign")
    await hmi.shows("▲ 127.0.0.1:", "the server", "ENGINEER locked")
    await cancel(hmi)
    hmi.press("l")
    await hmi.shows("● locked", "O log out")
    hmi.press("o")
    await hmi.shows("VIEWER (logged out)", "W POWER")
    hmi.press("f1")
    await hmi.shows("1 OVERVIEW")
    hmi.press("f9")
    await hmi.shows("Line Hold  REFUSED  nobody is logged in")
    await choose(hmi, "operator")
    await hmi.shows("OPERATOR operator", "LINK OK")
    hmi.press("q")
    assert await hmi.ends() == 0
    assert plant.writes == []
    assert SECRET.encode() not in hmi.raw
    assert SECRET.encode() not in files(Path(hmi.home.name))
