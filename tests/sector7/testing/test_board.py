"""A board in a test's hands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sector7.testing.board import BoardUnderTest
from sector7.testing.expectation import UnknownName, WrongValue
from sector7.testing.fitting import fitted_board


@pytest.fixture
def board() -> Iterator[BoardUnderTest]:
    with fitted_board("simulated", 4) as fitted:
        yield fitted


def test_it_begins_as_after_a_start(board: BoardUnderTest) -> None:
    assert (board.now, board.outputs, board.position) == (0.0, frozenset(), 0)
    assert board.status == {"safety_ok", "in_position", "tripped"}


def test_inputs_counts_and_commands_are_seen_at_the_next_exchange(board: BoardUnderTest) -> None:
    board.set(clamped=True)
    board.set_counts(**{board.io.analogs[0].name: 700})
    board.run(0.1)
    board.start("clamp", "spindle")
    assert board.now == pytest.approx(0.14)
    board.command("clamp", "spindle", acknowledge=True, duty=700, target=1000, speed=500, limits=[600])
    board.expect("clamp", "spindle", f"at_{board.io.analogs[0].name}", within=0.06, duty=256, target=1000)
    board.expect(duty=700, within=0.5)
    board.expect("in_position", position=1000, within=5)
    board.set(safety_ok=False)
    board.expect("tripped", off=["spindle", "safety_ok"], within=0.06)


def test_a_failure_names_everything_that_is_wrong(board: BoardUnderTest) -> None:
    with pytest.raises(AssertionError) as told:
        board.expect("clamped", off=["tripped"], duty=5, within=0.1)
    assert str(told.value) == (
        "board of ST04: clamped: expected on, got off; tripped: expected off, got on; duty: expected 5, got 0 "
        "within 0.1 s of the board's time (at 0.10 s)"
    )


def test_silence_trips_it(board: BoardUnderTest) -> None:
    board.start("clamp", "coolant")
    board.silence(4)
    board.exchange()
    board.expect("clamp", off=["tripped"])
    board.silence(5)
    board.exchange()
    board.expect("tripped", "safe_state")


def test_wrong_names_and_values_are_refused(board: BoardUnderTest) -> None:
    with pytest.raises(UnknownName, match="no input 'clampd': did you mean clamped"):
        board.set(clampd=True)
    with pytest.raises(UnknownName, match="no output 'spindel': did you mean spindle"):
        board.command("spindel")
    with pytest.raises(UnknownName, match="no status or output 'nonsense'"):
        board.expect("nonsense")
    with pytest.raises(WrongValue, match="1024 is not 0 to 1023 counts"):
        board.set_counts(**{board.io.analogs[0].name: 1024})
    with pytest.raises(UnknownName, match="no reading 'positon': did you mean position"):
        board.expect(positon=3)
    with pytest.raises(WrongValue, match="duty: 65536 is not what the register takes"):
        board.command(duty=65536)
    with pytest.raises(UnknownName, match="no station '13'"), fitted_board("simulated", 13):
        pass
