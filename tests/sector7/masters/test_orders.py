"""What masters write: in order, at scan boundaries, readable at once, and repeated as often as they like."""

from __future__ import annotations

import random

import pytest

from firmware_sim.plc.unit import Unit
from plant.attendance import COMING, NOBODY
from protocols.packml import Command, Mode, State
from protocols.reasons import Reason
from sector7.rig.engine import SCAN_US
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, QUIET, SECOND, busy, edge, give, line, look, small


def quiet_rig(**changes: object) -> Rig:
    """A small line in which nothing fails, in Execute."""
    rig = Rig(small(**{**QUIET, **changes}), 1)
    rig.run(20 * SECOND)
    assert rig.line.state is State.EXECUTE
    return rig


def unit_of(rig: Rig, number: int) -> Unit:
    return next(unit for unit in rig.line.units if unit.io.number == number)


def scan(rig: Rig, count: int = 1) -> None:
    rig.run(rig.now + count * SCAN_US)


def until(rig: Rig, number: int, state: State, within_us: int = MINUTE) -> None:
    """Run until the station is in `state`."""
    end = rig.now + within_us
    while unit_of(rig, number).state != state:
        assert rig.now < end, f"ST{number:02d} is {State(unit_of(rig, number).state).name}, not {state.name}"
        scan(rig)


def line_until(rig: Rig, state: State, within_us: int = MINUTE) -> None:
    """Run until the line is in `state`."""
    end = rig.now + within_us
    while rig.line.state is not state:
        assert rig.now < end, f"the line is {rig.line.state.name}, not {state.name}"
        scan(rig)


def test_a_master_that_rewrites_everything_every_poll_repeats_nothing() -> None:
    """It gives a few commands and, all the time, writes back every register that it reads."""
    stream = random.Random(4)
    lazy, eager = Rig(busy(), 5), Rig(busy(), 5)
    commands = {
        60: [("ST04.CntrlCmd", Command.STOP), ("ST04.CmdChangeRequest", 1)],
        80: [("ST02.press_force_sp", 3333), ("ST04.UnitMode", Mode.MAINTENANCE), ("ST04.UnitModeChangeRequest", 1)],
        95: [("ST04.UnitModeChangeRequest", 0), ("ST04.UnitMode", Mode.PRODUCE), ("ST04.UnitModeChangeRequest", 1)],
        110: [("ST04.CmdChangeRequest", 0), ("ST04.CntrlCmd", Command.RESET), ("ST04.CmdChangeRequest", 1)],
        130: [("Line.JamClearAll", 1), ("Line.OrderTargetRequest", 40), ("Line.OrderChangeRequest", 1)],
        170: [("ST06.JamClear", 1), ("ST07.JamClear", 1), ("Line.JamClearAll", 0)],
        200: [("Line.CntrlCmd", Command.HOLD), ("Line.CmdChangeRequest", 1)],
        230: [("Line.CmdChangeRequest", 0), ("Line.CntrlCmd", Command.UNHOLD), ("Line.CmdChangeRequest", 1)],
    }
    rewritten = 0
    for second in range(40, 300):
        lazy.run(second * SECOND)
        while eager.now < second * SECOND:
            eager.run(min(second * SECOND, eager.now + stream.randrange(1, 800_000)))
            rewritten += len(eager.orders.requested)
            for name, raw in list(eager.orders.requested.items()):
                eager.request(name, raw)
        for rig in (lazy, eager):
            for name, raw in commands.get(second, []):
                rig.request(name, int(raw))
    assert rewritten > 50_000
    assert eager.trace.sha256() == lazy.trace.sha256()
    assert unit_of(lazy, 2).setpoints.active[0] == 3333


@pytest.mark.parametrize("writes", [1, 2, 50])
def test_a_command_is_an_edge_however_often_it_is_written(writes: int) -> None:
    rig = quiet_rig()
    unit = unit_of(rig, 5)
    for _ in range(writes):
        rig.request("ST05.CntrlCmd", Command.HOLD)
        rig.request("ST05.CmdChangeRequest", 1)
        scan(rig)
    until(rig, 5, State.HELD)
    rig.request("ST05.CntrlCmd", Command.UNHOLD)
    rig.request("ST05.CmdChangeRequest", 1)  # still 1: no edge
    scan(rig, 100)
    assert unit.state == State.HELD
    rig.request("ST05.CmdChangeRequest", 0)
    scan(rig, 100)
    assert unit.state == State.HELD
    rig.request("ST05.CmdChangeRequest", 1)
    until(rig, 5, State.EXECUTE, 5 * SECOND)


