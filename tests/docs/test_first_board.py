"""The page for the first board: its commands do on the emulated board what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from hil.board_process import Terminals, emulated
from hil.profile_image import profile_words
from hil.pty_board import PtyBoard
from protocols.stations.io_table import MACHINING
from tests.hil.toolbox import need_emulator, without

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "first-board.md").read_text("utf-8")
CLAMP = 0b00100
#: Inputs when D2 and D5 are connected to ground, and when nothing is.
JUMPERS, NOTHING = 0x44, 0x00


def commands(step: int) -> list[str]:
    """The shell lines of a step."""
    part = PAGE.partition(f"\n## {step}. ")[2].partition("\n## ")[0]
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def values(board: PtyBoard, line: str) -> list[int]:
    """Run a line of the page against the board; answers the values that it shows."""
    here = line.replace("/dev/ttyACM0", str(board.port)).replace(".venv/bin/sector7", f"{sys.executable} -m sector7")
    said = subprocess.run(["sh", "-c", here], capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 0, f"{line}: {said.stdout}{said.stderr}"
    return [int(shown) for shown in re.findall(r"^\[\d+\]:\s+(\d+)", said.stdout, re.MULTILINE)]


def test_every_command_does_what_the_page_says(tmp_path: Path) -> None:
    need_emulator()
    if shutil.which("mbpoll") is None:
        without("mbpoll")
    blank = tmp_path / "eeprom.bin"
    blank.write_bytes(b"\xff" * 1024)
    with PtyBoard(emulated(blank), Terminals(inputs=NOTHING)) as board:
        quiet, hello = commands(2)
        values(board, quiet)
        assert values(board, hello)[2] == 256
        assign, read_back, check = commands(3)
        values(board, assign)
        assert values(board, read_back) == list(profile_words(MACHINING))
        board.terminals.inputs = JUMPERS
        values(board, f"{check} --rtt-limit 1000")  # how fast the machine is that runs this shall not matter
        look, lower, move = commands(4)
        values(board, look)
        values(board, "sleep 0.1")
        bits = values(board, look)
        assert (bits[2], bits[6], bits[14]) == (1, 1, 1)
        values(board, lower)
        values(board, move)
        assert board.last is not None
        assert board.last.outputs & CLAMP
        values(board, "sleep 0.3")
        assert board.last.outputs & CLAMP
    with PtyBoard(emulated(blank), Terminals(inputs=JUMPERS)) as again:
        assert values(again, read_back) == list(profile_words(MACHINING))


def test_the_steps_that_nothing_tests_are_named() -> None:
    untested = [line for line in PAGE.splitlines() if line.startswith("## ") and " in CI" in line]
    assert [line[3] for line in untested] == ["1", "5"]
    assert "make flash PORT=/dev/ttyACM0" in PAGE
