"""The operator log on a real terminal (key O): what two consoles did at a real plant, and what became of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hmi.desk import Desk, desk
from hmi.link.actions import Result
from hmi.link.connect import plant_client
from hmi.operations.setpoint import SetPoint
from protocols.packml import State
from tests.hmi.painted import Painted
from tests.pty_console import PATIENCE_S
from tests.sector7.served import Served, serving


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving("--quiet") as server:
        await server.listen()
        yield server


@asynccontextmanager
async def another_console(port: int) -> AsyncIterator[Desk]:
    shared = desk(plant_client("127.0.0.1", port), time.monotonic)
    running = asyncio.create_task(shared.run())
    async with asyncio.timeout(PATIENCE_S):
        while not shared.frame().live or shared.frame().raw("ST05.StateCurrent") != State.EXECUTE:
            await shared.acquisition.next_poll()
    yield shared
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_log_of_all_consoles_is_painted(served: Served) -> None:
    hmi = Painted(140, 30)
    try:
        await hmi.start(served.port)
        await hmi.shows("LINK OK")
        hmi.press("o")
        await hmi.shows("O OPERATOR LOG", "Nothing was commanded in this run")
        async with another_console(served.port) as other:
            session = other.acquisition.snapshot.session
            assert session is not None
            assert await other.commander.give(SetPoint("ST05.torque_low_sp", 550)) is Result.OK
            await other.acquisition.write_together({"ST05.CntrlCmd": 2, "ST05.CmdChangeRequest": 1})
            await hmi.shows("ST05 Start", "REFUSED")
            [point] = [line for line in hmi.lines if "torque_low_sp" in line]
            assert f" {session.label}" in point
            assert "ENGINEER" in point
            assert point.rstrip().endswith("ST05.torque_low_sp  5.40 -> 5.50 N·m  OK")
            assert hmi.line("ST05 Start").rstrip().endswith("ST05 Start  from Execute  REFUSED")
        hmi.press("1", "j")
        await hmi.shows("Jam clear ?")
        hmi.press("y")
        await hmi.shows_no_longer("Jam clear ?")
        hmi.press("o")
        await hmi.until(lambda: "*" in hmi.line("ST01 jam clear  OK"), "an own entry")
        order = [part for line in hmi.lines for part in ("jam clear", "ST05 Start", "torque_low") if part in line]
        assert order[:3] == ["jam clear", "ST05 Start", "torque_low"], "the newest first"
        hmi.resize(80, 24)
        await hmi.shows("OPERATOR LOG", "ST05.torque_low_sp  5.40 -> 5.50")
    finally:
        await hmi.stop()
