"""What each kind of fault does to the place that it strikes."""

from __future__ import annotations

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from plant.agenda import Agenda
from plant.contactor import Contactor
from plant.signal import Signal
from plant.source import Source
from plant.terminals import Terminals
from protocols.packml import State
from protocols.stations.images import LINK
from tests.sector7.faults.bench import Bench
from tests.sector7.lines import MINUTE, SECOND


def test_faults_on_one_place_add_up_and_leave_each_other_alone(bench: Bench) -> None:
    signal = bench.cabinet(5).station.signals["press_force"]
    signal.hold(bench.rig.now, 10.0)
    span = signal.high - signal.low
    first = bench.inject("offset", "ST05.press_force", {"value": span / 10})
    second = bench.inject("gain", "ST05.press_force", {"factor": 2.0})
    third = bench.inject("stuck_at", "ST05.press_force", {"value": signal.high})
    assert signal.counts(bench.rig.now) == 1023
    bench.clear(third)
    assert signal.counts(bench.rig.now) == int((20.0 + span / 10 - signal.low) / span * 1023)
    bench.clear(first)
    assert signal.counts(bench.rig.now) == int((20.0 - signal.low) / span * 1023)
    bench.clear(second)
    assert not signal.injected


def test_a_drift_goes_at_its_rate(bench: Bench) -> None:
    record = bench.inject("drift", "ST11.chamber_temperature", {"per_hour": -30.0})
    bench.go(600)
    count = bench.rig.faults._places.count(record.fault)
    assert -5.0 - 1e-9 <= record.offset <= -5.0 + count


def test_a_frozen_reading_stays(bench: Bench) -> None:
    signal = bench.cabinet(5).station.signals["press_force"]
    signal.hold(bench.rig.now, 10.0)
    before = signal.counts(bench.rig.now)
    record = bench.inject("frozen", "ST05.press_force")
    signal.hold(bench.rig.now, 15.0)
    assert signal.counts(bench.rig.now) == before
    bench.clear(record)
    assert signal.counts(bench.rig.now) > before


def test_spikes_are_short(bench: Bench) -> None:
    record = bench.inject("spike", "ST05.press_force", {"height": 5.0, "every_s": 1.0, "width_ms": 100.0})
    high = 0
    for _ in range(6000):
        bench.go(0.01)
        high += record.offset == 5.0
    assert 250 < high < 1000  # a tenth of the time, from six thousand looks


def test_a_jam_that_is_injected_outlasts_the_crew(bench: Bench) -> None:
    record = bench.inject("jammed", "ST05.clamp")
    bench.go(1200)
    assert bench.cabinet(5).unit.failures > 1
    bench.clear(record)
    bench.go(900)
    assert bench.cabinet(5).unit.state in (State.EXECUTE, State.SUSPENDED)


def test_a_slow_clamp_takes_longer(bench: Bench) -> None:
    def travel() -> float:
        clamp = next(m for m in bench.cabinet(5).station.mechanisms if m.name == "clamp")
        return float(getattr(clamp, "_extend_us"))  # noqa: B009  # a name for the type checker to leave alone

    before = travel()
    slow = bench.inject("slow", "ST05.clamp", {"factor": 3.0})
    leak = bench.inject("leaking", "ST05.clamp", {"share": 0.5})
    assert travel() == 6 * before
    bench.clear(slow)
    assert travel() == 2 * before
    bench.clear(leak)
    assert travel() == before


