"""The external PLC of the examples drives two stations of a plant that runs as a process of its own."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from protocols.modbus.client import PlantClient
from protocols.packml import State
from tests.pty_console import PATIENCE_S

TOP = Path(__file__).resolve().parents[2]
PROGRAM = TOP / "examples" / "external_plc.py"
BOTH = ("ST05", "ST06")
Values = dict[str, int]


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A castle line at real speed, served by a process of its own."""
    command = ("-m", "sector7", "serve", "--port", "0", "--quiet", "--seed", "3")
    server = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=TOP, stdout=subprocess.PIPE)
    assert server.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        line = (await server.stdout.readline()).decode()
    yield line.removeprefix("listening on ").strip()
    server.terminate()
    await server.wait()


@pytest.fixture
async def watcher(address: str) -> AsyncIterator[PlantClient]:
    """Somebody else who looks."""
    host, _, port = address.rpartition(":")
    client = PlantClient(host, int(port))
    await client.connect()
    yield client
    await client.close()


async def until(client: PlantClient, holds: Callable[[Values], bool], patience_s: float = PATIENCE_S) -> Values:
    """Poll unit 1 until `holds`."""
    async with asyncio.timeout(patience_s):
        while True:
            values = await client.read(1)
            if holds(values):
                return values
            await asyncio.sleep(0.1)


def producing(values: Values) -> bool:
    return all(values[f"{code}.Owner"] == 0 and values[f"{code}.StateCurrent"] == State.EXECUTE for code in BOTH)


@asynccontextmanager
async def running(address: str, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The PLC; it ends with the test, whatever becomes of that."""
    plc = await asyncio.create_subprocess_exec(
        sys.executable, str(PROGRAM), address, *options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield plc
    finally:
        if plc.returncode is None:
            plc.kill()
            await plc.communicate()


async def ended(plc: asyncio.subprocess.Process, patience_s: float = PATIENCE_S) -> str:
    """What it printed."""
    async with asyncio.timeout(patience_s):
        out, _ = await plc.communicate()
    return out.decode()


async def test_it_takes_two_stations_presses_a_joint_and_hands_them_back(address: str, watcher: PlantClient) -> None:
    async with running(address, "--robots", "1") as plc:
        seen = await until(
            watcher,
            lambda v: all(v[f"{code}.Owner"] == 1 and v[f"{code}.StateCurrent"] == State.EXECUTE for code in BOTH),
        )
        assert seen["ST04.Owner"] == 0
        await until(watcher, lambda v: v["ST05.press_force"] > 0)  # its peak is short, and told by the program
        board = await watcher.read(15)
        assert board["ST05.Board.clamp"] == 1
        await until(watcher, lambda v: v["ST05.press_force"] == 0)
        plc.send_signal(signal.SIGINT)
        out = await ended(plc)
    assert plc.returncode == 1, "interrupted before the robot was through"
    step = re.search(r"ST05  Press joint 1: (\d+) counts, accepted (\d+)\.\.\d+\n", out)
    assert step is not None, "it stopped at the force limit"
    assert int(step[1]) >= int(step[2])
    assert out.count("handed back") == 2
    await until(watcher, producing)


async def test_it_says_when_there_is_no_plant(unused_tcp_port: int) -> None:
    async with running(f"127.0.0.1:{unused_tcp_port}", "--patience", "0.3") as plc:
        assert "no plant answers" in await ended(plc)
    assert plc.returncode == 3


@pytest.mark.nightly
async def test_a_robot_passes_both_stations(address: str, watcher: PlantClient) -> None:
    async with running(address, "--robots", "1", "--seconds", "500") as plc:
        out = await ended(plc, 560.0)
    assert plc.returncode == 0, out
    assert "1 robots through both stations" in out
    assert out.count("handed back") == 2
    values = await until(watcher, producing)
    assert values["ST05.ProdProcessedCount"] >= 1
    assert values["ST06.ProdProcessedCount"] >= 1
    assert 30_00 < values["ST05.CycleTime"] < 90_00, "the external program's cycle is measured too"
