"""A line in a test's hands: values in units and words, expectations that say what was wrong."""

from __future__ import annotations

import pytest

from protocols.packml import State
from sector7 import recipe as recipes
from sector7.rig.rig import Rig
from sector7.testing.expectation import UnknownName, WrongValue
from sector7.testing.fitting import fitted_line
from sector7.testing.line import LineUnderTest
from sector7.usage import UsageError
from tests.hil.toolbox import need_emulator


@pytest.fixture
def line() -> LineUnderTest:
    return LineUnderTest(Rig(recipes.load("castle"), 7))


def test_values_are_read_in_their_units_and_in_words(line: LineUnderTest) -> None:
    line.run(60)
    assert line.now == 60.0
    assert line.read("Line.SimulatedTime") == 60_000_000
    assert line.read("ST05.StateCurrent") == State.EXECUTE
    assert line.text("ST05.StateCurrent") == "Execute"
    assert line.read("ST05.SafetyOk") is True
    assert line.text("ST05.SafetyOk") == "on"
    assert line.read("ST05.joint_force_sp") == 16.0
    assert line.text("ST05.joint_force_sp") == "16.0 kN"
    assert line.read("ST05.Board.watchdog") == 5


def test_an_expectation_runs_the_line_no_further_than_it_must(line: LineUnderTest) -> None:
    line.expect("Line.StateCurrent", "Execute", within=60)
    reached = line.now
    assert 0 < reached < 60
    line.expect("Line.StateCurrent", State.EXECUTE)
    assert line.now == reached


def test_a_failure_names_tag_expected_time_and_got(line: LineUnderTest) -> None:
    line.run(60)
    with pytest.raises(AssertionError) as told:
        line.expect("ST05.StateCurrent", "Held", within=0.5)
    assert str(told.value) == (
        "ST05.StateCurrent: expected Held within 0.5 s of plant time, got Suspended (at 60.50 s)"
    )
    with pytest.raises(AssertionError) as told:
        line.expect("ST05.joint_force_sp", above=17.0, below=20.0)
    assert str(told.value) == (
        "ST05.joint_force_sp: expected at least 17.0 kN and at most 20.0 kN, got 16.0 kN (at 60.50 s)"
    )


def test_commands_and_set_points_are_taken_at_the_next_scan(line: LineUnderTest) -> None:
    line.run(60)
    line.command("ST05", "Hold")
    line.write("ST05.joint_force_sp", 18.5)
    line.expect("ST05.StateCurrent", "Held", within=10)
    line.expect("ST05.joint_force_active", 18.5, within=5)
    station = line.station(5)
    station.command("Unhold")
    station.expect("StateCurrent", "Execute", within=10)


@pytest.mark.parametrize(
    ("tag", "value", "says"),
    [
        ("ST05.joint_force_sp", 30, "ST05.joint_force_sp: 30 is not within 8.0 kN to 25.0 kN"),
        ("ST05.StateCurrent", 6, "ST05.StateCurrent: 6 is not a thing to write: the plc gives this tag its value"),
        ("ST05.CntrlCmd", "Fly", "ST05.CntrlCmd: 'Fly' is not one of .*Hold"),
    ],
)
def test_what_cannot_be_written_is_refused_and_changes_nothing(
    line: LineUnderTest, tag: str, value: float | str, says: str
) -> None:
    before = line.read(tag)
    with pytest.raises(WrongValue, match=says):
        line.write(tag, value)
    assert line.read(tag) == before


def test_unknown_names_are_told_with_those_that_are_near(line: LineUnderTest) -> None:
    with pytest.raises(UnknownName, match=r"no tag 'ST05\.StateCurent': did you mean ST05\.StateCurrent"):
        line.read("ST05.StateCurent")
    with pytest.raises(UnknownName, match="no station '13'"):
        line.station(13)
    with pytest.raises(WrongValue, match="something to expect"):
        line.expect("Line.OEE")


def test_lines_are_fitted_as_asked_and_the_trace_is_the_same() -> None:
    need_emulator()
    hashes = set()
    for target, station in (("simulated", None), ("emulated", 5)):
        with fitted_line(target, "castle", 7, station) as line:
            line.run(40)
            hashes.add(line.trace_sha256)
    assert len(hashes) == 1
    with pytest.raises(UnknownName, match="no station '13'"), fitted_line("simulated", "castle", 7, 13):
        pass
    with pytest.raises(UsageError, match="one board for all"), fitted_line("/dev/ttyX", "castle", 7, None):
        pass
    with pytest.raises(UsageError, match="'nonsense' is not simulated"), fitted_line("nonsense", "castle", 7, 5):
        pass
