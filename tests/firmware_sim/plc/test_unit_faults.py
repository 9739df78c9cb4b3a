"""What a fault does to a unit: which state it forces, which reason it leaves, whom it calls."""

from __future__ import annotations

import pytest

from firmware_sim.plc.unit import LOG_REASON
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.stations.images import ANDON, INTERLOCK, LINK, SAFE_STATE, SAFETY_OK, TRIPPED
from protocols.stations.io_table import WELD
from tests.firmware_sim.plc.test_unit_states import ENDS, WAYS
from tests.firmware_sim.plc.unit_bench import CLAMP, WAIT, WELD_ON, UnitBench

DOWN = {State.ABORTING, State.ABORTED}
#: A fault of the sequence matters while it runs or waits for others.
ACTIVE = {State.EXECUTE, State.SUSPENDING, State.SUSPENDED, State.UNSUSPENDING}
ROBOT_FAULT = WELD.status("robot_fault")

every_state = pytest.mark.parametrize("state", WAYS, ids=lambda s: s.name)


def _in(state: State) -> UnitBench:
    return WAYS[state](UnitBench())


def _unmoved(bench: UnitBench, state: State) -> None:
    """The scan went on as if nothing had happened."""
    assert bench.state in {state, ENDS[state][0]} if state in ENDS else bench.state is state
    assert bench.reason in {Reason.NONE, Reason.OPERATOR}


@every_state
def test_an_open_safety_chain_aborts_from_everywhere(state: State) -> None:
    bench = _in(state).without(SAFETY_OK).scan()
    if state in DOWN:
        _unmoved(bench, state)
    else:
        assert bench.state is State.ABORTING
        assert bench.until(State.ABORTED).reason in {Reason.SAFETY, Reason.OPERATOR}


@every_state
@pytest.mark.parametrize("bit", [TRIPPED, TRIPPED | SAFE_STATE])
def test_a_tripped_board_aborts_from_everywhere_but_clearing(state: State, bit: int) -> None:
    bench = _in(state).having(bit).scan()
    if state in DOWN:
        _unmoved(bench, state)
    elif state is State.CLEARING:
        assert bench.state is State.CLEARING
    else:
        assert bench.state is State.ABORTING
        assert bench.reason in {Reason.BOARD_TRIPPED, Reason.OPERATOR}


@every_state
def test_a_lost_board_holds_what_runs_and_aborts_what_moves_home(state: State) -> None:
    bench = _in(state).without(LINK).scan()
    if state in ACTIVE:
        assert bench.state is State.HOLDING
        assert bench.reason == Reason.BOARD_LOST
    elif state is State.RESETTING:
        assert bench.state is State.ABORTING
        assert bench.reason == Reason.BOARD_LOST
    else:
        _unmoved(bench, state)


@every_state
def test_a_board_interlock_aborts_what_runs(state: State) -> None:
    bench = _in(state).having(INTERLOCK).scan()
    if state in ACTIVE:
        assert bench.state is State.ABORTING
        assert bench.reason == Reason.INTERLOCK
        assert bench.unit.command & ANDON
    else:
        _unmoved(bench, state)


@every_state
def test_a_device_fault_holds_what_runs(state: State) -> None:
    bench = _in(state).having(ROBOT_FAULT).scan()
    if state in ACTIVE:
        assert bench.state is State.HOLDING
        assert bench.reason == Reason.DEVICE_FAULT
        assert bench.unit.command & ANDON
    else:
        _unmoved(bench, state)


# ---- steps that take too long
def test_a_step_that_times_out_holds_the_unit_names_the_step_and_calls() -> None:
    bench = UnitBench().working(CLAMP)
    entered = bench.now
    bench.until(State.HOLDING)
    assert bench.now - entered == 5_000_000, "the limit of the step"
    bench.until(State.HELD).pass_ms(60_000)
    assert bench.state is State.HELD
    assert bench.reason == Reason.STEP_TIMEOUT + CLAMP
    assert bench.unit.command & ANDON
    assert bench.unit.failures == 1


