"""A unit at work: steps, outputs, measurements, verdicts, counters, service, set points."""

from __future__ import annotations

import pytest

from firmware_sim.plc.unit import (
    LOG_DEFECTIVE,
    LOG_MEASURED,
    LOG_PROCESSED,
    LOG_SETPOINT,
    LOG_STEP,
)
from firmware_sim.sequences.assembly import assembly
from firmware_sim.sequences.pack_out import pack_out
from protocols.packml import Command, State
from protocols.stations.images import LIMIT, MARK, MARK_FAIL, MARK_PASS, PROGRAM, word
from protocols.stations.io_table import ASSEMBLY, PACK_OUT, WELD
from tests.firmware_sim.plc.unit_bench import (
    BARE,
    CLAMP,
    MEASURE,
    OPEN,
    READ,
    REJECT,
    RELEASE,
    ROOM,
    SERVICE,
    SERVICE_DUE,
    VERDICT,
    WAIT,
    WARM,
    WELD_OFF,
    WELD_ON,
    WORK,
    UnitBench,
)

CURRENT = WELD.analogs[0]


def _finish(bench: UnitBench) -> UnitBench:
    """From Weld to the end of the cycle, with a plant that obeys."""
    bench.inputs("pallet_present outfeed_clear clamped gas_ok robot_done").until_step(WELD_OFF)
    bench.inputs("pallet_present outfeed_clear clamped").until_step(OPEN)
    bench.inputs("pallet_present outfeed_clear").until_step(RELEASE)
    return bench.inputs("outfeed_clear", 0).until_step(WAIT)


def _robot(bench: UnitBench, amperes: int = 200) -> UnitBench:
    """A whole robot, from Wait to Wait."""
    bench.readings[0] = CURRENT.counts(amperes)
    bench.inputs("pallet_present outfeed_clear", WORK).until_step(CLAMP)
    bench.inputs("pallet_present outfeed_clear clamped gas_ok").until_step(WELD_ON)
    return _finish(bench)


# ---- steps
def test_a_cycle_runs_step_by_step() -> None:
    bench = _finish(UnitBench().working(WELD_ON))
    course = [READ, CLAMP, WARM, MEASURE, WELD_ON, WELD_OFF, SERVICE_DUE, OPEN, VERDICT, ROOM, RELEASE, WAIT]
    assert bench.logged(LOG_STEP) == course


def test_a_carrier_that_is_not_for_this_station_passes() -> None:
    for at_head in (BARE, WORK ^ 1 << 28, REJECT):
        bench = UnitBench().started().inputs("pallet_present outfeed_clear", at_head).until_step(RELEASE)
        assert bench.on == {"stopper_open"}
        assert bench.inputs("outfeed_clear", 0).until_step(WAIT).unit.processed == 0


def test_a_dwell_lasts_as_long_as_it_says() -> None:
    bench = UnitBench().working(WARM)
    entered = bench.now
    bench.until_step(MEASURE)
    assert bench.now - entered == 1_000_000 + 10_000, "it begins with the scan after the outputs were given"


def test_a_condition_must_be_true_for_the_whole_dwell() -> None:
    bench = UnitBench().working(MEASURE)
    for _ in range(5):
        bench.having(WELD.status("gas_ok")).pass_ms(450).without(WELD.status("gas_ok")).scan()
        assert bench.unit.index == MEASURE
    bench.having(WELD.status("gas_ok")).pass_ms(510)
    assert bench.unit.index == WELD_ON


def test_a_dwell_that_is_always_broken_off_is_overdue_in_the_end() -> None:
    bench = UnitBench().working(MEASURE)
    entered = bench.now
    while bench.state is State.EXECUTE and bench.now < entered + 10_000_000:
        bench.having(WELD.status("gas_ok")).pass_ms(300).without(WELD.status("gas_ok")).scan()
    assert 4_500_000 <= bench.now - entered <= 4_500_000 + 310_000


def test_registers_stay_until_another_step_sets_them() -> None:
    bench = UnitBench().working(CLAMP)
    assert word(bench.unit.command, PROGRAM) == 0
    assert word(bench.inputs("clamped").until_step(WARM).unit.command, PROGRAM) == 3
    assert word(bench.until_step(MEASURE).unit.command, PROGRAM) == 3


def test_a_step_sets_the_comparators_that_it_asks() -> None:
    bench = UnitBench().working(MEASURE)
    assert word(bench.unit.command, LIMIT[0]) == CURRENT.counts(170)
    assert word(bench.having(WELD.status("gas_ok")).until_step(WELD_ON).unit.command, LIMIT[0]) == 0


# ---- hold
def test_hold_keeps_what_is_declared_to_be_kept_and_unhold_gives_the_rest_again() -> None:
    bench = UnitBench().working(WARM).ask(Command.HOLD).scan()
    assert bench.on == {"clamp"}
    assert bench.until(State.HELD).on == {"clamp"}
    assert bench.ask(Command.UNHOLD).scan().on == {"clamp"}
    assert bench.until(State.EXECUTE).on == {"clamp", "gas_valve"}


