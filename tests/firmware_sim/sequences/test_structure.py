"""What must be true of every step of every program, whatever the set points."""

from __future__ import annotations

import pytest

from firmware_sim.board.profile import EXCHANGE_US, SLOWEST
from firmware_sim.plc.sequence import PATIENCE_US, Step
from protocols.reasons import MAX_STEPS
from protocols.stations.images import DUTY, LIMIT, MARK_REWORK, OUTPUTS, PROGRAM, SPEED, TARGET, word
from protocols.stations.io_table import BURN_IN, END_OF_LINE, STATIONS
from protocols.stations.station_io import COUNTS, StationIO
from tests.firmware_sim.sequences.sheets import (
    all_steps,
    build,
    build_for_two,
    conditions,
    each_station,
    extremes,
    inputs,
    levels,
    outputs,
    reachable,
    successors,
    waits_for_axis,
)

#: What other stations, not this one, bring about.
EXTERNAL = {"pallet_present", "outfeed_clear", "rework_clear"}
SECOND = 1_000_000

#: How each input of an interlock rule stays as it is: the output that keeps it on (or, with !, must be off). An empty
#: string: no output of the station moves it but the release of the pallet.
KEPT_BY = {
    "die_clamped": "die_clamp", "clamped": "clamp", "tray_present": "", "curtain_clear": "",
    "press_home": "!press_advance", "connector_mated": "connector_mate", "cell_seated": "lift",
    "needles_down": "needles", "ejector_home": "!eject", "robot_gripped": "gripper",
}  # fmt: skip


@each_station
def test_a_program_has_at_most_a_hundred_steps_numbered_in_order(io: StationIO) -> None:
    steps = build(io).steps
    assert [step.index for step in steps] == list(range(len(steps)))
    assert len(steps) <= MAX_STEPS
    assert len({step.name for step in steps}) == len(steps), "an operator tells steps apart by their names"


@each_station
def test_every_step_leads_to_steps_of_its_program_and_every_step_is_reached(io: StationIO) -> None:
    steps = build_for_two(io).steps
    for step in steps:
        for goto in (step.following, *(goto for _, _, goto in step.branches), step.when_failed, step.when_due):
            assert goto is None or goto is steps[goto.index]
    assert reachable(steps[0]) | {0} == set(range(len(steps)))


@each_station
def test_set_points_change_numbers_and_never_the_structure(io: StationIO) -> None:
    """A running step goes on when a set point changes: the step of the same number must be the same step."""

    def structure(choice: dict[str, int]) -> list[tuple[object, ...]]:
        return [
            (
                s.name,
                s.out & OUTPUTS,
                s.hold & OUTPUTS,
                s.mask,
                s.value,
                s.waits,
                s.care,
                s.pure_dwell,
                [goto.index for goto in successors(s)],
            )
            for s in build(io, **choice).steps
        ]

    for choice in extremes(io):
        assert structure(choice) == structure({}), choice


@each_station
def test_every_wait_has_a_limit_unless_it_is_for_others(io: StationIO) -> None:
    for step in all_steps(io):
        if step.waits:
            assert step.limit_us == PATIENCE_US
            assert inputs(io, step.mask) <= EXTERNAL
            assert step.mask
            assert (step.dwell_us, step.record) == (0, -1), "a suspension would break off the dwell"
        else:
            assert not inputs(io, step.mask) & (EXTERNAL - {"pallet_present"})
            assert step.dwell_us + SECOND <= step.limit_us <= 1_200 * SECOND


@each_station
def test_only_the_release_waits_for_the_pallet_without_patience(io: StationIO) -> None:
    for step in build(io).steps:
        if not step.waits and "pallet_present" in inputs(io, step.mask):
            assert "stopper_open" in outputs(io, step.out)
            assert not step.value & io.status("pallet_present")


@each_station
def test_registers_are_within_their_ranges(io: StationIO) -> None:
    for step in all_steps(io):
        assert word(step.out, TARGET) <= (io.axis.stroke if io.axis else 0)
        assert word(step.out, SPEED) == 0 or word(step.out, SPEED) >= SLOWEST
        assert word(step.out, DUTY) <= 1024
        assert word(step.out, PROGRAM) <= 99
        assert all(word(step.out, register) <= COUNTS for register in LIMIT)
        assert step.out & 0xFFFF & ~OUTPUTS == 0
        assert step.out < 1 << 16 * (LIMIT[3] + 1)


@each_station
def test_a_step_that_looks_at_a_comparator_sets_it(io: StationIO) -> None:
    for step in all_steps(io):
        for channel in levels(io, step):
            assert word(step.out, LIMIT[channel]) > 0, step.name


@each_station
def test_a_step_that_waits_for_the_axis_has_one_and_sends_it(io: StationIO) -> None:
    for step in build(io).steps:
        if waits_for_axis(step):
            assert io.axis is not None
            assert word(step.out, SPEED) > 0


@each_station
def test_a_step_that_is_in_position_at_once_waits_until_the_board_has_seen_the_new_target(io: StationIO) -> None:
    """The status still says "in position" for two exchanges after a new target was commanded."""
    for step in build(io).steps:
        if waits_for_axis(step):
            leaves_home = bool(inputs(io, step.mask & ~step.value) & {"axis_home"})
            assert step.dwell_us >= 2 * EXCHANGE_US + 10_000 or leaves_home, step.name


