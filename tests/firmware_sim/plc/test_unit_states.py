"""The PackML state machine of a unit: the whole table, the ends of the acting states, refusals, modes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from firmware_sim.plc.clockwork import MAINTENANCE
from firmware_sim.plc.unit import LOG_MODE, LOG_REASON, LOG_STATE, LOG_STEP
from protocols.packml import Command, Mode, State, accepts
from protocols.reasons import Reason
from protocols.stations.images import ACKNOWLEDGE, ANDON, LINK, SAFETY_OK, TRIPPED
from tests.firmware_sim.plc.unit_bench import CLAMP, ROOM, WAIT, WARM, WORK, UnitBench

Way = Callable[[UnitBench], UnitBench]


def _starved(bench: UnitBench) -> UnitBench:
    return bench.started().until(State.SUSPENDED)


#: A way to each state: afterwards the unit has just entered it.
WAYS: dict[State, Way] = {
    State.ABORTED: lambda b: b.scan(),
    State.CLEARING: lambda b: b.ask(Command.CLEAR).scan(),
    State.STOPPED: lambda b: b.stopped(),
    State.RESETTING: lambda b: b.stopped().ask(Command.RESET).scan(),
    State.IDLE: lambda b: b.idle(),
    State.STARTING: lambda b: b.idle().ask(Command.START).scan(),
    State.EXECUTE: lambda b: b.started(),
    State.SUSPENDING: lambda b: b.started().until(State.SUSPENDING),
    State.SUSPENDED: _starved,
    State.UNSUSPENDING: lambda b: _starved(b).inputs("pallet_present", WORK).scan(),
    State.HOLDING: lambda b: b.started().ask(Command.HOLD).scan(),
    State.HELD: lambda b: b.started().ask(Command.HOLD).until(State.HELD),
    State.UNHOLDING: lambda b: b.started().ask(Command.HOLD).until(State.HELD).ask(Command.UNHOLD).scan(),
    State.COMPLETING: lambda b: b.started().ask(Command.COMPLETE).scan(),
    State.COMPLETE: lambda b: b.started().ask(Command.COMPLETE).until(State.COMPLETE),
    State.STOPPING: lambda b: b.started().ask(Command.STOP).scan(),
    State.ABORTING: lambda b: b.started().ask(Command.ABORT).scan(),
}
COMMANDS = [command for command in Command if command is not Command.NONE]

#: Where the acting states end when nothing happens, and within what time.
ENDS = {
    State.CLEARING: (State.STOPPED, 10),
    State.RESETTING: (State.IDLE, 310),
    State.STARTING: (State.EXECUTE, 10),
    State.SUSPENDING: (State.SUSPENDED, 10),
    State.UNSUSPENDING: (State.EXECUTE, 10),
    State.HOLDING: (State.HELD, 10),
    State.UNHOLDING: (State.EXECUTE, 10),
    State.COMPLETING: (State.COMPLETE, 10),
    State.STOPPING: (State.STOPPED, 10),
    State.ABORTING: (State.ABORTED, 10),
}
LASTING = set(WAYS) - set(ENDS) - {State.EXECUTE, State.SUSPENDED}


def _in(state: State) -> UnitBench:
    bench = WAYS[state](UnitBench())
    assert bench.state is state
    return bench


def test_every_state_but_undefined_can_be_reached() -> None:
    assert set(WAYS) == set(State) - {State.UNDEFINED}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
@pytest.mark.parametrize("state", WAYS, ids=lambda s: s.name)
def test_every_command_in_every_state(state: State, command: Command) -> None:
    bench = _in(state).ask(command).scan()
    goal = accepts(state, command)
    assert bench.state is (state if goal is None else goal)
    assert bench.unit.refused == (goal is None)


@pytest.mark.parametrize(("state", "end"), ENDS.items(), ids=lambda x: getattr(x, "name", ""))
def test_every_acting_state_ends(state: State, end: tuple[State, int]) -> None:
    following, within_ms = end
    bench = _in(state)
    for _ in range(within_ms // 10 - 1):
        assert bench.scan().state is state
    assert bench.scan().state is following


@pytest.mark.parametrize("state", LASTING, ids=lambda s: s.name)
def test_every_lasting_state_lasts(state: State) -> None:
    bench = _in(state)
    assert bench.pass_ms(60_000).state is state


def test_a_refusal_shows_until_a_command_is_taken() -> None:
    bench = UnitBench().ask(Command.START).scan()
    assert bench.pass_ms(1_000).unit.refused
    assert not bench.ask(Command.CLEAR).scan().unit.refused


def test_states_are_logged_in_order() -> None:
    bench = UnitBench().started()
    course = [State.CLEARING, State.STOPPED, State.RESETTING, State.IDLE, State.STARTING, State.EXECUTE]
    assert bench.logged(LOG_STATE) == course


# ---- clearing
def test_only_clearing_acknowledges_the_board() -> None:
    for state in WAYS:
        assert bool(_in(state).unit.command & ACKNOWLEDGE) == (state is State.CLEARING), state


def test_clearing_waits_for_the_board_to_leave_its_trip() -> None:
    bench = UnitBench().having(TRIPPED).ask(Command.CLEAR).pass_ms(1_900)
    assert bench.state is State.CLEARING
    assert bench.without(TRIPPED).scan().state is State.STOPPED


def test_clearing_gives_up_after_two_seconds() -> None:
    bench = UnitBench().having(TRIPPED).ask(Command.CLEAR).scan()
    entered = bench.now
    bench.until(State.ABORTING)
    assert bench.now - entered == 2_000_000
    assert bench.until(State.ABORTED).pass_ms(10_000).state is State.ABORTED


# ---- resetting
def test_resetting_gives_the_outputs_that_lead_home() -> None:
    assert _in(State.RESETTING).on == {"gas_valve"}


def test_the_home_position_must_show_for_a_while() -> None:
    bench = _in(State.RESETTING).inputs("clamped").pass_ms(5_000)
    assert bench.state is State.RESETTING
    bench.inputs().pass_ms(200).inputs("clamped").scan().inputs().pass_ms(200)
    assert bench.state is State.RESETTING
    assert bench.pass_ms(120).state is State.IDLE


def test_a_home_position_that_never_comes_aborts_and_calls_the_crew() -> None:
    bench = _in(State.RESETTING).inputs("clamped")
    entered = bench.now
    bench.until(State.ABORTING)
    assert bench.now - entered == 25_000_000
    assert bench.reason == Reason.HOMING
    assert bench.unit.command & ANDON


def test_after_resetting_the_sequence_begins_at_its_first_step() -> None:
    bench = UnitBench().working(CLAMP).ask(Command.ABORT).until(State.ABORTED).inputs("", 0)
    assert bench.unit.index == CLAMP
    assert bench.idle().unit.index == WAIT
    assert bench.logged(LOG_STEP)[-1] == WAIT


# ---- start interlock
@pytest.mark.parametrize(
    ("without", "having", "bits"),
    [(0, 0, 0), (SAFETY_OK, 0, 1), (LINK, 0, 2), (0, TRIPPED, 4), (SAFETY_OK | LINK, TRIPPED, 7)],
)
def test_the_start_interlock_says_why_not(without: int, having: int, bits: int) -> None:
    bench = UnitBench().idle().without(without).having(having)
    bench.scan()
    assert bench.unit.start_interlock == bits


def test_start_is_refused_without_the_board() -> None:
    bench = UnitBench().idle().without(LINK).scan().ask(Command.START).scan()
    assert bench.state is State.IDLE
    assert bench.unit.refused


# ---- modes
@pytest.mark.parametrize("state", WAYS, ids=lambda s: s.name)
def test_the_mode_changes_only_where_the_unit_stands(state: State) -> None:
    bench = _in(state)
    bench.unit.change_mode(bench.now, Mode.MAINTENANCE)
    stands = state in (State.STOPPED, State.IDLE, State.ABORTED)
    assert bench.unit.mode == (Mode.MAINTENANCE if stands else Mode.PRODUCE)
    assert bench.unit.refused == (not stands)
    assert bench.logged(LOG_MODE) == ([Mode.MAINTENANCE] if stands else [])


def test_outside_produce_mode_nothing_is_started() -> None:
    bench = UnitBench().idle()
    bench.unit.change_mode(bench.now, Mode.MANUAL)
    assert bench.unit.start_interlock == 8
    assert bench.ask(Command.START).scan().state is State.IDLE
    assert bench.unit.refused
    bench.unit.change_mode(bench.now, Mode.PRODUCE)
    assert bench.ask(Command.START).scan().state is State.STARTING


def test_time_outside_produce_mode_is_maintenance() -> None:
    bench = UnitBench().idle()
    bench.unit.change_mode(bench.now, Mode.MAINTENANCE)
    begin = bench.now
    bench.pass_ms(5_000)
    assert bench.unit.clockwork.total(bench.now, MAINTENANCE) == bench.now - begin
    bench.unit.change_mode(bench.now, Mode.PRODUCE)
    booked = bench.now - begin
    assert bench.unit.clockwork.total(bench.pass_ms(5_000).now, MAINTENANCE) == booked


def test_the_same_mode_again_is_no_change() -> None:
    bench = UnitBench()
    bench.unit.change_mode(0, Mode.PRODUCE)
    assert not bench.unit.refused
    assert bench.logged(LOG_MODE) == []


# ---- whose command it was
@pytest.mark.parametrize("reason", [Reason.OPERATOR, Reason.LINE, Reason.UTILITY])
@pytest.mark.parametrize("command", [Command.HOLD, Command.STOP, Command.ABORT])
def test_the_stop_reason_tells_who_commanded(command: Command, reason: Reason) -> None:
    bench = UnitBench().started().ask(command, reason).scan()
    assert bench.reason == reason
    assert bench.logged(LOG_REASON) == [reason]
    assert not bench.unit.command & ANDON, "a command is no call for help"
    assert bench.unit.failures == 0


@pytest.mark.parametrize(
    ("command", "back"),
    [(Command.HOLD, Command.UNHOLD), (Command.STOP, Command.RESET), (Command.ABORT, Command.CLEAR)],
)
def test_the_way_back_clears_the_reason(command: Command, back: Command) -> None:
    bench = UnitBench().started().ask(command).pass_ms(100)
    assert bench.reason == Reason.OPERATOR
    assert bench.ask(back).scan().reason == Reason.NONE


# ---- suspended
def test_a_unit_that_waits_for_others_is_suspended_after_a_moment_and_goes_on_by_itself() -> None:
    bench = UnitBench().started()
    entered = bench.now
    bench.until(State.SUSPENDING)
    assert bench.now - entered == 2_000_000
    bench.until(State.SUSPENDED).pass_ms(60_000).inputs("pallet_present outfeed_clear", WORK)
    assert bench.scan().state is State.UNSUSPENDING
    assert bench.until(State.EXECUTE).until_step(CLAMP).on == {"clamp"}
    assert bench.reason == Reason.NONE


def test_a_commanded_suspend_lasts_until_unsuspend() -> None:
    bench = UnitBench().working(CLAMP).ask(Command.SUSPEND).until(State.SUSPENDED)
    bench.inputs("pallet_present clamped").pass_ms(60_000)
    assert bench.state is State.SUSPENDED
    assert bench.ask(Command.UNSUSPEND).scan().state is State.UNSUSPENDING
    assert bench.until(State.EXECUTE).until_step(CLAMP + 1).state is State.EXECUTE


def test_a_commanded_suspend_in_a_waiting_step_lasts_too() -> None:
    bench = UnitBench().started().ask(Command.SUSPEND).until(State.SUSPENDED)
    assert bench.inputs("pallet_present", WORK).pass_ms(60_000).state is State.SUSPENDED
    bench.ask(Command.UNSUSPEND).until(State.EXECUTE)
    bench.inputs("outfeed_clear", 0).until(State.SUSPENDED)
    assert bench.inputs("pallet_present", WORK).scan().state is State.UNSUSPENDING, "the next wait ends by itself"


def test_a_commanded_suspend_within_the_work_gives_only_what_holds_the_work() -> None:
    bench = UnitBench().working(CLAMP + 1)
    assert bench.on == {"clamp", "gas_valve"}
    for _ in range(3):
        assert bench.ask(Command.SUSPEND).until(State.SUSPENDED).on == {"clamp"}
        assert bench.ask(Command.UNSUSPEND).until(State.EXECUTE).on == {"clamp", "gas_valve"}


def test_a_suspended_unit_keeps_the_outputs_of_its_waiting_step() -> None:
    bench = UnitBench().started().inputs("pallet_present", WORK ^ (1 << 28)).until_step(ROOM).until(State.SUSPENDED)
    assert bench.unit.step.waits == 2
    assert bench.on == set()


def test_an_abort_at_work_keeps_the_part_clamped() -> None:
    assert "clamp" in UnitBench().working(WARM).ask(Command.ABORT).until(State.ABORTED).on


@pytest.mark.parametrize("leave", [Command.STOP, Command.ABORT])
def test_what_was_let_go_stays_so_when_the_unit_is_aborted_again(leave: Command) -> None:
    """Stopped or cleared, the clamp has opened: an abort does not close it on somebody's hand, nor one while homing."""
    bench = UnitBench().working(WARM).ask(leave).until(State.STOPPED if leave is Command.STOP else State.ABORTED)
    if leave is Command.ABORT:
        bench.stopped()
    assert "clamp" not in bench.on
    assert "clamp" not in bench.ask(Command.ABORT).until(State.ABORTED).on
    bench.stopped().ask(Command.RESET).until(State.RESETTING)
    assert "clamp" not in bench.ask(Command.ABORT).until(State.ABORTED).on