def test_a_dwell_begins_anew_after_a_hold() -> None:
    bench = UnitBench().working(WARM).pass_ms(900).ask(Command.HOLD).until(State.HELD)
    bench.ask(Command.UNHOLD).until(State.EXECUTE)
    assert bench.pass_ms(900).unit.index == WARM
    assert bench.pass_ms(120).unit.index == MEASURE


# ---- measurements and verdicts
@pytest.mark.parametrize(("amperes", "passes"), [(169, False), (170, True), (200, True), (260, True), (261, False)])
def test_a_measurement_outside_its_window_makes_a_reject(amperes: int, passes: bool) -> None:
    bench = UnitBench().working(MEASURE)
    bench.readings[0] = next(c for c in range(1024) if CURRENT.raw(c) == amperes)
    bench.having(WELD.status("gas_ok")).until_step(WELD_ON)
    assert bench.logged(LOG_MEASURED) == [bench.readings[0]]
    _finish(bench)
    assert bench.unit.defective == (not passes)


@pytest.mark.parametrize(("amperes", "mark"), [(200, MARK_PASS), (100, MARK_FAIL)])
def test_the_verdict_is_written_in_its_step_and_nowhere_else(amperes: int, mark: int) -> None:
    bench = UnitBench().started()
    bench.readings[0] = CURRENT.counts(amperes)
    marks = set()
    bench.inputs("pallet_present outfeed_clear clamped gas_ok", WORK)
    for _ in range(1_000):
        marks.add((bench.unit.index, bench.unit.command & MARK))
        if bench.unit.index == WELD_ON:
            bench.having(WELD.status("robot_done"))
        if bench.unit.index == WELD_OFF:
            bench.without(WELD.status("robot_done"))
        if bench.unit.index == OPEN:
            bench.without(WELD.status("clamped"))
        bench.scan()
    assert (VERDICT, mark) in marks
    assert {index for index, marked in marks if marked} == {VERDICT}


def test_the_verdict_is_written_long_enough_for_two_exchanges() -> None:
    bench = UnitBench().working(WELD_ON)
    bench.inputs("pallet_present outfeed_clear clamped robot_done").until_step(WELD_OFF)
    bench.inputs("pallet_present outfeed_clear clamped").until_step(OPEN).inputs("pallet_present").until_step(VERDICT)
    entered = bench.now
    assert bench.until_step(ROOM).now - entered >= 40_000


@pytest.mark.parametrize("command", [Command.HOLD, Command.SUSPEND])
def test_a_verdict_that_is_interrupted_is_written_once(command: Command) -> None:
    """The carrier is written at the rising edge of the mark."""
    bench = UnitBench().working(WELD_ON)
    bench.inputs("pallet_present clamped robot_done").until_step(WELD_OFF)
    bench.inputs("pallet_present clamped").until_step(OPEN).inputs("pallet_present").until_step(VERDICT).scan()
    back = Command.UNHOLD if command is Command.HOLD else Command.UNSUSPEND
    marks = [bench.unit.command & MARK]
    for ask in (command, back):
        bench.ask(ask)
        marks += [bench.scan().unit.command & MARK for _ in range(20)]
    assert bench.unit.index == ROOM
    rising = [b for a, b in zip([0, *marks], marks, strict=False) if b and not a]
    assert rising == [MARK_PASS]


def test_counters_and_cycle_time() -> None:
    bench = UnitBench().started()
    for number, amperes in enumerate((200, 100, 200), 1):
        began = bench.now
        _robot(bench, amperes)
        assert bench.unit.processed == number
        assert 0 < bench.unit.cycle_us < bench.now - began
    assert bench.unit.defective == 1
    assert bench.logged(LOG_PROCESSED) == [1, 2, 3]
    assert bench.logged(LOG_DEFECTIVE) == [1]


def test_the_cycle_time_counts_from_the_first_step_of_the_work_to_the_verdict() -> None:
    bench = UnitBench().started().pass_ms(1_500).inputs("pallet_present outfeed_clear", WORK).until_step(CLAMP)
    began = bench.now - 10_000  # the scan that entered the step
    bench.inputs("pallet_present clamped gas_ok").until_step(WELD_ON)
    bench.inputs("pallet_present clamped robot_done").until_step(WELD_OFF)
    bench.inputs("pallet_present clamped").until_step(OPEN).inputs("pallet_present").until_step(ROOM)
    assert bench.unit.cycle_us == bench.now - 10_000 - began


def test_a_fault_in_one_robot_is_not_held_against_the_next() -> None:
    bench = _robot(UnitBench().started(), 100)
    assert bench.unit.defective == 1
    assert _robot(bench).unit.defective == 1


