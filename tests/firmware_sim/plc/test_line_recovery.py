"""How the coordinator brings stations back, and whom it leaves alone."""

from __future__ import annotations

import pytest

from firmware_sim.plc.line import AIR_OK, COOLING_OK, MAINS_OK, OIL_OK
from protocols.packml import Command, Mode, State
from protocols.reasons import Reason
from protocols.stations.images import ANDON, GOOD, LINK
from tests.firmware_sim.plc.line_bench import NUMBERS, RUNNING, LineBench


# ---- recovery
def test_a_station_whose_guard_was_opened_comes_back_when_it_is_closed() -> None:
    bench = LineBench().producing().guard(2, closed=False).pass_s(30)
    assert bench.states[2] is State.ABORTED
    assert bench.line.state is State.EXECUTE, "the others go on"
    assert {bench.states[n] for n in (1, 4, 12)} <= RUNNING
    assert bench.guard(2, closed=True).pass_s(3).states[2] in RUNNING
    assert bench.units[2].reason == Reason.NONE


def test_a_station_stays_aborted_for_two_seconds_at_least() -> None:
    bench = LineBench().producing().guard(2, closed=False).pass_s(0.1).guard(2, closed=True).pass_s(1.85)
    assert bench.states[2] is State.ABORTED
    assert bench.pass_s(0.3).states[2] is not State.ABORTED


def test_a_station_that_lost_its_board_goes_on_when_it_is_back() -> None:
    bench = LineBench().producing()
    bench.status[4] &= ~LINK
    assert bench.pass_s(10).states[4] is State.HELD
    bench.status[4] |= LINK
    assert bench.pass_s(5).states[4] in RUNNING


def test_a_station_that_lost_its_board_and_tripped_begins_anew() -> None:
    bench = LineBench().producing()
    bench.status[4] &= ~LINK
    bench.pass_s(10)
    bench.tripped[4] = True
    bench.status[4] |= LINK
    assert bench.pass_s(10).states[4] in RUNNING
    assert State.RESETTING in bench.course(4)[6:]


def test_a_station_with_a_fault_waits_for_people() -> None:
    """A step has timed out: the stack light calls, nothing is tried again before the guard was opened and closed."""
    bench = LineBench().producing()
    bench.status[2] |= 1 | GOOD | 1 << 28
    bench.pass_s(20)
    assert bench.states[2] is State.HELD
    assert bench.units[2].reason >= Reason.STEP_TIMEOUT
    assert bench.units[2].command & ANDON
    assert bench.pass_s(120).states[2] is State.HELD
    bench.status[2] &= 0xFFFE
    bench.guard(2, closed=False).pass_s(60).guard(2, closed=True).pass_s(10)
    assert bench.states[2] in RUNNING
    assert not bench.units[2].command & ANDON


def test_without_automatic_recovery_nothing_comes_back() -> None:
    bench = LineBench().producing()
    bench.line.auto_recovery = False
    bench.guard(2, closed=False).pass_s(5).guard(2, closed=True).pass_s(60)
    assert bench.states[2] is State.ABORTED
    bench.line.auto_recovery = True
    assert bench.pass_s(5).states[2] in RUNNING


def test_a_station_that_an_operator_holds_is_left_alone() -> None:
    bench = LineBench().producing().hold(4).pass_s(120)
    assert bench.states[4] is State.HELD
    assert bench.units[4].reason == Reason.OPERATOR
    bench.units[4].detained = False
    bench.units[4].ask(Command.UNHOLD, Reason.OPERATOR)
    assert bench.pass_s(3).states[4] in RUNNING


@pytest.mark.parametrize("command", [Command.STOP, Command.ABORT])
def test_a_station_that_an_operator_stopped_is_left_alone(command: Command) -> None:
    bench = LineBench().producing()
    bench.units[4].detained = True
    bench.units[4].ask(command, Reason.OPERATOR)
    assert bench.pass_s(120).states[4] in {State.STOPPED, State.ABORTED}


def test_a_command_for_the_whole_line_includes_the_station_that_an_operator_held() -> None:
    bench = LineBench().producing().hold(4).pass_s(5).ask(Command.HOLD).until(State.HELD)
    bench.ask(Command.UNHOLD).pass_s(3)
    assert bench.states[4] in RUNNING
    bench.guard(4, closed=False).pass_s(5).guard(4, closed=True)
    assert bench.pass_s(5).states[4] in RUNNING, "the line looks after it again"