def test_unhold_goes_on_with_the_same_step_and_its_whole_limit() -> None:
    bench = UnitBench().working(CLAMP).until(State.HELD).ask(Command.UNHOLD).until(State.EXECUTE)
    assert bench.unit.index == CLAMP
    assert bench.reason == Reason.NONE
    assert not bench.unit.command & ANDON
    entered = bench.now
    bench.until(State.HOLDING)
    assert bench.now - entered == 5_000_000
    assert bench.unit.failures == 2


def test_a_condition_that_comes_in_time_is_no_timeout() -> None:
    bench = UnitBench().working(CLAMP).pass_ms(4_950).having(WELD.status("clamped")).pass_ms(100)
    assert bench.unit.index > CLAMP
    assert bench.state is State.EXECUTE


# ---- the first reason
def test_the_first_reason_is_kept_until_it_is_cleared() -> None:
    bench = UnitBench().working(CLAMP).until(State.HELD)
    bench.without(SAFETY_OK).until(State.ABORTED)
    assert bench.reason == Reason.STEP_TIMEOUT + CLAMP, "the guard was opened because of it"
    assert bench.unit.command & ANDON
    bench.having(SAFETY_OK).ask(Command.CLEAR).until(State.STOPPED)
    assert bench.reason == Reason.NONE
    assert bench.logged(LOG_REASON) == [Reason.STEP_TIMEOUT + CLAMP, Reason.NONE]


@pytest.mark.parametrize(
    ("bits", "reason"),
    [
        (SAFETY_OK | LINK, Reason.BOARD_LOST),  # a board that is not there tells nothing about its chain
        (SAFETY_OK, Reason.SAFETY),  # and its trip
        (0, Reason.BOARD_TRIPPED),  # and its interlock
    ],
)
def test_of_several_causes_the_one_behind_the_others_is_named(bits: int, reason: Reason) -> None:
    bench = UnitBench().started().without(bits).having(TRIPPED | INTERLOCK | ROBOT_FAULT).scan()
    assert bench.reason == reason


def test_only_what_needs_a_crew_calls_it() -> None:
    for bits in (SAFETY_OK, LINK):
        bench = UnitBench().started().without(bits).pass_ms(100)
        assert bench.reason
        assert not bench.unit.command & ANDON
        assert bench.unit.failures == 0


# ---- coming back
def test_clear_while_the_cause_lasts_ends_in_aborted_again() -> None:
    bench = UnitBench().started().without(SAFETY_OK).until(State.ABORTED)
    bench.ask(Command.CLEAR).scan()
    assert bench.scan().state is State.ABORTING
    assert bench.until(State.ABORTED).reason == Reason.SAFETY


@every_state
def test_the_end_of_a_fault_restarts_nothing(state: State) -> None:
    """Reset never restarts: Aborted stays Aborted, Held stays Held, however healthy everything is again."""
    for fault in (SAFETY_OK, LINK):
        bench = _in(state).without(fault).pass_ms(1_000).having(fault)
        stood = bench.state
        bench.pass_ms(60_000)
        if stood in {State.ABORTED, State.HELD, State.STOPPED}:
            assert bench.state is stood
            assert not bench.on - {"clamp"}


def test_a_unit_that_lost_its_board_goes_on_where_it_was() -> None:
    bench = UnitBench().working(WELD_ON).without(LINK).until(State.HELD).having(LINK)
    bench.ask(Command.UNHOLD).until(State.EXECUTE)
    assert bench.unit.index == WELD_ON
    assert bench.on == {"clamp", "gas_valve", "robot_start"}


def test_after_an_abort_the_work_is_begun_anew() -> None:
    bench = UnitBench().working(WELD_ON).without(SAFETY_OK).until(State.ABORTED)
    assert bench.on == {"clamp"}, "what holds the work stays as it is"
    bench.inputs("outfeed_clear", 0).ask(Command.CLEAR).until(State.STOPPED)
    assert bench.on == set()
    bench.ask(Command.RESET).until(State.IDLE).ask(Command.START).until(State.EXECUTE)
    assert bench.unit.index == WAIT
