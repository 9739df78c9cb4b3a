"""`sector7 boards assign`."""

from __future__ import annotations

from pathlib import Path

from hil.profile_image import profile_words
from protocols.stations.io_table import BY_NUMBER
from sector7.board_check.bench_line import BenchLine
from tests.sector7.bench import pty_board
from tests.sector7.command_line import Command


def test_a_board_becomes_another_stations_for_good(command: Command, tmp_path: Path) -> None:
    with pty_board(tmp_path, 4, image=bytes(1024)) as board:
        port = str(board.port)
        done = command("boards", "assign", port, "7")
        assert done.out == f"{port}: was nobody's, is the board of station 7 now, slave 17\n"
        assert command("boards", "assign", port, "9").out.startswith(f"{port}: was of station 7, is the board of")
        line = BenchLine(port, 9)
        assert line.profile() == profile_words(BY_NUMBER[9])
        line.close()


def test_what_cannot_be_assigned_is_told(command: Command) -> None:
    assert command("boards", "assign", "emulated", "4").code == 2
    assert command("boards", "assign", "/dev/nowhere", "4").code == 3
    assert command("boards", "assign", "/dev/nowhere", "13").code == 2