def test_a_whole_edge_fits_into_one_scan() -> None:
    rig = quiet_rig()
    give(rig, "ST05", Command.HOLD)
    scan(rig, 3)
    assert unit_of(rig, 5).state == State.HELD
    give(rig, "ST05", Command.UNHOLD)
    scan(rig, 3)
    assert unit_of(rig, 5).state == State.EXECUTE


def test_writes_of_one_scan_count_in_their_order() -> None:
    rig = quiet_rig()
    rig.request("Line.OrderNumberRequest", 7)
    rig.request("Line.OrderTargetRequest", 70)
    edge(rig, "Line.OrderChangeRequest")
    rig.request("Line.OrderNumberRequest", 8)
    rig.request("Line.OrderTargetRequest", 80)
    scan(rig)
    assert (rig.line.order_number, rig.line.order_target) == (7, 70)
    assert rig.orders.requested["Line.OrderNumberRequest"] == 8
    edge(rig, "Line.OrderChangeRequest")
    scan(rig)
    assert (rig.line.order_number, rig.line.order_target) == (8, 80)


def test_a_value_reads_back_at_once_and_counts_from_the_next_scan_on() -> None:
    rig = quiet_rig()
    rig.run(rig.now + 1)
    rig.request("Line.AutoRecovery", 0)
    assert rig.orders.requested["Line.AutoRecovery"] == 0
    boundary = rig.now - 1 + SCAN_US
    rig.run(boundary)
    assert rig.line.auto_recovery
    rig.run(boundary + 1)
    assert not rig.line.auto_recovery


def test_a_request_for_later_waits_for_its_time() -> None:
    """Also if a later one was asked for first: a journal may be replayed in any order."""
    rig, other = quiet_rig(), quiet_rig()
    late = [("Line.OrderNumberRequest", 2, 30 * SECOND), ("Line.OrderChangeRequest", 0, 30 * SECOND),
            ("Line.OrderChangeRequest", 1, 30 * SECOND)]  # fmt: skip
    early = [("Line.OrderNumberRequest", 1, 25 * SECOND), ("Line.OrderChangeRequest", 1, 25 * SECOND)]
    for each, requests in ((rig, late + early), (other, early + late)):
        for name, raw, at in requests:
            each.request(name, raw, at)
        each.run(25 * SECOND)
        assert each.line.order_number == 0
        each.run(25 * SECOND + 1)
        assert each.line.order_number == 1
        each.run(30 * SECOND + 1)
        assert each.line.order_number == 2


def test_a_request_for_the_past_counts_now() -> None:
    rig = quiet_rig()
    rig.request("Line.AutoRecovery", 0, at_us=5)
    scan(rig)
    assert not rig.line.auto_recovery


def test_a_station_that_an_operator_holds_stays_held_until_an_operator_lets_go() -> None:
    """The coordinator, which brings stations back by itself, leaves it alone."""
    rig = quiet_rig()
    give(rig, "ST10", Command.HOLD)
    until(rig, 10, State.HELD)
    assert unit_of(rig, 10).reason == Reason.OPERATOR
    rig.run(rig.now + 5 * MINUTE)
    assert unit_of(rig, 10).state == State.HELD
    assert rig.line.state is State.EXECUTE
    give(rig, "ST10", Command.UNHOLD)
    until(rig, 10, State.EXECUTE, 5 * SECOND)


@pytest.mark.parametrize(
    ("command", "state", "release"),
    [(Command.STOP, State.STOPPED, Command.RESET), (Command.ABORT, State.ABORTED, Command.CLEAR)],
)
def test_a_stopped_station_comes_back_when_an_operator_takes_the_first_step(
    command: Command, state: State, release: Command
) -> None:
    rig = quiet_rig()
    give(rig, "ST10", command)
    until(rig, 10, state)
    rig.run(rig.now + 5 * MINUTE)
    assert unit_of(rig, 10).state == state
    give(rig, "ST10", release)
    until(rig, 10, State.EXECUTE, 2 * MINUTE)


def test_a_command_out_of_place_is_refused_and_says_so() -> None:
    rig = quiet_rig()
    give(rig, "ST05", Command.START)
    scan(rig, 3)
    assert unit_of(rig, 5).refused
    give(rig, "ST05", Command.HOLD)
    until(rig, 5, State.HELD)
    assert not unit_of(rig, 5).refused


def test_no_command_is_no_command() -> None:
    rig, other = quiet_rig(), quiet_rig()
    give(rig, "ST05", Command.NONE)
    give(rig, "Line", Command.NONE)
    for each in (rig, other):
        each.run(2 * MINUTE)
    assert rig.trace.sha256() == other.trace.sha256()


