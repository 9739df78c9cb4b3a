"""The loop as machine code against its sources, in turns; a month of production in one process.

It builds a wheel first, which takes minutes: only `FULL=1 make bench` has it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from benchmarks.conftest import Figures
from tests.pty_console import ROOT
from tests.wheels import build_wheel, unpacked

pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(1800),
    pytest.mark.skipif("FULL" not in os.environ, reason="builds a wheel: FULL=1 make bench"),
]

ROUNDS: Final = 3
SEED: Final = 7


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages, their loop compiled."""
    folder = tmp_path_factory.mktemp("compiled")
    return unpacked(build_wheel(folder / "dist", compiled=True), folder / "packages")


def seconds(folder: Path, duration: str, report: Path) -> tuple[float, str]:
    """Wall seconds that the simulation takes with the packages of `folder`, without start-up, and its trace's hash."""
    command = [sys.executable, "-m", "sector7", "simulate", "--duration", duration, "--seed", str(SEED)]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    subprocess.run([*command, "--json", str(report)], cwd=folder, env=environment, check=True, capture_output=True)
    told = json.loads(report.read_text())
    return told["wall_s"], told["trace_sha256"]


def test_compiled_against_sources(figures: Figures, compiled: Path, tmp_path: Path) -> None:
    """A day each, in turns."""
    report = tmp_path / "report.json"
    runs = [(seconds(ROOT, "24h", report), seconds(compiled, "24h", report)) for _ in range(ROUNDS)]
    assert len({digest for pair in runs for _, digest in pair}) == 1
    sources, machine = (min(pair[side][0] for pair in runs) for side in (0, 1))
    title = f"24 h of the castle line, seed {SEED}, sources and compiled in turns, best of {ROUNDS}"
    figures.row(title, "sources", f"{86_400 / sources:,.0f} x", f"real time; {sources:.2f} s")
    figures.row(title, "compiled", f"{86_400 / machine:,.0f} x", f"real time; {machine:.2f} s (goal 40,000 x)")
    figures.row(title, "ratio", f"{sources / machine:.2f}", "the same trace")


def test_a_month_in_one_process(figures: Figures, compiled: Path, tmp_path: Path) -> None:
    """Thirty days in one go, on one core."""
    wall, _ = seconds(compiled, "720h", tmp_path / "report.json")
    title = "30 days of steady production, one process, compiled"
    figures.row(title, "wall time", f"{wall:.1f} s", f"{30 * 86_400 / wall:,.0f} x real time (goal: under 120 s)")
