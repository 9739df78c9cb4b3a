"""The injector: when a fault begins and ends, what is recorded of it, what is refused."""

from __future__ import annotations

import pytest

from protocols.ports import NEVER
from sector7.faults.fault import Fault, FaultError, make
from sector7.rig.rig import Rig
from tests.sector7.faults.bench import Bench
from tests.sector7.lines import QUIET, SECOND, line


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


def test_a_momentary_fault_is_over_at_once(bench: Bench) -> None:
    record = bench.inject("board_reset", "ST05")
    assert (record.active, record.strikes, record.due_us) == (False, 1, NEVER)
    assert bench.cabinet(5).board.resets == 1  # type: ignore[attr-defined]
    bench.inject("breakdown", "ST05")
    assert bench.cabinet(5).station.people.broken >= 0


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
