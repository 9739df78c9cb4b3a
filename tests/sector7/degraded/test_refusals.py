"""Every reason for which a mode is refused, and what the refusal leaves as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from firmware_sim.plc.seat import Owner
from plant.conveyor import Conveyor
from plant.pallet import INCOMPLETE, NOT_OK
from plant.stand_in import OMITTED
from plant.station import PASS
from plant.stations.burn_in import BurnIn
from protocols.packml import Command, Mode, State
from protocols.roles import Role
from protocols.tags.degraded_map import REFUSAL_LABELS, Degrade, Refusal
from protocols.tags.plant_map import PLANT_MAP
from sector7.faults.fault import make
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig
from tests.sector7.degraded.test_shifts import ask
from tests.sector7.lines import HOUR, MINUTE, QUIET, SECOND, give, line, look

Prepare = Callable[[Rig], None]


def hold(*stations: int, command: Command = Command.HOLD) -> Prepare:
    def prepare(rig: Rig) -> None:
        for station in stations:
            give(rig, f"ST{station:02d}", command)
        rig.run(rig.now + 5 * SECOND)

    return prepare


def degrade(station: int, mode: Degrade, wait_s: int = 300) -> Prepare:
    def prepare(rig: Rig) -> None:
        hold(station)(rig)
        ask(rig, station, mode)
        rig.run(rig.now + wait_s * SECOND)

    return prepare


def broken(*stations: int) -> Prepare:
    def prepare(rig: Rig) -> None:
        hold(*stations)(rig)
        for station in stations:
            rig.plant.stations[station].people.breakdown.strike(rig.now)

    return prepare


def both(*each: Prepare) -> Prepare:
    def prepare(rig: Rig) -> None:
        for one in each:
            one(rig)

    return prepare


def owned(rig: Rig) -> None:
    hold(3)(rig)
    rig.request("ST03.OwnerRequest", Owner.EXTERNAL)
    rig.run(rig.now + SECOND)


def given_away(rig: Rig) -> None:
    both(broken(2), hold(3))(rig)
    ask(rig, 2, Degrade.CANNIBALISE, 3)
    rig.run(rig.now + 30 * MINUTE)


#: (what was done before, station, mode, donor, refusal)
TABLE: Final = (
    (hold(), 5, Degrade.BYPASS, 0, Refusal.RUNNING),
    (hold(), 5, Degrade.NORMAL, 0, Refusal.ALREADY),
    (hold(1), 1, Degrade.BYPASS, 0, Refusal.NOT_POSSIBLE),
    (hold(10), 10, Degrade.BYPASS, 0, Refusal.NOT_POSSIBLE),
    (hold(11), 11, Degrade.MANUAL, 0, Refusal.NOT_POSSIBLE),
    (hold(5), 5, Degrade.REROUTE, 0, Refusal.NOT_POSSIBLE),
    (degrade(5, Degrade.MANUAL, 5), 5, Degrade.BYPASS, 0, Refusal.BUSY),
    (degrade(5, Degrade.MANUAL, 5), 5, Degrade.NORMAL, 0, Refusal.BUSY),
    (degrade(5, Degrade.MANUAL), 5, Degrade.MANUAL, 0, Refusal.ALREADY),
    (both(degrade(5, Degrade.MANUAL), degrade(4, Degrade.MANUAL), hold(3)), 3, Degrade.MANUAL, 0, Refusal.NO_ATTENDANT),
    (both(degrade(7, Degrade.BYPASS), hold(6)), 6, Degrade.REROUTE, 0, Refusal.NO_NEIGHBOUR),
    (both(degrade(6, Degrade.REROUTE), hold(7)), 7, Degrade.BYPASS, 0, Refusal.COVERING),
    (both(degrade(6, Degrade.REROUTE), hold(7), broken(3)), 3, Degrade.CANNIBALISE, 7, Refusal.COVERING),
    (owned, 3, Degrade.BYPASS, 0, Refusal.OWNED),
    (hold(2, 3), 2, Degrade.CANNIBALISE, 3, Refusal.NOT_BROKEN),
    (broken(2), 2, Degrade.CANNIBALISE, 0, Refusal.NO_DONOR),
    (broken(2), 2, Degrade.CANNIBALISE, 2, Refusal.NO_DONOR),
    (broken(2), 2, Degrade.CANNIBALISE, 3, Refusal.DONOR_RUNNING),
    (both(given_away, broken(5)), 5, Degrade.CANNIBALISE, 3, Refusal.NO_PARTS),
)  # fmt: skip


@pytest.mark.parametrize(("prepare", "station", "mode", "donor", "refusal"), TABLE)
def test_a_refusal_says_why_and_changes_nothing(
    prepare: Prepare, station: int, mode: Degrade, donor: int, refusal: Refusal
) -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(MINUTE)
    prepare(rig)
    before = [(s.mode, s.phase, s.parts) for s in rig.plant.stand_ins.values()]
    busy = rig.plant.attendants.busy
    assert rig.degraded.refusal(station, mode, donor) is refusal
    ask(rig, station, mode, donor)
    rig.run(rig.now + 20_000)
    assert rig.degraded.result == refusal
    assert [(s.mode, s.phase, s.parts) for s in rig.plant.stand_ins.values()] == before
    assert rig.plant.attendants.busy == busy
    assert dict(REFUSAL_LABELS)[refusal].startswith("Refused: ")


def test_every_refusal_is_in_the_table() -> None:
    told = {refusal for *_, refusal in TABLE}
    assert told == set(Refusal) - {Refusal.NONE, Refusal.ACCEPTED, Refusal.NO_STATION}


def test_a_station_that_is_not_fitted_has_no_modes() -> None:
    rig = Rig(line((1, 5, 10, 12), pallets=8, **QUIET), 1)
    ask(rig, 3, Degrade.BYPASS)
    rig.run(SECOND)
    assert rig.degraded.result == Refusal.NO_STATION
    assert PlantValues(rig, 1).values(1)["Line.DegradeExpectedRate"] == 0


def test_operators_may_ask_for_modes_and_only_engineers_for_parts() -> None:
    assert Role.OPERATOR in PLANT_MAP["Line.DegradeChangeRequest"].may_write
    assert PLANT_MAP["Line.DegradeDonor"].may_write == {Role.ENGINEER}


# ---- what the modes do to robots
def results(rig: Rig, station: int) -> list[int]:
    """What became of the operation, robot by robot, as they left."""
    found = []
    for robot in rig.plant.ledger.finished:
        own = [verdict for number, _, verdict in robot.results if number == station]
        found += own[-1:]
    return found


def runs(belt: Conveyor) -> bool:
    return belt.running


def quiet(prepare: Prepare) -> Rig:
    rig = Rig(line(**QUIET), 1)
    rig.run(5 * MINUTE)
    prepare(rig)
    return rig


def test_a_robot_without_a_weld_is_passed_by_everybody_and_scrapped() -> None:
    rig = quiet(degrade(3, Degrade.BYPASS))
    seen = set()
    for _ in range(60):
        rig.run(rig.now + MINUTE)
        look(rig)
        robots = [(p.condition, p.robot) for p in rig.plant.pallets() if p.robot is not None]
        seen |= {condition for condition, robot in robots if OMITTED in [v for *_, v in robot.results]}
    assert seen == {NOT_OK}
    scrapped = [r for r in rig.plant.ledger.finished if OMITTED in [v for *_, v in r.results]]
    assert scrapped
    assert all([n for n, *_ in r.results] == [1, 2, 3, 12] for r in scrapped)


def test_a_robot_without_limbs_is_marked_and_gets_them_when_the_station_is_back() -> None:
    rig = quiet(degrade(8, Degrade.BYPASS, 900))
    marked = [p for p in rig.plant.pallets() if p.condition == INCOMPLETE]
    assert marked
    ask(rig, 8, Degrade.NORMAL)
    rig.run(rig.now + 50 * MINUTE)
    look(rig)
    late = [r for r in rig.plant.ledger.finished if (8, OMITTED) in {(n, v) for n, _, v in r.results}]
    assert late
    for robot in late:
        verdicts = [verdict for number, _, verdict in robot.results if number == 8]
        assert verdicts[-1] == PASS
        assert robot.results[-1][0] == 12
        assert not robot.defects
    assert rig.line.units[7].mode == Mode.PRODUCE
    assert rig.line.units[7].state in (State.EXECUTE, State.SUSPENDED)


def test_burn_in_is_left_out_by_concession() -> None:
    rig = quiet(degrade(11, Degrade.BYPASS))
    rig.run(rig.now + HOUR)
    assert results(rig, 11)[-1] == OMITTED
    assert rig.plant.ledger.scrapped == 0
    assert rig.plant.ledger.completed > 40


def test_a_place_that_the_ejector_of_burn_in_held_is_given_back_when_it_is_locked_out() -> None:
    """Else a bypass would be blocked by a pallet that does not come."""
    rig = Rig(line(**QUIET), 1)
    burn_in = rig.plant.stations[11]
    assert isinstance(burn_in, BurnIn)
    while not burn_in.ejecting:
        rig.run(rig.now + 20_000)
        assert rig.now < HOUR
    behind = rig.plant.stations[12].infeed
    assert behind.reserved == 1
    burn_in.lock_out(rig.now)
    assert behind.reserved == 0


def test_the_neighbour_does_both_operations_and_the_history_says_so() -> None:
    rig = quiet(degrade(6, Degrade.REROUTE))
    rig.run(rig.now + HOUR)
    assert rig.plant.stations[7].covers == 6
    last = rig.plant.ledger.finished[-1]
    assert [n for n, *_ in last.results] == list(range(1, 13))
    six, seven = (next(t for n, t, _ in last.results if n == number) for number in (6, 7))
    assert six == seven
    ask(rig, 6, Degrade.NORMAL)
    rig.run(rig.now + 5 * MINUTE)
    assert rig.plant.stations[7].covers == 0
    assert rig.line.units[6].route.before == -1


def test_work_by_hand_is_counted_and_leaves_defects_that_the_bench_finds() -> None:
    rig = quiet(degrade(5, Degrade.MANUAL))
    before = rig.line.units[4].processed
    rig.run(rig.now + 10 * HOUR)
    assert rig.line.units[4].processed - before == pytest.approx(10 * 3600 / 142, rel=0.05)
    assert rig.line.units[4].mode == Mode.MANUAL
    assert rig.line.state is State.EXECUTE
    rejected = rig.line.units[9].defective
    assert 2 <= rejected <= 25
    assert rig.plant.attendants.free == 1


def test_nobody_works_and_no_belt_runs_after_an_emergency_stop_until_the_line_is_started() -> None:
    rig = quiet(degrade(5, Degrade.MANUAL))
    belt = rig.plant.stations[5].infeed
    assert runs(belt)
    rig.plant.e_stop(rig.now, True)
    assert not runs(belt)
    processed = rig.line.units[4].processed
    rig.run(rig.now + 10 * MINUTE)
    rig.plant.e_stop(rig.now, False)
    rig.run(rig.now + 10 * MINUTE)
    assert not runs(belt)
    assert rig.line.units[4].processed == processed
    for command in (Command.CLEAR, Command.RESET, Command.START):
        give(rig, "Line", command)
        rig.run(rig.now + MINUTE)
    assert runs(belt)
    rig.run(rig.now + 10 * MINUTE)
    assert rig.line.units[4].processed > processed


def test_new_parts_end_what_was_injected_into_the_hardware_and_not_into_the_cable() -> None:
    rig = quiet(hold(3))
    for kind in ("destroyed", "link_cut"):
        rig.faults.inject(rig.now, make(kind, "ST03"), "a test")
    hold(4)(rig)
    ask(rig, 3, Degrade.CANNIBALISE, 4)
    rig.run(rig.now + HOUR)
    assert [(r.fault.kind, r.active) for r in rig.faults.records] == [("destroyed", False), ("link_cut", True)]
    assert rig.faults.records[0].ended_by == "parts of another station"
