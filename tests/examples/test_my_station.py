"""The example of a user's tests runs on all three kinds of boards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hil.toolbox import need_emulator
from tests.sector7.bench import pty_board
from tests.sector7.plugged import PLUGGED

TOP = Path(__file__).resolve().parents[2]
FILE = TOP / "examples" / "test_my_station.py"
TESTS = FILE.read_text("utf-8").count("\ndef test_")


def run(target: str) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *PLUGGED, "--target", target, str(FILE)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("target", ["simulated", "emulated"])
def test_on_boards_without_a_wall_clock(target: str) -> None:
    need_emulator()
    assert f"{TESTS} passed" in run(target)


def test_on_a_board_behind_a_port(tmp_path: Path) -> None:
    with pty_board(tmp_path, 5) as board:
        assert f"{TESTS} passed" in run(str(board.port))
