"""The line coordinator: commands for all stations, infeeds, start-up, emergency stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from protocols.packml import Command, State, accepts
from protocols.reasons import Reason
from protocols.stations.images import LINK
from tests.firmware_sim.plc.line_bench import NUMBERS, RUNNING, LineBench

COMMANDS = [command for command in Command if command is not Command.NONE]

Way = Callable[[LineBench], LineBench]

#: A way to each state of the line: afterwards it has just entered it.
WAYS: dict[State, Way] = {
    State.ABORTED: lambda b: b.scan(),
    State.CLEARING: lambda b: b.scan().ask(Command.CLEAR).scan(),
    State.STOPPED: lambda b: b.scan().ask(Command.CLEAR).until(State.STOPPED),
    State.RESETTING: lambda b: WAYS[State.STOPPED](b).ask(Command.RESET).scan(),
    State.IDLE: lambda b: b.idle(),
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
