"""Faults of every kind: what they do, when they end, what is recorded; and that time is all they depend on."""

from __future__ import annotations

import json
from functools import cache

import pytest

from firmware_sim.board import SimulatedBoard
from firmware_sim.profile import profile
from plant.agenda import Agenda
from plant.contactor import Contactor
from plant.signal import Signal
from plant.source import Source
from plant.terminals import Terminals
from protocols.fault_kinds import KINDS
from protocols.images import LINK
from protocols.packml import State
from protocols.ports import NEVER
from sector7 import checkpoint
from sector7.cabinet import Cabinet
from sector7.faults.fault import Fault, FaultError, Record, make
from sector7.rig import Rig
from sector7.trace import LOG_FAULT, STRIDE, first_difference
from tests.sector7.lines import MINUTE, QUIET, SECOND, busy, line

#: One of every kind, at any microsecond.
SIEGE: tuple[tuple[int, Fault], ...] = (
    (20_000_001, make("inverted", "ST03.clamped", lasts_us=20 * SECOND)),
    (30_000_000, make("stuck_on", "ST05.clamped", lasts_us=15 * SECOND)),
    (33_333_333, make("stuck_off", "ST01.tray_present", lasts_us=30 * SECOND)),
    (41_000_000, make("swapped", "ST08.limb_gripped", other="ST08.pallet_present", lasts_us=10 * SECOND)),
    (45_000_003, make("noise", "ST05.press_force", {"sigma": 0.8}, lasts_us=200 * SECOND)),
    (47_010_000, make("drift", "ST11.chamber_temperature", {"per_hour": 40.0}, lasts_us=300 * SECOND)),
    (50_000_000, make("spike", "ST02.ram_force", {"height": 60.0, "every_s": 3.0}, lasts_us=300 * SECOND)),
    (51_000_000, make("offset", "ST01.tray_mass", {"value": -2.0}, on_us=20 * SECOND, off_us=30 * SECOND)),
    (60_000_000, make("gain", "ST07.bus_voltage", {"factor": 0.9}, lasts_us=90 * SECOND)),
    (61_000_000, make("frozen", "ST04.spindle_load", lasts_us=45 * SECOND)),
    (62_000_000, make("stuck_at", "ST09.supply_current", {"value": 0.0}, lasts_us=45 * SECOND)),
    (70_000_007, make("jammed", "ST06.clamp", lasts_us=100 * SECOND)),
    (72_000_000, make("leaking", "ST03.gas valve", {"share": 0.15}, lasts_us=60 * SECOND)),
    (73_000_000, make("slow", "ST07.precharge", {"factor": 2.0}, lasts_us=90 * SECOND)),
    (75_000_000, make("slow", "ST05.clamp", {"factor": 3.0}, lasts_us=200 * SECOND)),
    (80_000_000, make("leaking", "ST02.ram", {"share": 0.4}, lasts_us=200 * SECOND)),
    (90_000_000, make("link_loss", "ST03", {"share": 0.02}, lasts_us=120 * SECOND)),
    (95_123_456, make("link_delay", "ST10", {"ms": 70.0}, lasts_us=60 * SECOND)),
    (100_000_000, make("link_cut", "ST04", lasts_us=4 * SECOND)),
    (110_000_000, make("board_hang", "ST09", lasts_us=3 * SECOND)),
    (117_500_000, make("board_reset", "ST06")),
    (120_000_000, make("undervoltage", "ST12", {"millivolts": 1500}, lasts_us=2 * SECOND)),
    (130_000_000, make("link_corrosion", "ST02", {"share": 0.05}, lasts_us=100 * SECOND)),
    (140_000_000, make("wrong_firmware", "ST11", lasts_us=5 * SECOND)),
    (150_000_000, make("breakdown", "ST07")),
    (155_000_000, make("minor_stop", "ST08")),
    (160_000_000, make("quality_loss", "ST02", {"share": 1.0}, lasts_us=120 * SECOND)),
    (180_000_000, make("utility_loss", "air", lasts_us=70 * SECOND)),
    (230_000_000, make("destroyed", "ST09", lasts_us=30 * SECOND)),
    (270_000_000, make("no_start", "generator", lasts_us=100 * SECOND)),
    (271_000_000, make("battery_failed", "ups", lasts_us=60 * SECOND)),
    (280_000_123, make("lightning", "mains", {"amps": 150.0, "remaining": 0.2, "ms": 250.0})),
    (290_000_000, make("sag", "mains", {"remaining": 0.65}, lasts_us=SECOND)),
    (300_000_000, make("breaker_trip", "ST05")),
    (305_000_000, make("overload", "ST10", {"amps": 60.0}, lasts_us=30 * SECOND)),
)
UNTIL = 480 * SECOND