def test_modes_of_a_station_and_of_the_line() -> None:
    rig = quiet_rig()
    rig.request("ST05.UnitMode", Mode.MAINTENANCE)
    edge(rig, "ST05.UnitModeChangeRequest")
    scan(rig)
    assert unit_of(rig, 5).mode == Mode.PRODUCE
    assert unit_of(rig, 5).refused
    rig.request("Line.UnitMode", Mode.MAINTENANCE)
    edge(rig, "Line.UnitModeChangeRequest")
    scan(rig)
    assert rig.line.mode == Mode.PRODUCE
    give(rig, "Line", Command.STOP)
    line_until(rig, State.STOPPED)
    edge(rig, "ST05.UnitModeChangeRequest")
    edge(rig, "Line.UnitModeChangeRequest")
    scan(rig)
    assert (unit_of(rig, 5).mode, unit_of(rig, 10).mode) == (Mode.MAINTENANCE, Mode.PRODUCE)
    assert rig.line.mode == Mode.MAINTENANCE
    give(rig, "Line", Command.RESET)
    line_until(rig, State.IDLE)
    give(rig, "Line", Command.START)
    scan(rig, 100)
    assert rig.line.state is State.IDLE
    rig.request("Line.UnitMode", Mode.PRODUCE)
    edge(rig, "Line.UnitModeChangeRequest")
    give(rig, "Line", Command.START)
    until(rig, 10, State.EXECUTE)
    assert unit_of(rig, 5).state == State.STOPPED  # people work there


def test_a_jam_clear_sends_the_attendant() -> None:
    rig = quiet_rig()
    people = {cabinet.station.number: cabinet.station.people for cabinet in rig.cabinets}
    edge(rig, "ST10.JamClear")
    scan(rig)
    assert {number: each.phase for number, each in people.items()} == {1: NOBODY, 5: NOBODY, 10: COMING, 12: NOBODY}
    edge(rig, "Line.JamClearAll")
    scan(rig)
    assert {each.phase for each in people.values()} == {COMING}


def test_without_auto_recovery_a_station_waits_for_its_operator() -> None:
    rig = quiet_rig()
    rig.request("Line.AutoRecovery", 0)
    edge(rig, "ST10.JamClear")  # whoever comes opens the guard
    until(rig, 10, State.ABORTED)
    rig.run(rig.now + 10 * MINUTE)
    assert unit_of(rig, 10).state == State.ABORTED
    rig.request("Line.AutoRecovery", 1)
    until(rig, 10, State.EXECUTE)


def test_an_order_ends_when_it_is_packed() -> None:
    rig = quiet_rig()
    rig.request("Line.OrderTargetRequest", 3)
    edge(rig, "Line.OrderChangeRequest")
    scan(rig)
    packed = unit_of(rig, 12).processed
    line_until(rig, State.COMPLETE, 30 * MINUTE)
    look(rig)
    assert rig.line.order_done == 3
    assert unit_of(rig, 12).processed - unit_of(rig, 12).defective - packed == 3
    assert {State(unit.state) for unit in rig.line.units} == {State.COMPLETE}
    rig.request("Line.OrderTargetRequest", 0)
    edge(rig, "Line.OrderChangeRequest")
    give(rig, "Line", Command.RESET)
    line_until(rig, State.IDLE)
    give(rig, "Line", Command.START)
    until(rig, 12, State.EXECUTE)


def test_a_set_point_of_every_station_takes_effect() -> None:
    rig = Rig(line(**QUIET), 1)
    for unit in rig.line.units:
        for setpoint in unit.io.setpoints:
            rig.request(f"{unit.io.code}.{setpoint.name}_sp", setpoint.low)
    rig.run(2 * MINUTE)
    for unit in rig.line.units:
        assert unit.setpoints.active == [setpoint.low for setpoint in unit.io.setpoints]


def test_what_is_written_for_a_station_that_is_not_there_does_nothing() -> None:
    rig, other = quiet_rig(), quiet_rig()
    give(rig, "ST07", Command.ABORT)
    edge(rig, "ST07.JamClear")
    rig.request("ST07.soak_time_sp", 40)
    for each in (rig, other):
        each.run(2 * MINUTE)
    assert rig.trace.sha256() == other.trace.sha256()
    assert rig.orders.requested["ST07.soak_time_sp"] == 40


@pytest.mark.parametrize("command", [Command.HOLD, Command.ABORT])
def test_a_refused_command_does_not_keep_a_station_from_recovering(command: Command) -> None:
    rig = quiet_rig()
    edge(rig, "ST10.JamClear")
    until(rig, 10, State.ABORTED)
    give(rig, "ST10", command)
    until(rig, 10, State.EXECUTE, 20 * MINUTE)
