"""The line coordinator: commands for all stations, start-up, recovery, supplies, orders, emergency stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from firmware_sim.line import AIR_OK, COOLING_OK, MAINS_OK, OIL_OK
from protocols.images import ANDON, GOOD, LINK
from protocols.io_table import PACK_OUT
from protocols.packml import Command, Mode, State, accepts
from protocols.reasons import Reason
from tests.firmware_sim.line_bench import NUMBERS, LineBench

RUNNING = {State.EXECUTE, State.SUSPENDED}
COMMANDS = [command for command in Command if command is not Command.NONE]

Way = Callable[[LineBench], LineBench]

#: A way to each state of the line: afterwards it has just entered it.
WAYS: dict[State, Way] = {
    State.ABORTED: lambda b: b.scan(),
    State.CLEARING: lambda b: b.scan().ask(Command.CLEAR).scan(),
    State.STOPPED: lambda b: b.scan().ask(Command.CLEAR).until(State.STOPPED),
    State.RESETTING: lambda b: WAYS[State.STOPPED](b).ask(Command.RESET).scan(),
    State.IDLE: lambda b: WAYS[State.STOPPED](b).ask(Command.RESET).until(State.IDLE),
    State.STARTING: lambda b: WAYS[State.IDLE](b).ask(Command.START).scan(),
    State.EXECUTE: lambda b: b.producing(),
    State.HOLDING: lambda b: b.producing().ask(Command.HOLD).scan(),
    State.HELD: lambda b: b.producing().ask(Command.HOLD).until(State.HELD),
    State.UNHOLDING: lambda b: WAYS[State.HELD](b).ask(Command.UNHOLD).scan(),
    State.COMPLETING: lambda b: b.producing().ask(Command.COMPLETE).scan(),
    State.COMPLETE: lambda b: b.producing().ask(Command.COMPLETE).until(State.COMPLETE),
    State.STOPPING: lambda b: b.producing().ask(Command.STOP).scan(),
    State.ABORTING: lambda b: b.producing().ask(Command.ABORT).scan(),
}

#: Where the acting states of the line end, and the states of the stations then.
ENDS = {
    State.CLEARING: (State.STOPPED, {State.STOPPED}),
    State.RESETTING: (State.IDLE, {State.IDLE}),
    State.STARTING: (State.EXECUTE, RUNNING | {State.STARTING}),
    State.HOLDING: (State.HELD, {State.HELD}),
    State.UNHOLDING: (State.EXECUTE, RUNNING),
    State.COMPLETING: (State.COMPLETE, {State.COMPLETE}),
    State.STOPPING: (State.STOPPED, {State.STOPPED}),
    State.ABORTING: (State.ABORTED, {State.ABORTED}),
}


def _in(state: State) -> LineBench:
    bench = WAYS[state](LineBench())
    assert bench.line.state is state
    return bench


# ---- commands
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
@pytest.mark.parametrize("state", WAYS, ids=lambda s: s.name)
def test_every_command_in_every_state(state: State, command: Command) -> None:
    bench = _in(state)
    before = len(bench.course())
    bench.ask(command).scan()
    goal = accepts(state, command)
    if goal in {None, State.SUSPENDING, State.UNSUSPENDING}:
        assert bench.line.refused
        assert goal not in bench.course()[before:]
    else:
        assert not bench.line.refused
        assert bench.course()[before] is goal


@pytest.mark.parametrize("state", ENDS, ids=lambda s: s.name)
def test_every_acting_state_brings_the_stations_along_and_ends(state: State) -> None:
    following, stations = ENDS[state]
    bench = _in(state).until(following, at_most_s=5).scan()
    assert set(bench.states.values()) <= stations


def test_a_line_cannot_be_suspended_and_is_not_stuck_by_the_attempt() -> None:
    bench = LineBench().producing().ask(Command.SUSPEND).pass_s(1)
    assert bench.line.refused
    assert bench.line.state is State.EXECUTE
    assert not bench.ask(Command.HOLD).until(State.HELD).line.refused


@pytest.mark.parametrize(
    ("command", "reason"),
    [(Command.HOLD, Reason.OPERATOR), (Command.STOP, Reason.OPERATOR), (Command.ABORT, Reason.OPERATOR)],
)
def test_the_line_says_who_stopped_it_and_the_stations_that_it_was_the_line(command: Command, reason: Reason) -> None:
    bench = LineBench().producing().ask(command).pass_s(1)
    assert bench.line.reason == reason
    assert {unit.reason for unit in bench.units.values()} == {Reason.LINE}


def test_hold_and_unhold_pause_every_station() -> None:
    bench = LineBench().producing().ask(Command.HOLD).pass_s(30)
    assert set(bench.states.values()) == {State.HELD}
    bench.ask(Command.UNHOLD).pass_s(1)
    assert set(bench.states.values()) <= RUNNING
    assert bench.line.reason == Reason.NONE


# ---- infeeds
def test_infeeds_run_from_start_to_stop() -> None:
    bench = _in(State.IDLE).pass_s(5)
    assert bench.conveying == set()
    bench.ask(Command.START).until(State.EXECUTE).pass_s(1)
    assert bench.conveying == set(NUMBERS)
    assert bench.ask(Command.HOLD).until(State.HELD).pass_s(1).conveying == set(NUMBERS)
    assert bench.ask(Command.STOP).until(State.STOPPED).pass_s(1).conveying == set()


def test_stop_reaches_the_infeed_of_a_station_that_stands_already() -> None:
    bench = LineBench().producing()
    bench.units[2].detained = True
    bench.units[2].ask(Command.STOP, Reason.OPERATOR)
    assert 2 in bench.pass_s(5).conveying
    assert bench.ask(Command.STOP).until(State.STOPPED).pass_s(1).conveying == set()


# ---- start-up
def test_a_warm_line_starts_by_itself() -> None:
    bench = LineBench(boot=True).until(State.EXECUTE).pass_s(3)
    assert set(bench.states.values()) <= RUNNING
    assert not bench.line.boot


def test_a_dormant_line_waits() -> None:
    bench = LineBench().pass_s(60)
    assert bench.line.state is State.ABORTED
    assert not bench.line.supplies


def test_a_warm_line_waits_for_every_board() -> None:
    bench = LineBench(boot=True)
    bench.status[4] &= ~LINK
    assert bench.pass_s(30).line.state is State.ABORTED
    bench.status[4] |= LINK
    bench.until(State.EXECUTE)


@pytest.mark.parametrize("state", [State.CLEARING, State.STOPPED, State.RESETTING, State.IDLE])
def test_whoever_commands_during_the_start_has_taken_over(state: State) -> None:
    bench = LineBench(boot=True).until(state).ask(Command.ABORT).pass_s(60)
    assert bench.line.state is State.ABORTED


def test_supplies_run_from_the_first_reset_on() -> None:
    assert LineBench(boot=True).line.supplies
    bench = _in(State.STOPPED)
    assert not bench.line.supplies
    assert bench.ask(Command.RESET).scan().line.supplies
    assert bench.ask(Command.ABORT).until(State.ABORTED).line.supplies


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
    bench = _in(State.IDLE)
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
    bench = _in(State.IDLE)
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


# ---- orders
def test_an_order_ends_when_so_many_robots_are_packed() -> None:
    bench = LineBench().producing()
    bench.line.order(7, 2)
    bench.packing = True
    bench.until(State.COMPLETE, at_most_s=300)
    assert bench.line.order_done == 2
    assert bench.units[12].processed == 2
    assert set(bench.pass_s(5).states.values()) == {State.COMPLETE}


def test_scrap_is_not_packed() -> None:
    bench = LineBench().producing()
    bench.line.order(7, 1)
    bench.packing = True
    bench.units[12].setpoints.request(PACK_OUT.setpoint("mass_high"), 500)  # the scale reads 50.8 kg
    bench.pass_s(120)
    assert bench.units[12].defective == bench.units[12].processed >= 2
    assert bench.line.order_done == bench.line.rate(bench.now) == 0
    assert bench.line.state is State.EXECUTE


def test_a_line_without_an_order_goes_on_for_ever() -> None:
    bench = LineBench().producing()
    bench.packing = True
    assert bench.pass_s(180).line.order_done >= 3
    assert bench.line.state is State.EXECUTE


def test_a_new_order_counts_from_its_beginning() -> None:
    bench = LineBench().producing()
    bench.packing = True
    bench.pass_s(120)
    done = bench.line.order_done
    assert done >= 2
    bench.line.order(8, 50)
    assert bench.line.order_done == 0
    bench.line.order(9, 1)
    bench.until(State.COMPLETE, at_most_s=120)
    assert bench.units[12].processed == done + 1


def test_after_complete_the_same_order_is_run_again() -> None:
    bench = LineBench().producing()
    bench.line.order(7, 1)
    bench.packing = True
    bench.until(State.COMPLETE, at_most_s=120).ask(Command.RESET).until(State.IDLE).ask(Command.START)
    bench.until(State.EXECUTE).until(State.COMPLETE, at_most_s=120)
    assert bench.units[12].processed == 2


# ---- emergency stop
@pytest.mark.parametrize("state", [s for s in WAYS if s not in {State.ABORTED, State.ABORTING}], ids=lambda s: s.name)
def test_an_emergency_stop_aborts_from_everywhere_and_nothing_restarts(state: State) -> None:
    bench = _in(state).e_stop(True).scan()
    assert bench.line.state in {State.ABORTING, State.ABORTED}
    bench.until(State.ABORTED)
    assert set(bench.pass_s(1).states.values()) == {State.ABORTED}
    assert bench.line.reason == Reason.SAFETY
    assert bench.conveying == set()
    bench.e_stop(False).pass_s(120)
    assert bench.line.state is State.ABORTED
    assert set(bench.states.values()) == {State.ABORTED}


def test_clear_is_refused_while_the_emergency_stop_is_pressed() -> None:
    bench = LineBench().producing().e_stop(True).until(State.ABORTED).ask(Command.CLEAR).pass_s(1)
    assert bench.line.state is State.ABORTED
    assert bench.line.refused
    bench.e_stop(False).pass_s(1).ask(Command.CLEAR).until(State.STOPPED)
    assert bench.line.reason == Reason.NONE
    assert set(bench.states.values()) == {State.STOPPED}


@pytest.mark.parametrize("state", [State.ABORTED, State.CLEARING, State.RESETTING, State.STARTING])
def test_an_emergency_stop_during_the_warm_start_ends_it(state: State) -> None:
    bench = LineBench(boot=True).until(state).e_stop(True).pass_s(5).e_stop(False).pass_s(120)
    assert bench.line.state is State.ABORTED
    assert not bench.line.boot


def test_an_emergency_stop_that_is_pressed_from_the_beginning_keeps_a_warm_line_down() -> None:
    bench = LineBench(boot=True).e_stop(True).pass_s(5).e_stop(False).pass_s(120)
    assert bench.line.state is State.ABORTED


# ---- figures
def test_the_rate_is_that_of_the_last_hour() -> None:
    bench = LineBench().producing()
    bench.packing = True
    bench.pass_s(120)
    packed = bench.line.order_done
    assert bench.line.rate(bench.now) == packed
    last = bench.line.completions[-1]
    assert bench.line.rate(last + 3_600_000_000 - 1) == 1
    assert bench.line.rate(last + 3_600_000_000) == 0


def test_a_line_with_a_station_down_is_not_available() -> None:
    bench = LineBench().producing()
    began = bench.now
    before = bench.line.ratios(began).availability
    bench.hold(2).pass_s(30)
    down = bench.line.ratios(bench.now).availability
    assert down < before
    bench.units[2].detained = False
    bench.units[2].ask(Command.UNHOLD, Reason.OPERATOR)
    bench.pass_s(120)
    expected = 1000 * (bench.now - 30_000_000 - _standing(bench, began)) // bench.now
    assert abs(bench.line.ratios(bench.now).availability - expected) <= 1


def _standing(bench: LineBench, until: int) -> int:
    """How long a station was down before `until`: from power-up to clearing."""
    return min(t for t, log, value in bench.log if log == 64 + 32 and value == State.CLEARING and t < until)


def test_the_newest_fault_is_named() -> None:
    bench = LineBench().producing().guard(4, closed=False).pass_s(1)
    assert (bench.line.newest_station, bench.line.newest_reason) == (4, Reason.SAFETY)
    bench.supply(OIL_OK, there=False).pass_s(1)
    assert (bench.line.newest_station, bench.line.newest_reason) == (2, Reason.UTILITY)

