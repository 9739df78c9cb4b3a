"""What every station does with pallets, the read/write head, its safety chain and the board's enable."""

from __future__ import annotations

import pytest

from plant.agenda import Agenda
from plant.arithmetic import Streams
from plant.conveyor import Conveyor
from plant.crew import Crew
from plant.ledger import Ledger
from plant.mechanism import MAINS, SAFETY
from plant.pallet import EMPTY, GOOD, NOT_OK, Pallet
from plant.safety import E_STOP, PULL_IN_US
from plant.station import FAIL, PASS, REWORK, Habits, Station
from plant.stations.assembly import Assembly
from plant.stations.chassis_press import ChassisPress
from plant.stations.kitting import Kitting
from plant.stations.power_cell import PowerCell
from plant.terminals import LOG_DUTY, LOG_OUTPUT, LOG_PROGRAM, LOG_TARGET
from tests.plant.bench import MS, NEVER_FAILS, SECOND, StationBench, run, wiring

INDEX, LEAVE = 800 * MS, 900 * MS


def a_bench(*, outfeed: int = 2) -> StationBench[Assembly]:
    """Joint assembly, the belt running."""
    bench = StationBench(Assembly, 5, outfeed=outfeed)
    bench.switch("infeed_motor", True)
    return bench


# ---- pallets
def test_a_pallet_comes_in_is_seen_and_leaves_when_the_stopper_opens() -> None:
    bench = a_bench()
    pallet = bench.feed(7, condition=GOOD, done=4)
    bench.run(10 * SECOND)
    assert bench.when("pallet_present", 1) == INDEX
    at_stop = [bench.station.pallet]
    assert bench.terminals.carrier == pallet.word
    bench.switch("stopper_open", True)
    bench.run(20 * SECOND)
    assert bench.when("pallet_present", 0) == 10 * SECOND + LEAVE
    at_stop.append(bench.station.pallet)
    assert at_stop == [pallet, None]
    assert bench.terminals.carrier == 0
    assert list(bench.outfeed.pallets) == [pallet]
    assert bench.when("outfeed_clear", 0) == 10 * SECOND + LEAVE


def test_the_next_pallet_moves_up() -> None:
    bench = a_bench()
    bench.switch("stopper_open", True)
    for number in (1, 2):
        bench.feed(number)
    bench.run(20 * SECOND)
    assert [p.number for p in bench.outfeed.pallets] == [1, 2]
    edges = [t for t, name, _ in bench.edges if name == "pallet_present"]
    assert edges == [INDEX, INDEX + LEAVE, 2 * INDEX + LEAVE, 2 * (INDEX + LEAVE)]


def test_an_open_stopper_waits_for_room_behind_it() -> None:
    bench = a_bench(outfeed=1)
    bench.switch("stopper_open", True)
    for number in (1, 2):
        bench.feed(number)
    bench.run(20 * SECOND)
    assert bench.station.pallet is not None
    assert not bench.sees("outfeed_clear")
    bench.outfeed.take(bench.now)
    bench.run(30 * SECOND)
    assert [p.number for p in bench.outfeed.pallets] == [2]


def test_without_the_motor_nothing_comes_and_nothing_goes() -> None:
    bench = a_bench()
    bench.feed(1)
    bench.feed(2)
    bench.run(100 * MS)
    bench.switch("infeed_motor", False)
    bench.run(60 * SECOND)
    assert bench.station.pallet is None  # it has stopped on its way in
    bench.switch("infeed_motor", True)
    bench.run(61 * SECOND)
    assert bench.when("pallet_present", 1) == 60 * SECOND + INDEX - 100 * MS
    bench.switch("stopper_open", True)
    bench.switch("infeed_motor", False)
    bench.run(120 * SECOND)
    assert bench.sees("pallet_present")
    bench.switch("infeed_motor", True)
    bench.run(122 * SECOND)
    assert [p.number for p in bench.outfeed.pallets] == [1]


def test_a_stopper_opened_while_the_belt_stands_lets_nothing_go() -> None:
    bench = a_bench()
    bench.feed(1)
    bench.run(10 * SECOND)
    bench.switch("infeed_motor", False)
    bench.switch("stopper_open", True)
    bench.run(20 * SECOND)
    assert bench.sees("pallet_present")
    bench.switch("infeed_motor", True)
    bench.run(30 * SECOND)
    assert bench.when("pallet_present", 0) == 20 * SECOND + LEAVE