def test_unhold_of_the_line_leaves_a_station_with_a_fault_held() -> None:
    bench = LineBench().producing()
    bench.status[2] |= 1 | GOOD | 1 << 28
    bench.pass_s(20).ask(Command.HOLD).until(State.HELD).ask(Command.UNHOLD).until(State.EXECUTE).pass_s(5)
    assert bench.states[2] is State.HELD
    assert bench.units[2].reason >= Reason.STEP_TIMEOUT
    assert {bench.states[n] for n in (1, 4, 12)} <= RUNNING


def test_a_station_with_an_open_guard_does_not_keep_the_line_from_starting_and_joins_it_later() -> None:
    bench = LineBench().guard(2, closed=False).scan().ask(Command.CLEAR).until(State.STOPPED, at_most_s=5)
    bench.ask(Command.RESET).until(State.IDLE).ask(Command.START).until(State.EXECUTE).pass_s(5)
    assert bench.states[2] is State.ABORTED
    assert bench.conveying == {1, 4, 12}
    bench.guard(2, closed=True).pass_s(5)
    assert bench.states[2] in RUNNING
    assert bench.conveying == set(NUMBERS)


def test_a_station_without_its_board_is_not_asked_to_start_again_and_again() -> None:
    bench = LineBench().idle()
    bench.status[4] &= ~LINK
    bench.ask(Command.START).until(State.EXECUTE).pass_s(5)
    assert bench.states[4] is State.IDLE
    assert not bench.units[4].refused
    bench.status[4] |= LINK
    assert bench.pass_s(1).states[4] in RUNNING


@pytest.mark.parametrize("mode", [Mode.MAINTENANCE, Mode.MANUAL])
def test_a_station_in_maintenance_is_not_moved_by_the_line(mode: Mode) -> None:
    bench = LineBench().producing().guard(2, closed=False).pass_s(5)
    bench.units[2].change_mode(bench.now, mode)
    bench.guard(2, closed=True).pass_s(60)
    assert bench.states[2] is State.ABORTED
    bench.ask(Command.STOP).until(State.STOPPED).ask(Command.RESET).until(State.IDLE).ask(Command.START).pass_s(5)
    assert bench.states[2] is State.ABORTED
    assert bench.line.state is State.EXECUTE
    bench.units[2].change_mode(bench.now, Mode.PRODUCE)
    assert bench.pass_s(6).states[2] in RUNNING


def test_a_station_in_maintenance_is_stopped_with_the_line_all_the_same() -> None:
    bench = LineBench().idle()
    bench.units[2].change_mode(bench.now, Mode.MAINTENANCE)
    assert bench.ask(Command.STOP).pass_s(1).states[2] is State.STOPPED
    assert bench.ask(Command.RESET).pass_s(5).states[2] is State.STOPPED, "homing would move it"


# ---- supplies
@pytest.mark.parametrize(
    ("supply", "stations"),
    [(AIR_OK, set(NUMBERS)), (MAINS_OK, set(NUMBERS)), (OIL_OK, {2}), (COOLING_OK, {4})],
    ids=["air", "mains", "oil", "cooling"],
)
def test_a_missing_supply_holds_who_needs_it_and_no_one_else(supply: int, stations: set[int]) -> None:
    bench = LineBench().producing().supply(supply, there=False).pass_s(30)
    assert {n for n, state in bench.states.items() if state is State.HELD} == stations
    assert {bench.units[n].reason for n in stations} == {Reason.UTILITY}
    assert bench.line.state is State.EXECUTE
    bench.supply(supply, there=True)
    assert set(bench.pass_s(1).states.values()) <= RUNNING


def test_a_short_interruption_holds_for_two_seconds_at_least() -> None:
    bench = LineBench().producing().supply(OIL_OK, there=False).pass_s(0.1).supply(OIL_OK, there=True)
    assert bench.pass_s(1.5).states[2] is State.HELD
    assert bench.pass_s(1).states[2] in RUNNING


def test_a_station_is_not_cleared_while_its_supply_is_missing() -> None:
    bench = LineBench().producing().guard(2, closed=False).supply(OIL_OK, there=False).pass_s(5)
    assert bench.guard(2, closed=True).pass_s(60).states[2] is State.ABORTED
    assert bench.supply(OIL_OK, there=True).pass_s(10).states[2] in RUNNING


def test_a_supply_that_fails_while_a_station_is_on_its_way_holds_it_as_soon_as_it_runs() -> None:
    bench = LineBench().producing().hold(2).pass_s(1)
    bench.units[2].detained = False
    bench.units[2].ask(Command.UNHOLD, Reason.OPERATOR)
    bench.scan().supply(OIL_OK, there=False).pass_s(1)
    assert bench.states[2] is State.HELD
    assert bench.units[2].reason == Reason.UTILITY
