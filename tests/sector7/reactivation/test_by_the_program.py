"""The program commissions: every kind of defect is found, named, repaired and checked again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plant.safety import DOOR
from protocols.commissioning import Activity, By, Command, Finding, Result, Stage
from protocols.packml import Command as PackML
from protocols.packml import State
from sector7.reactivation.defects import DORMANT, KINDS, dealt
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from sector7.rig.trace import first_difference
from sector7.verdict import safety
from tests.sector7.lines import ALL, HOUR, MINUTE, QUIET, SECOND, give, line
from tests.sector7.reactivation.team import SOME, ask, commissioner, dormant, evidence, idle, until

DEFECTS: dict[str, tuple[int, dict[str, Any], Finding]] = {
    "seized axis": (8, {"kind": "seized_axis", "on": "ST08.transfer axis"}, Finding.SEIZED),
    "seized robot": (3, {"kind": "seized_axis", "on": "ST03.robot"}, Finding.SEIZED),
    "drifted": (3, {"kind": "drifted_sensor", "on": "ST03.gas_flow", "amount": 2.4}, Finding.DRIFTED),
    "drifted, signed": (8, {"kind": "drifted_sensor", "on": "ST08.vision_offset", "amount": -0.2}, Finding.DRIFTED),
    "span lost": (5, {"kind": "lost_calibration", "on": "ST05.nut_torque", "amount": 0.8}, Finding.UNCALIBRATED),
    "span lost, signed range": (
        8, {"kind": "lost_calibration", "on": "ST08.vision_offset", "amount": 0.85}, Finding.UNCALIBRATED,
    ),
    "swapped": (5, {"kind": "swapped_inputs", "on": "ST05.clamped", "other": "ST05.press_home"}, Finding.SWAPPED),
    "swapped with the photo-eye": (
        12, {"kind": "swapped_inputs", "on": "ST12.outfeed_clear", "other": "ST12.lift_down"}, Finding.SWAPPED,
    ),
    "inverted": (5, {"kind": "inverted_input", "on": "ST05.press_home"}, Finding.INVERTED),
    "corroded, off at rest": (1, {"kind": "corroded_contact", "on": "ST01.tray_present"}, Finding.CORRODED),
    "corroded, on at rest": (8, {"kind": "corroded_contact", "on": "ST08.curtain_clear"}, Finding.CORRODED),
    "inverted fault input": (10, {"kind": "inverted_input", "on": "ST10.bench_fault"}, Finding.SEIZED),
    "dead board": (5, {"kind": "dead_board", "on": "ST05"}, Finding.DEAD_BOARD),
}  # fmt: skip


@pytest.mark.parametrize("case", DEFECTS)
def test_a_hidden_defect_is_found_named_and_repaired(case: str) -> None:
    station, defect, finding = DEFECTS[case]
    rig = Rig(dormant((*SOME[:4], 10, 12), defect), 3)
    [record] = rig.faults.records
    assert (record.who, record.why, record.hidden) == (DORMANT, KINDS[defect["kind"]][2], True)
    assert ask(rig, Command.AUTOMATIC, station) is Result.TAKEN
    until(rig, lambda: commissioner(rig, station).activity == Activity.CREW)
    assert commissioner(rig, station).finding == finding
    assert commissioner(rig, station).ledger.stage <= Stage.IO_CHECKED  # whatever broke off is homed anew
    assert record.active
    chain = rig.plant.stations[station].chain
    until(rig, lambda: chain.open == DOOR)  # nobody works at a machine that has power
    until(rig, lambda: idle(rig, station))
    assert commissioner(rig, station).ledger.stage == Stage.RELEASED
    assert (record.active, record.ended_by) == (False, "the crew")
    failed = [entry for entry in evidence(rig, station) if not entry.passed]
    assert failed[0].finding == finding
    assert {entry.finding for entry in failed} <= {finding, Finding.INVERTED}
    # what failed was checked again, and passed
    for entry in failed:
        again = [e for e in evidence(rig, station) if (e.stage, e.item) == (entry.stage, entry.item)]
        assert again[-1].passed
        assert again[-1].at_us > entry.at_us


def test_a_station_without_defects_is_released_with_all_its_evidence() -> None:
    rig = Rig(dormant(), 1)
    ask(rig, Command.AUTOMATIC, 3)
    until(rig, lambda: idle(rig, 3), 10 * MINUTE)
    ledger = commissioner(rig, 3).ledger
    assert ledger.stage == Stage.RELEASED
    for stage, items in ledger.required.items():
        rows = [entry for entry in evidence(rig, 3) if entry.stage == stage]
        assert {entry.item for entry in rows} == items
        assert all(entry.passed and entry.by == By.PROGRAM for entry in rows)
    rig.run(rig.now + MINUTE)  # and nobody goes on to the next
    times = [entry.at_us for entry in evidence(rig, 3)]
    assert times == sorted(times)
    assert all(
        other.ledger.stage == Stage.COLD for other in rig.commissioning.program.stations if other.unit.io.number != 3
    )


def test_nothing_starts_before_it_is_released() -> None:
    rig = Rig(dormant(), 1)
    rig.run(SECOND)
    units = rig.line.units
    assert all(unit.start_interlock & 16 for unit in units)
    for command in (PackML.CLEAR, PackML.RESET, PackML.START):
        give(rig, "Line", command)
        rig.run(rig.now + MINUTE)
    assert rig.line.refused
    assert (rig.line.state, {unit.state for unit in units}) == (State.IDLE, {State.IDLE})
    give(rig, "ST03", PackML.START)
    rig.run(rig.now + SECOND)
    assert units[1].refused
    # a line that stands in Idle can be commissioned too
    ask(rig, Command.AUTOMATIC, 3)
    until(rig, lambda: idle(rig, 3))
    assert not units[1].start_interlock
    assert units[0].start_interlock == 16
    give(rig, "Line", PackML.START)
    rig.run(rig.now + SECOND)
    assert line_state(rig) is State.IDLE


def test_the_whole_line_is_commissioned_and_produces() -> None:
    rig = Rig(dormant(SOME, {"kind": "corroded_contact", "on": "ST05.clamped"}), 2)
    assert ask(rig, Command.PRODUCE) is Result.TAKEN
    assert ask(rig, Command.AUTOMATIC) is Result.NOT_NOW
    executing = False
    while rig.plant.ledger.completed == 0:
        rig.run(rig.now + SECOND)
        assert rig.now < 3 * HOUR
        assert not any(safety(cabinet) for cabinet in rig.cabinets)
        executing = executing or any(unit.state == State.EXECUTE for unit in rig.line.units)
        assert not executing or rig.commissioning.program.released == len(SOME)


def line_state(rig: Rig) -> State:
    """Of the whole line, just now."""
    return State(rig.line.state)


def test_released_without_producing_waits_for_its_start() -> None:
    rig = Rig(dormant((1, 3, 12)), 2)
    ask(rig, Command.AUTOMATIC)
    until(rig, lambda: rig.commissioning.program.released == 3)
    rig.run(rig.now + 5 * MINUTE)
    assert line_state(rig) is State.ABORTED
    for command in (PackML.CLEAR, PackML.RESET, PackML.START):
        give(rig, "Line", command)
        rig.run(rig.now + MINUTE)
    assert line_state(rig) is State.EXECUTE


def test_stop_stops_where_it_is_and_what_has_passed_stays() -> None:
    rig = Rig(dormant(), 1)
    ask(rig, Command.PRODUCE)
    rig.run(rig.now + 40 * SECOND)
    passed = list(commissioner(rig, 1).ledger.passed)
    assert passed
    assert ask(rig, Command.STOP) is Result.TAKEN
    count = rig.commissioning.book.count
    rig.run(rig.now + 5 * MINUTE)
    assert rig.commissioning.book.count == count
    assert commissioner(rig, 1).ledger.passed == passed
    assert all(station.terminals.held == 0 for station in rig.plant.stations.values())
    ask(rig, Command.AUTOMATIC, 1)
    until(rig, lambda: idle(rig, 1))
    assert commissioner(rig, 1).ledger.stage == Stage.RELEASED


def test_an_e_stop_in_a_cycle_costs_a_new_homing() -> None:
    rig = Rig(dormant(), 1)
    ask(rig, Command.AUTOMATIC, 3)
    until(rig, lambda: commissioner(rig, 3).ledger.stage == Stage.DRY_CYCLE)
    rig.run(rig.now + 3 * SECOND)
    rig.plant.e_stop(rig.now, True)
    rig.run(rig.now + 30 * SECOND)
    assert commissioner(rig, 3).ledger.stage == Stage.DRY_CYCLE  # it waits
    rig.plant.e_stop(rig.now, False)
    until(rig, lambda: idle(rig, 3))
    stages = [entry.stage for entry in evidence(rig, 3)]
    assert stages.count(Stage.HOMED) == 2
    assert commissioner(rig, 3).ledger.stage == Stage.RELEASED


def test_what_cannot_be_repaired_is_given_up() -> None:
    rig = Rig(dormant((1, 3, 12)), 1)
    rig.faults.inject(0, _jammed(), "a test")  # nobody's to clear
    ask(rig, Command.PRODUCE)
    until(rig, lambda: rig.commissioning.program.outcome == 2, 12 * HOUR)
    assert commissioner(rig, 3).activity == Activity.GIVEN_UP
    assert rig.commissioning.program.released == 2
    rig.run(rig.now + MINUTE)
    assert line_state(rig) is State.ABORTED


def _jammed() -> Any:
    from sector7.faults.fault import make

    return make("jammed", "ST03.clamp")


# ---- what a seed deals
@pytest.mark.parametrize("seed", range(30))
def test_a_seed_deals_one_defect_of_each_kind_to_different_stations(seed: int) -> None:
    defects = dealt(ALL, ALL, seed)
    assert [defect.kind for defect in defects] == list(KINDS)
    assert len({defect.fault.target[:4] for defect in defects}) == len(KINDS)
    rig = Rig(line(start="dormant", **QUIET), seed)  # every one has its place in the plant
    assert [record.fault for record in rig.faults.records] == [defect.fault for defect in defects]


def test_a_dead_board_is_not_dealt_to_a_real_one() -> None:
    for seed in range(20):
        [dead] = [d for d in dealt(ALL, (4, 9), seed) if d.kind == "dead_board"]
        assert dead.fault.target in ("ST04", "ST09")
    assert "dead_board" not in {d.kind for d in dealt(ALL, (), 1)}


# ---- the same again
CRIPPLED = (
    {"kind": "dead_board", "on": "ST03"},
    {"kind": "swapped_inputs", "on": "ST03.clamped", "other": "ST03.robot_done"},
    {"kind": "drifted_sensor", "on": "ST03.weld_current", "amount": 50.0},
)


def test_scanning_every_instant_gives_the_same_trace() -> None:
    rigs = [Rig(dormant((1, 3, 12), *CRIPPLED[1:]), 5, fixed=fixed, keep_trace=True) for fixed in (False, True)]
    for rig in rigs:
        ask(rig, Command.AUTOMATIC, 1)
        rig.request("Line.CommissionStation", 3, 10 * SECOND)
        rig.request("Line.CommissionChangeRequest", 0, 10 * SECOND)
        rig.request("Line.CommissionChangeRequest", 1, 11 * SECOND)
        rig.run(3 * MINUTE)
        assert commissioner(rig, 1).ledger.stage >= Stage.DRY_CYCLE
        assert commissioner(rig, 3).finding == Finding.SWAPPED
    assert first_difference(rigs[0].trace.entries(), rigs[1].trace.entries()) is None


def test_a_snapshot_in_the_middle_goes_on_with_the_same_trace() -> None:
    rig = Rig(dormant((1, 3, 12), *CRIPPLED), 5)
    ask(rig, Command.PRODUCE)
    moments = [40 * SECOND, 100 * SECOND, 3 * MINUTE, 7 * MINUTE, 12 * MINUTE + 37, 20 * MINUTE, 31 * MINUTE]
    copies = []
    for at in moments:
        rig.run(at)
        copies.append(checkpoint.load(json.loads(json.dumps(checkpoint.save(rig)))))
    until(rig, lambda: rig.commissioning.program.released == 3, 4 * HOUR)
    end = rig.now + MINUTE
    for each in (rig, *copies):
        each.run(end)
    assert {copy.trace.sha256() for copy in copies} == {rig.trace.sha256()}
    assert all(list(copy.commissioning.book.entries()) == list(rig.commissioning.book.entries()) for copy in copies)


def test_a_snapshot_keeps_what_is_held_and_how_long_a_stroke_has_been_true() -> None:
    rig = Rig(dormant((1, 3, 12)), 5)
    ask(rig, Command.AUTOMATIC, 1)
    station, terminals = commissioner(rig, 1), rig.plant.stations[1].terminals
    hot = station.cycles[Stage.HOT_CYCLE]
    moments = (lambda: terminals.held == 4, lambda: terminals.analogs[0].injected, lambda: hot._true_since >= 0)
    copies = []
    for moment in moments:
        while not moment():
            rig.run(rig.now + 100_000)
        copies.append(checkpoint.load(json.loads(json.dumps(checkpoint.save(rig)))))
    until(rig, lambda: idle(rig, 1))
    for copy in copies:
        copy.run(rig.now)
        assert copy.trace.sha256() == rig.trace.sha256()
        assert list(copy.commissioning.book.entries()) == list(rig.commissioning.book.entries())