def test_an_aborted_cycle_counts_nothing_and_its_bad_reading_is_forgotten() -> None:
    bench = UnitBench().working(MEASURE)
    bench.readings[0] = CURRENT.counts(100)
    bench.having(WELD.status("gas_ok")).until_step(WELD_ON).ask(Command.ABORT).until(State.ABORTED)
    bench.inputs("outfeed_clear", 0).ask(Command.CLEAR).until(State.STOPPED).ask(Command.RESET).until(State.IDLE)
    bench.ask(Command.START).until(State.EXECUTE)
    assert _robot(bench).unit.processed == 1
    assert bench.unit.defective == 0


def test_service_is_due_at_every_third_robot() -> None:
    bench = UnitBench().started()
    for _ in range(7):
        _robot(bench)
    robots = "".join("s" if step == SERVICE else "." for step in bench.logged(LOG_STEP) if step in (SERVICE, VERDICT))
    assert robots == "..s...s.."


def test_the_line_is_told_of_every_robot() -> None:
    bench = UnitBench().working(WELD_ON)
    bench.inputs("pallet_present clamped robot_done").until_step(WELD_OFF)
    bench.inputs("pallet_present clamped").until_step(OPEN).inputs("pallet_present").until_step(VERDICT)
    spoke = [bench.scan().unit.speaks for _ in range(20)]
    assert spoke.count(True) == 1
    assert bench.unit.processed == 1


# ---- pack-out judges in its first step
@pytest.mark.parametrize(("tenths", "rejects"), [(449, 1), (450, 0), (500, 0), (550, 0), (551, 1)])
def test_a_robot_of_the_wrong_mass_is_scrapped(tenths: int, rejects: int) -> None:
    bench = UnitBench(PACK_OUT, pack_out).idle()
    bench.readings[0] = next(c for c in range(1024) if PACK_OUT.analogs[0].raw(c) == tenths)
    bench.ask(Command.START).until(State.EXECUTE).inputs("pallet_present lift_up robot_gripped label_done", WORK)
    for _ in range(4_000):
        printed = bench.unit.step.name == "Labeller clear"
        (bench.without if printed else bench.having)(PACK_OUT.status("label_done"))
        if bench.scan().unit.processed:
            break
    assert (bench.unit.processed, bench.unit.defective) == (1, rejects)


def test_the_cycle_of_a_reject_counts_from_its_own_beginning() -> None:
    bench = UnitBench(PACK_OUT, pack_out).idle()
    bench.ask(Command.START).until(State.EXECUTE).pass_ms(60_000)
    bench.inputs("pallet_present lift_up robot_gripped", REJECT).until_step(10)
    assert bench.unit.defective == 1
    assert 20_000_000 < bench.unit.cycle_us < 21_000_000


# ---- set points
def test_a_new_set_point_changes_the_running_step() -> None:
    bench = UnitBench().working(MEASURE)
    bench.unit.setpoints.request(WELD.setpoint("current_low"), 230)
    bench.scan()
    assert bench.unit.index == MEASURE
    assert word(bench.unit.command, LIMIT[0]) == CURRENT.counts(230)
    assert bench.logged(LOG_SETPOINT) == [230]
    bench.having(WELD.status("gas_ok")).until_step(WELD_ON)
    assert _finish(bench).unit.defective == 1, "200 A are not enough any more"


def test_a_ramped_set_point_moves_while_the_step_goes_on() -> None:
    bench = UnitBench(ASSEMBLY, assembly, 4).idle()
    bench.ask(Command.START).until(State.EXECUTE)
    bench.inputs("pallet_present clamped press_home", 0x4107 << 16).until_step(3)
    force = ASSEMBLY.analogs[0]
    bench.unit.setpoints.request(ASSEMBLY.setpoint("joint_force"), 165)
    seen = set()
    for _ in range(100):
        seen.add(word(bench.scan().unit.command, LIMIT[0]))
    assert seen == {force.counts(raw) for raw in range(161, 166)}
    assert bench.unit.index == 3
    assert bench.unit.step is bench.unit.program.steps[3]


def test_a_set_point_changes_while_the_unit_stands() -> None:
    bench = UnitBench()
    bench.unit.setpoints.request(WELD.setpoint("dress_after"), 5)
    bench.scan()
    assert bench.unit.setpoints.by_name()["dress_after"] == 5
    assert bench.state is State.ABORTED


# ---- the infeed
def test_the_infeed_runs_whatever_the_unit_does_until_the_line_stops_it() -> None:
    bench = UnitBench().working(WARM)
    bench.unit.convey(True)
    assert bench.scan().on == {"clamp", "gas_valve", "infeed_motor"}
    assert bench.ask(Command.HOLD).until(State.HELD).on == {"clamp", "infeed_motor"}
    bench.unit.convey(False)
    assert bench.scan().on == {"clamp"}
