"""File 60: what no register tells of the boards of a running plant."""

from __future__ import annotations

from protocols.records.board_rows import BOARDS_FILE, ROW_WORDS, BoardRow, read_row
from sector7.faults.fault import make
from sector7.masters.bulk import PlantFiles
from sector7.rig.rig import Rig
from tests.sector7.boards.test_serial_boards import serial
from tests.sector7.real_time import CASTLE, with_serial


def rows(rig: Rig) -> list[BoardRow]:
    files = PlantFiles(rig)
    head = files.read(BOARDS_FILE, 0, 2)
    assert head == [12, ROW_WORDS]
    found = [files.read(BOARDS_FILE, 2 + ROW_WORDS * place, ROW_WORDS) for place in range(12)]
    assert files.read(BOARDS_FILE, 2 + ROW_WORDS * 12, 1) is None
    return [read_row(words) for words in found if words is not None]


def test_simulated_boards_have_nothing_to_tell() -> None:
    assert rows(Rig(CASTLE, 1)) == [BoardRow(n) for n in range(1, 13)]


def test_a_real_board_has_a_port_and_real_sensors() -> None:
    recipe = with_serial({5: serial("/dev/ttyACM7", sensors={"clamped": "pin", "press_force": "pin"})})
    row = rows(Rig(recipe, 1))[4]
    assert row == BoardRow(5, 1 << 2 | 1 << 7, port="/dev/ttyACM7")


def test_the_place_for_a_board_that_is_not_fitted_has_a_port() -> None:
    row = rows(Rig(with_serial({5: serial("/dev/ttyACM7")}, fitted=False), 1))[4]
    assert (row.port, row.pins) == ("/dev/ttyACM7", 0)


def test_a_board_whose_firmware_is_refused_says_why() -> None:
    rig = Rig(CASTLE, 1)
    rig.run(1_000_000)
    rig.faults.inject(rig.now, make("wrong_firmware", "ST05", {}), "a test")
    rig.run(2_000_000)
    assert [row.problem for row in rows(rig)[3:6]] == ["", "its firmware is for another register layout", ""]