def course(slowness: float, leak: float) -> tuple[float, float, float]:
    """A source: its level after a second, what it falls in a quarter of one, and how far it rises at most."""
    agenda, terminals = Agenda(), Terminals((), (), 0, lambda row: None)
    signal = Signal(0.0, 10.0)
    source = Source(agenda, terminals, "gas", signal, level=8.0, rise_per_s=4.0, fall_per_s=2.0, needs=0)
    source.impair(slowness, leak)
    source.drive(0, True)
    risen, most = signal.value(SECOND), signal.value(60 * SECOND)
    source.drive(SECOND, False)
    return risen, risen - signal.value(SECOND + SECOND // 4), most


def test_a_slow_source_rises_slowly_and_runs_down_as_ever() -> None:
    assert course(1.0, 0.0) == (4.0, 0.5, 8.0)
    assert course(4.0, 0.0) == (1.0, 0.5, 8.0)


def test_a_leaking_source_reaches_less() -> None:
    assert course(1.0, 0.75) == (2.0, 0.5, 2.0)


def test_gas_that_leaks_is_too_little_to_weld(bench: Bench) -> None:
    record = bench.inject("leaking", "ST03.gas valve", {"share": 0.9})
    bench.go(300)
    welded = bench.cabinet(3).unit.processed
    bench.go(300)
    assert bench.cabinet(3).unit.processed == welded
    bench.clear(record)
    bench.go(900)
    assert bench.cabinet(3).unit.processed > welded


def test_a_slow_contactor_pulls_in_late_and_drops_in_time(bench: Bench) -> None:
    contactor = next(m for m in bench.cabinet(7).station.mechanisms if m.name == "contactor")
    assert isinstance(contactor, Contactor)
    record = bench.inject("slow", "ST07.contactor", {"factor": 10.0})
    assert contactor._pull_us == 10 * contactor._nominal_us
    assert contactor._drop_us <= contactor.stopping_us
    bench.clear(record)
    assert contactor._pull_us == contactor._nominal_us


def test_a_leaking_press_does_not_reach_its_force(bench: Bench) -> None:
    processed = bench.cabinet(2).unit.processed
    record = bench.inject("leaking", "ST02.ram", {"share": 0.9})
    bench.go(600)
    stuck = bench.cabinet(2).unit.processed
    bench.clear(record)
    bench.go(1200)
    assert stuck <= processed + 2
    assert bench.cabinet(2).unit.processed > stuck + 3


def test_a_hung_board_keeps_its_outputs_and_is_reset_in_the_end(bench: Bench) -> None:
    cabinet = bench.cabinet(5)
    bench.go(7)
    resets, outputs = cabinet.board.resets, cabinet.applied  # type: ignore[attr-defined]
    record = bench.inject("board_hang", "ST05")
    bench.go(2)
    assert cabinet.applied == outputs
    assert not cabinet.status & LINK
    bench.clear(record)
    bench.go(1)
    assert cabinet.board.resets == resets + 1  # type: ignore[attr-defined]
    assert cabinet.status & LINK


def test_every_answer_of_a_slow_link_arrives_late(bench: Bench) -> None:
    cabinet = bench.cabinet(5)
    bench.inject("link_delay", "ST05", {"ms": 100.0})
    bench.go(1)
    bench.rig.plant.e_stop(bench.rig.now, True)
    bench.go(0.1)
    assert cabinet.status >> 6 & 1
    bench.go(0.1)
    assert not cabinet.status >> 6 & 1


def test_lost_exchanges_are_lost_as_often_as_declared(bench: Bench) -> None:
    cabinet = bench.cabinet(5)
    bench.inject("link_loss", "ST05", {"share": 0.25})
    lost = 0
    for _ in range(1000):
        bench.go(0.02)
        lost += not cabinet.status & LINK
    assert 190 < lost < 310


def test_a_destroyed_station_is_dead_until_it_is_rebuilt(bench: Bench) -> None:
    cabinet = bench.cabinet(9)
    record = bench.inject("destroyed", "ST09")
    bench.go(60)
    processed = cabinet.unit.processed
    bench.go(300)
    assert cabinet.unit.processed == processed
    assert not cabinet.status & LINK
    bench.clear(record)
    bench.go(600)
    assert cabinet.unit.processed > processed


def test_another_board_gets_no_more_power_than_the_one_before(bench: Bench) -> None:
    cabinet = bench.cabinet(9)
    record = bench.inject("undervoltage", "ST09")
    bench.go(1)
    cabinet.fit(bench.rig.now, SimulatedBoard(profile(cabinet.unit.io), cabinet.station.terminals))
    bench.go(1)
    assert not cabinet.status & LINK
    bench.clear(record)
    bench.go(1)
    assert cabinet.status & LINK


def test_quality_loss_makes_defects(bench: Bench) -> None:
    habits = bench.cabinet(2).station.habits
    record = bench.inject("quality_loss", "ST02", {"share": 1.0})
    bench.go(MINUTE / SECOND * 5)
    assert bench.cabinet(2).station.habits.hidden == 1.0
    robots = [p.robot for p in bench.rig.plant.pallets() if p.robot is not None]
    assert any(robot.defects & 1 << 2 for robot in robots)
    bench.clear(record)
    assert bench.cabinet(2).station.habits == habits