def test_stations_hand_over_directly_across_a_belt_without_places() -> None:
    agenda = Agenda()
    log: list[tuple[int, int, int]] = []
    infeeds = [Conveyor(agenda, 3, 0), Conveyor(agenda, 0, 0)]
    outfeed = Conveyor(agenda, 3, 0)
    first, second = (
        Assembly(agenda, wiring(5), NEVER_FAILS, Streams(1), Crew(1), log.append, belt, Ledger()) for belt in infeeds
    )
    first.connect(infeeds[1])
    second.connect(outfeed)
    for station in (first, second):
        station.belt.drive(0, True)
    for number in (1, 2, 3):
        infeeds[0].place(0, Pallet(number), 0)
    first.switch(0, 0, True)
    run(agenda, 60 * SECOND)
    assert (first.pallet, second.pallet) == (Pallet(2), Pallet(1))
    second.switch(60 * SECOND, 0, True)
    run(agenda, 120 * SECOND)
    assert [p.number for p in outfeed.pallets] == [1, 2, 3]


# ---- the write head
def test_a_pass_is_written_to_tag_and_history() -> None:
    bench = a_bench()
    pallet = bench.feed(7, condition=GOOD, done=4)
    bench.run(5 * SECOND)
    bench.station.mark(bench.now, PASS)
    assert (pallet.done, pallet.condition) == (5, GOOD)
    assert pallet.robot is not None
    assert pallet.robot.results == [(5, bench.now, PASS)]
    assert bench.terminals.carrier == pallet.word


def test_a_fail_and_a_rework() -> None:
    bench = a_bench()
    pallet = bench.feed(7, condition=GOOD, done=9)
    bench.run(5 * SECOND)
    bench.station.rework_after = 4
    bench.station.mark(bench.now, FAIL)
    assert pallet.condition == NOT_OK
    for count in (1, 2, 3, 3, 3):
        bench.station.mark(bench.now, REWORK)
        assert (pallet.condition, pallet.reworks, pallet.done) == (GOOD, count, 4)
        assert pallet.word < 1 << 16


@pytest.mark.parametrize("verdict", [0, PASS, FAIL, REWORK])
def test_marks_without_pallet_or_robot_are_lost(verdict: int) -> None:
    bench = a_bench()
    bench.station.mark(0, verdict)
    bench.infeed.place(0, Pallet(9), 0)
    bench.run(5 * SECOND)
    bench.station.mark(bench.now, verdict)
    assert bench.station.pallet == Pallet(9)


def test_hidden_defects_come_as_often_as_declared_and_grow_with_wear() -> None:
    def share(worn: float) -> float:
        bench = StationBench(Assembly, 5, Habits(1e18, 1e9, 1e18, hidden=0.1))
        bench.switch("infeed_motor", True)
        pallet = bench.feed(7, condition=GOOD)
        bench.run(5 * SECOND)
        bench.station.worn = worn
        assert pallet.robot is not None
        found = 0
        for _ in range(2000):
            bench.station.mark(bench.now, PASS)
            found += pallet.robot.defects == 1 << 5
        return found / 2000

    assert share(0.0) == pytest.approx(0.1, abs=4 * (0.09 / 2000) ** 0.5)
    assert share(2.0) == pytest.approx(0.3, abs=4 * (0.21 / 2000) ** 0.5)


def test_kitting_begins_a_robot_and_an_emptied_pallet_carries_nothing() -> None:
    bench = StationBench(Kitting, 1)
    bench.switch("infeed_motor", True)
    bench.infeed.place(0, Pallet(3), 0)
    bench.run(5 * SECOND)
    bench.station.mark(bench.now, FAIL)
    assert bench.ledger.started == 0
    bench.station.mark(bench.now, PASS)
    pallet = bench.station.pallet
    assert pallet is not None
    assert (bench.ledger.started, pallet.condition, pallet.done) == (1, GOOD, 1)
    bench.station.mark(bench.now, PASS)
    assert bench.ledger.started == 1
    bench.station.empty_pallet(pallet)
    assert (pallet.robot, pallet.word) == (None, 3 | EMPTY)


