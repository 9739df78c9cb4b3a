"""Tests of one station, the same on a simulated board, on the emulated one and on a real one:

    pytest examples/test_my_station.py
    pytest examples/test_my_station.py --target emulated
    pytest examples/test_my_station.py --target /dev/ttyACM0

`station` is the joint assembly of the castle line, with its mechanisms, sensors and PLC program around the board.
`board` is its board alone on the bench. Time is plant time: nothing here waits for a clock on the wall.
"""

from __future__ import annotations

import pytest

from sector7.testing.board import BoardUnderTest
from sector7.testing.line import StationUnderTest

pytestmark = pytest.mark.sector7(station=5, recipe="castle", seed=7)


def test_it_seats_the_bearing_of_a_joint(station: StationUnderTest) -> None:
    station.expect("StateCurrent", "Execute", within=60)
    station.expect("Board.clamped", True, within=60)
    station.expect("press_force", above=15.0, within=30)
    station.expect("Board.press_home", True, within=10)


def test_a_pulled_cable_holds_it_until_the_cable_is_back(station: StationUnderTest) -> None:
    station.expect("StateCurrent", "Execute", within=60)
    station.cut_link()
    station.expect("LinkOk", False, within=0.1)
    station.expect("StateCurrent", "Held", within=5)
    assert station.text("StopReason") == "Board lost"
    station.mend_link()
    station.expect("StateCurrent", "Execute", within=10)


def test_the_press_needs_a_clamped_robot(board: BoardUnderTest) -> None:
    board.start("press_advance", "clamp")
    board.expect("clamp", "interlock", off=["press_advance"])
    board.set(clamped=True)
    board.expect("clamped", "interlock", off=["press_advance"], within=0.06)  # 30 ms of debounce: three exchanges
    board.command("clamp", acknowledge=True)
    board.exchange()
    board.command("press_advance", "clamp", acknowledge=True)  # what was withheld wants to be commanded anew
    board.expect("press_advance", off=["interlock"], within=0.02)


def test_it_lets_go_of_nothing_when_the_line_falls_silent(board: BoardUnderTest) -> None:
    board.set(clamped=True)
    board.run(0.1)
    board.start("infeed_motor", "clamp")
    board.expect("infeed_motor", "clamp")
    board.silence(exchanges=5)
    board.exchange()
    board.expect("clamp", "safe_state", "tripped", off=["infeed_motor"])