def besiege(rig: Rig, until_us: int = UNTIL) -> Rig:
    for at, fault in SIEGE:
        if rig.now <= at < until_us:
            rig.run(at)
            rig.faults.inject(at, fault, "test")
    rig.run(until_us)
    return rig


@cache
def besieged(*, fixed: bool = False) -> Rig:
    return besiege(Rig(busy(), 3, fixed=fixed, keep_trace=True))


def test_every_kind_is_here() -> None:
    assert {fault.kind for _, fault in SIEGE} == {kind.name for kind in KINDS}
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_scanning_when_asked_gives_the_trace_of_scanning_always() -> None:
    always, asked = besieged(fixed=True), besieged()
    assert first_difference(always.trace.entries(), asked.trace.entries()) is None
    assert always.trace.sha256() == asked.trace.sha256()
    assert asked.grid.visited < always.grid.visited / 2


def test_what_was_broken_stands_in_the_trace() -> None:
    rig = besieged()
    begun = [n for _, n, v in rig.trace.entries() if n % STRIDE == LOG_FAULT and v & 1]
    ended = [n for _, n, v in rig.trace.entries() if n % STRIDE == LOG_FAULT and not v & 1]
    assert len(begun) == sum(record.strikes for record in rig.faults.records) > len(SIEGE)
    assert len(begun) - len(ended) == sum(record.present for record in rig.faults.records)
    assert (180_000_000, LOG_FAULT, 60 << 1 | 1) in list(rig.trace.entries())


def test_nothing_is_lost_and_the_line_goes_on() -> None:
    rig = besieged()
    assert rig.plant.conservation() == ""
    assert rig.plant.ledger.completed > 0
    assert {unit.state for unit in rig.line.units} <= set(State)


@pytest.mark.parametrize("at_s", [55, 112, 121, 190, 240])
def test_a_restored_siege_goes_on_as_if_nothing_had_been(at_s: int) -> None:
    """In the middle of noise, a hung board, a dead one, a lost supply, a destroyed station."""
    rig = besiege(Rig(busy(), 3, keep_trace=True), at_s * SECOND)
    again = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    assert [(r.fault, r.since_us, r.due_us) for r in again.faults.records] == [
        (r.fault, r.since_us, r.due_us) for r in rig.faults.records
    ]
    besiege(again)
    assert again.trace.sha256() == besieged().trace.sha256()


def test_each_fault_has_a_stream_of_its_own() -> None:
    """One fault more shifts no other."""

    def offsets(*others: Fault) -> list[float]:
        rig = Rig(line(**QUIET), 1)
        for other in others:
            rig.faults.inject(0, other, "test")
        record = rig.faults.inject(0, make("noise", "ST05.press_force", {"sigma": 1.0}), "test")
        found = []
        for second in range(1, 5):
            rig.run(second * SECOND)
            found.append(record.offset)
        return found

    alone = offsets()
    assert len(set(alone)) == 4
    others = (make("noise", "ST07.bus_voltage", {"sigma": 1.0}), make("link_loss", "ST05", {"share": 0.5}))
    assert offsets(*others) == alone
    assert offsets(make("noise", "ST05.press_force", {"sigma": 1.0})) != alone


