"""A week and a month: memory stays small and flat, the line keeps its pace, nothing is lost. Nightly."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from sector7.recipe import load
from sector7.simulate import simulate
from tests.pty_console import ROOT
from tests.sector7.lines import HOUR
from tests.sector7.rig.test_rig_hash import interpreters

pytestmark = pytest.mark.nightly


def days(count: int, seed: int) -> list[dict[str, Any]]:
    """One row for every day that a process of its own has simulated."""
    probe = Path(__file__).with_name("long_probe.py")
    command = [sys.executable, str(probe), str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("count", "seed"), [(7, 1), (30, 2)])
def test_a_long_run_is_small_flat_steady_and_sound(count: int, seed: int) -> None:
    rows = days(count, seed)
    assert len(rows) == count
    assert rows[-1]["failed"] == []
    assert rows[-1]["peak_mb"] < 200
    # what is held after the first day, when all caches are warm, is all that is ever held
    assert rows[-1]["held_mb"] - rows[0]["held_mb"] < 5
    built = [b["completed"] - a["completed"] for a, b in pairwise([{"completed": 0}, *rows])]
    mean = fmean(built)
    assert 500 < mean < 1440  # never more than one a takt
    # a bad day has a long repair in it; a line that slowly locks up would show in the last third
    assert min(built) > 0.3 * mean
    assert fmean(built[-(count // 3) :]) > 0.8 * mean


def test_two_weeks_of_the_same_seed_are_equal() -> None:
    first, second = days(7, 5), days(7, 5)
    assert [row["sha256"] for row in first] == [row["sha256"] for row in second]
    assert len({row["sha256"] for row in first}) == 7


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_a_day_on_another_python_with_all_that_is_locked_for_it(version: str, tmp_path: Path) -> None:
    """The whole program, recipe and command line included, in an environment made from the lock file."""
    python = interpreters().get(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    subprocess.run([python, "-m", "venv", tmp_path / "env"], check=True, capture_output=True)
    mine = str(tmp_path / "env" / "bin" / "python")
    install = [
        mine,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "-r",
        str(ROOT / "requirements" / "run.txt"),
    ]
    subprocess.run(install, check=True, capture_output=True)
    report = tmp_path / "report.json"
    command = [mine, "-m", "sector7", "simulate", "--duration", "24h", "--seed", "3", "--json", str(report)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    told = json.loads(report.read_text("utf-8"))
    assert told["trace_sha256"] == simulate(load("castle"), 3, 24 * HOUR).report["trace_sha256"]