# ---- the control side
def test_commands_are_logged() -> None:
    bench = StationBench(Assembly, 5)
    station = bench.station
    station.switch(1, 2, True)
    station.move(2, 500, 10)  # no axis here: the words are there all the same
    station.modulate(3, 77)
    station.select(4, 9)
    assert bench.rows == [(1, LOG_OUTPUT + 2, 1), (2, LOG_TARGET, 500), (3, LOG_DUTY, 77), (4, LOG_PROGRAM, 9)]


# ---- safety
def test_an_emergency_stop_cuts_everything_at_the_event_without_any_program() -> None:
    bench = StationBench(PowerCell, 7)
    for name in ("infeed_motor", "lift", "precharge", "contactor"):
        bench.switch(name, True)
    bench.feed(1)
    bench.run(500 * MS)
    assert bench.sees("contactor_closed")
    station = bench.station
    station.chain.trip(bench.now, E_STOP)
    assert not bench.terminals.inputs & 1 << 6
    assert all(m.inhibited & SAFETY for m in station.mechanisms if m.needs & SAFETY)
    assert {m.name for m in station.mechanisms if m.needs & SAFETY} >= {"lift", "precharge", "contactor", "infeed belt"}
    bench.run(60 * SECOND)
    assert bench.edges[-1] == (500 * MS + 30 * MS, "contactor_closed", 0)
    assert station.pallet is None
    assert not bench.infeed.running


@pytest.mark.parametrize(("kind", "number"), [(Kitting, 1), (ChassisPress, 2), (Assembly, 5), (PowerCell, 7)])
def test_closing_the_chain_moves_nothing_whatever_is_commanded(kind: type[Station], number: int) -> None:
    """All outputs on, the axis on its way: after an interruption, however short, not an edge until a new command."""
    bench = StationBench(kind, number)
    station = bench.station
    bench.feed(1)
    for name in bench.outputs:
        if name not in ("stopper_open", "ram_return"):
            bench.switch(name, True)
    station.move(0, 9000, 1000)
    bench.run(1500 * MS)
    station.chain.trip(bench.now, E_STOP)
    station.chain.close(bench.now, E_STOP)
    bench.run(bench.now + 1)
    bench.rows.clear()
    bench.run(120 * SECOND)
    assert [row for row in bench.edges if row[1] not in ("contactor_closed",)] == [(1500 * MS + PULL_IN_US, "6", 1)]


def test_what_a_spring_returns_waits_for_the_board_where_there_is_an_enable() -> None:
    """The lift is commanded down meanwhile: it goes when the relay has pulled in and the board is acknowledged."""
    bench = StationBench(PowerCell, 7)
    station = bench.station
    bench.switch("lift", True)
    bench.run(3 * SECOND)
    station.chain.trip(bench.now, E_STOP)
    station.enable(bench.now, False)
    bench.switch("lift", False)
    station.chain.close(bench.now, E_STOP)
    bench.run(60 * SECOND)
    assert not bench.sees("lift_down")
    station.enable(bench.now, True)
    bench.run(70 * SECOND)
    assert bench.sees("lift_down")


def test_a_board_trip_alone_stops_the_station_too_and_an_enable_does_not_override_the_chain() -> None:
    bench = a_bench()
    station = bench.station
    station.enable(0, False)
    assert not bench.infeed.running
    station.chain.trip(1, E_STOP)
    station.enable(2, True)
    assert all(m.inhibited & SAFETY for m in station.mechanisms if m.needs & SAFETY)
    station.chain.close(3, E_STOP)
    bench.run(SECOND)
    assert not any(m.inhibited for m in station.mechanisms)


def test_reaching_through_the_light_curtain() -> None:
    bench = StationBench(ChassisPress, 2)
    station = bench.station
    station.curtain(10, True)
    assert not bench.sees("curtain_clear")
    assert station.chain.dropped
    station.curtain(20, False)
    assert bench.sees("curtain_clear")
    bench.run(SECOND)
    assert not station.chain.dropped


def test_belts_stand_without_mains_and_go_on_with_it() -> None:
    bench = a_bench()
    bench.station.inhibit(0, MAINS, True)
    assert not bench.infeed.running
    bench.station.inhibit(10, MAINS, False)
    assert bench.infeed.running


def test_belts_are_not_among_what_fails_by_itself() -> None:
    station = a_bench().station
    assert station.belt in station.mechanisms
    assert station.belt not in station.people._mechanisms
