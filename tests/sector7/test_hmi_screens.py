"""Every screen on a real terminal, fed by a real plant that keeps its history and journal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hmi.painted import Painted
from tests.sector7.served import Served, serving


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving("--state", str(tmp_path), "--quiet", "--speed", "20") as server:
        await server.listen()
        yield server


async def test_every_screen_shows_the_plant(served: Served) -> None:
    hmi = Painted()
    try:
        await hmi.start(served.port)
        await hmi.shows("1 OVERVIEW", "LINK OK")
        hmi.press("2")
        await hmi.shows("2 STATION 02 CHASSIS PRESS", "─ PRODUCTION ─", "─ STOPS ─")
        hmi.press("t")
        await hmi.shows("T TRENDS", "▸ ST02.ram_force", "in view", "00:00:0")
        assert "by this console only" not in hmi.text
        hmi.press("x", "x", "x")
        await hmi.shows("last 1m00s, live")
        hmi.press("g", "/", "simulatedtime")
        await hmi.shows("G REGISTERS", "IR4     Line.SimulatedTime", "▌ ")
        hmi.press("enter")
        await hmi.shows_no_longer("Enter keep")
        hmi.press("f1", "p")
        await hmi.shows("P PRODUCTION", "No order", "GENEALOGY", "kept by the journal", "● packed", "ST12 ● passed")
    finally:
        await hmi.stop()