@each_station
def test_hold_keeps_what_is_declared_to_be_kept_and_nothing_else(io: StationIO) -> None:
    for step in build(io).steps:
        assert outputs(io, step.hold) == outputs(io, step.out) & set(io.keep)
        assert step.hold & ~OUTPUTS == step.out & ~OUTPUTS


# ---- measurements and verdicts
@each_station
def test_windows_can_be_met(io: StationIO) -> None:
    for step in all_steps(io):
        if step.record >= 0 and step.low > -(1 << 29):
            assert 0 <= step.low <= step.high
            assert step.low <= COUNTS
        assert step.record < len(io.analogs)


@each_station
def test_verdicts_are_written_in_verdict_steps_and_rework_only_at_end_of_line(io: StationIO) -> None:
    steps = build(io).steps
    assert len([step for step in steps if step.judges]) == 1
    for step in steps:
        if step.judges or step.mark:
            # seen by one exchange at least, and by the carrier's head before the next step asks for it
            assert step.dwell_us >= 2 * EXCHANGE_US
            assert step.pure_dwell
        assert not (step.judges and step.mark)
    assert [step.mark for step in steps if step.mark] == ([MARK_REWORK] if io is END_OF_LINE else [])


@pytest.mark.parametrize("io", [io for io in STATIONS if io is not BURN_IN], ids=lambda io: io.name)
def test_no_robot_that_was_worked_on_is_released_without_a_verdict(io: StationIO) -> None:
    steps = build(io).steps
    judges = {step.index for step in steps if step.judges}
    releases = {step.index for step in steps if "stopper_open" in outputs(io, step.out)}
    assert releases
    begins = [step for step in steps if step.starts]
    assert begins
    for step in begins:
        assert reachable(step) >= judges
        assert not reachable(step, without=judges) & releases


def test_the_carousel_judges_what_was_soaked_before_it_ejects_it() -> None:
    steps = build(BURN_IN).steps
    soaked = steps[0].branches[0][2]
    assert soaked.judges
    assert "eject" in outputs(BURN_IN, soaked.following.following.out)


@each_station
def test_a_service_has_an_interval_and_a_place_to_go(io: StationIO) -> None:
    for step in build(io).steps:
        assert (step.every > 0) == (step.when_due is not None)


# ---- interlocks
@each_station
def test_the_home_position_needs_no_forbidden_output(io: StationIO) -> None:
    forbidden = {output for output, _ in io.forbid}
    program = build(io)
    assert not outputs(io, program.home_out) & forbidden
    assert not outputs(io, program.idle_out) & forbidden
    assert program.home_mask


@each_station
def test_an_interlocked_output_is_given_only_when_its_condition_was_seen_before(io: StationIO) -> None:
    """Otherwise the firmware withholds it, and the station is aborted although nothing was wrong."""
    program = build(io)
    known = _known_inputs(io, program.steps, inputs(io, program.home_mask & program.home_value))
    for step in program.steps:
        for output, condition in io.forbid:
            if output in outputs(io, step.out):
                assert condition in known[step.index], f"{step.name}: {output} needs {condition}"


def _known_inputs(io: StationIO, steps: tuple[Step, ...], at_home: set[str]) -> list[set[str]]:
    """Of every step the inputs of interlock rules that are on when it begins, on whatever way it was reached."""
    watched = {condition for _, condition in io.forbid}
    known = [set(watched) for _ in steps]
    known[0] = at_home & watched
    changed = True
    while changed:
        changed = False
        for step in steps:
            here = _still_known(io, known[step.index], outputs(io, step.out))
            nexts = (step.following, step.when_failed, step.when_due)
            ways = [(step.value & step.mask, goto) for goto in nexts if goto]
            ways += [(value & mask, goto) for mask, value, goto in step.branches]
            for seen, goto in ways:
                after = _still_known(io, here | (inputs(io, seen) & watched), outputs(io, goto.out))
                if not known[goto.index] <= after:
                    known[goto.index] &= after
                    changed = True
    return known


def _still_known(io: StationIO, known: set[str], on: set[str]) -> set[str]:
    def stays(name: str) -> bool:
        keeper = KEPT_BY[name]
        if not keeper:
            return name == "curtain_clear" or "stopper_open" not in on
        return keeper[1:] not in on if keeper[0] == "!" else keeper in on

    return {name for name in known if stays(name)}


def test_every_choice_of_set_points_is_one_the_operator_can_make() -> None:
    for io in STATIONS:
        for choice in extremes(io):
            for setpoint in io.setpoints:
                assert setpoint.low <= choice.get(setpoint.name, setpoint.default) <= setpoint.high


@each_station
def test_conditions_name_inputs_that_exist(io: StationIO) -> None:
    declared = (1 << len(io.inputs)) - 1
    for step in build(io).steps:
        for mask, value in conditions(step):
            assert value & ~mask == 0
            assert mask & 0x3F & ~declared == 0
