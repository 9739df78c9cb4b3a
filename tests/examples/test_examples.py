"""The examples do what they say."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sector7 import recipe as recipes
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from sector7.simulate import simulate

TOP = Path(__file__).resolve().parents[2]
EXAMPLES = TOP / "examples"
HOUR_US = 3600 * 1_000_000


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_read_line_lists_the_stations_and_leaves_the_line_running(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(recipes.load("castle"), 1)
    rig.run(60 * 1_000_000)
    service = PlantService(rig, "127.0.0.1", 0, 5.0, epoch=1)
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(service.run(lambda host, port: listening.set_result(port)))
    try:
        code = await example("read_line").main(f"127.0.0.1:{await listening}")
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    out = capsys.readouterr().out
    assert code == 0
    assert "ST12 Pack-out" in out
    assert out.index("HOLD: the line is in HELD") < out.index("UNHOLD: the line is in EXECUTE")


async def test_read_line_says_when_there_is_no_plant(capsys: pytest.CaptureFixture[str], unused_tcp_port: int) -> None:
    assert await example("read_line").main(f"127.0.0.1:{unused_tcp_port}") == 3
    assert "no Modbus server" in capsys.readouterr().err


def test_simulate_in_python_prints_the_figures_of_a_shift() -> None:
    command = [sys.executable, str(EXAMPLES / "simulate_in_python.py"), "castle", "1", "7"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "castle: 1 h of plant time" in done.stdout
    assert "robots completed" in done.stdout


def test_the_short_line_builds_robots_and_keeps_its_verdict() -> None:
    plan = recipes.load(str(EXAMPLES / "recipe_short_line.toml"))
    outcome = simulate(plan, 7, 4 * HOUR_US)
    assert outcome.failed == []
    assert outcome.report["robots_completed"] > 100
    assert [s["station"] for s in outcome.report["stations"]] == [1, 2, 3, 12]