# ---- one by one
class Bench:
    """A line on which nothing fails by itself."""

    def __init__(self) -> None:
        self.rig = Rig(line(**QUIET), 5, keep_trace=True)
        self.rig.run(10 * SECOND)

    def inject(self, kind: str, target: str, parameters: dict[str, float] | None = None, **more: int) -> Record:
        fault = make(kind, target, parameters, **more)  # type: ignore[arg-type]  # ints go to times only
        return self.rig.faults.inject(self.rig.now, fault, "the test", "to see")

    def go(self, seconds: float) -> None:
        self.rig.run(self.rig.now + int(seconds * SECOND))

    def clear(self, record: Record) -> None:
        self.rig.faults.clear(self.rig.now, record.number, "tester")

    def cabinet(self, number: int) -> Cabinet:
        return next(c for c in self.rig.cabinets if c.station.number == number)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_the_record_tells_the_root_cause(bench: Bench) -> None:
    record = bench.inject("stuck_on", "ST05.clamped")
    assert (record.who, record.why, record.since_us, record.present) == ("the test", "to see", 10 * SECOND, True)
    assert bench.rig.faults.active == [record]
    bench.go(30)
    bench.clear(record)
    assert (record.ended_us, record.ended_by, record.present) == (40 * SECOND, "tester", False)
    assert bench.rig.faults.active == []
    bench.go(1)
    bench.clear(record)
    assert record.ended_us == 40 * SECOND


def test_a_timed_fault_ends_by_itself(bench: Bench) -> None:
    record = bench.inject("utility_loss", "oil", lasts_us=5 * SECOND)
    bench.go(5)
    assert record.active
    bench.go(0.000001)
    assert (record.ended_us, record.ended_by) == (15 * SECOND, "its time was over")
    assert not bench.rig.plant.utilities["oil"].tripped


def test_an_intermittent_fault_comes_and_goes(bench: Bench) -> None:
    record = bench.inject("stuck_off", "ST05.clamped", on_us=2 * SECOND, off_us=3 * SECOND, lasts_us=300 * SECOND)
    seen = set()
    terminals = bench.cabinet(5).station.terminals
    for _ in range(290):
        bench.go(1)
        seen.add(record.present)
        assert bool(terminals.injected) is record.present
    assert seen == {True, False}
    assert 30 < record.strikes < 90
    bench.go(20)
    assert not record.active
    assert terminals.injected == 0


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


def test_a_momentary_fault_is_over_at_once(bench: Bench) -> None:
    record = bench.inject("board_reset", "ST05")
    assert (record.active, record.strikes, record.due_us) == (False, 1, NEVER)
    assert bench.cabinet(5).board.resets == 1  # type: ignore[attr-defined]
    bench.inject("breakdown", "ST05")
    assert bench.cabinet(5).station.people.broken >= 0


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


# ---- what is refused
@pytest.mark.parametrize(
    ("kind", "target", "parameters", "said"),
    [
        ("stuck", "ST05.clamped", {}, "did you mean stuck_"),
        ("offset", "ST05.press_force", {}, "offset.value: must be given"),
        ("gain", "ST05.press_force", {"factor": 0.0}, "must be 0.01..100"),
        ("gain", "ST05.press_force", {"faktor": 1.0}, "is no parameter"),
        ("noise", "ST05.press_force", {"sigma": float("nan")}, "must be 0"),
        ("swapped", "ST05.clamped", {}, "must name the other input"),
    ],
)
def test_what_cannot_be_made(kind: str, target: str, parameters: dict[str, float], said: str) -> None:
    with pytest.raises(FaultError, match=said):
        make(kind, target, parameters)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (make("stuck_on", "ST05.clampd"), "did you mean ST05.clamped"),
        (make("stuck_on", "ST15.clamped"), "no such station"),
        (make("link_cut", "ST05.clamped"), "strikes the serial line"),
        (make("utility_loss", "gas"), "there are air, oil, cooling, mains"),
        (make("slow", "ST01.gantry", {"factor": 2.0}), "cannot be slow"),
        (make("swapped", "ST05.clamped", other="ST05.clamped"), "with itself"),
        (make("swapped", "ST05.clamped", other="ST06.clamped"), "strikes a digital input"),
    ],
)
def test_what_is_not_there_is_refused_and_changes_nothing(bench: Bench, fault: Fault, said: str) -> None:
    with pytest.raises(FaultError, match=said):
        bench.rig.faults.inject(bench.rig.now, fault, "test")
    assert bench.rig.faults.records == []


def test_momentary_faults_take_no_time() -> None:
    with pytest.raises(FaultError, match="strikes once"):
        make("board_reset", "ST05", lasts_us=1)
    with pytest.raises(FaultError, match="both its mean times"):
        make("link_cut", "ST05", on_us=1)


def test_only_what_was_injected_can_be_cleared(bench: Bench) -> None:
    with pytest.raises(FaultError, match="no such fault"):
        bench.rig.faults.clear(bench.rig.now, 1, "test")
