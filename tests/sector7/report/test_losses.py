"""The losses add up exactly, to the microsecond, and lead to the key figures that the plant itself counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.plc.clockwork import STARVED, ratios
from protocols.packml import State
from sector7.masters.values import PlantValues
from sector7.report.activity import UNPLANNED, Activity
from sector7.report.collect import Collected, Recorder
from sector7.report.losses import waterfall
from sector7.rig.rig import Rig
from sector7.scenario.names import Names
from tests.sector7.lines import HOUR, busy

TIMES = st.lists(st.tuples(st.text(max_size=3), st.integers(0, 10**14)), max_size=5)


@given(TIMES, TIMES, st.integers(0, 10**13), st.integers(1, 10**9), st.integers(0, 10**5), st.integers(0, 10**5))
def test_losses_add_up_to_the_planned_time(
    unplanned: list[tuple[str, int]], down: list[tuple[str, int]], produced: int, ideal: int, good: int, bad: int
) -> None:
    total = produced + sum(us for _, us in unplanned) + sum(us for _, us in down)
    found = waterfall("x", total, unplanned, down, ideal, good + bad, good)
    assert found.produced_us == produced
    assert found.planned_us - sum(us for _, us in found.losses) == found.valuable_us == ideal * good
    if produced and good + bad:
        standard = ratios(produced, found.planned_us, good + bad, good, ideal)
        if standard.effectiveness < 9999:
            assert found.oee == pytest.approx(
                produced / found.planned_us * (ideal * (good + bad) / produced) * (good / (good + bad))
            )


@pytest.fixture(scope="module")
def run() -> tuple[Rig, Collected]:
    rig = Rig(busy(), 7)
    recorder = Recorder(rig, 3 * HOUR, Names(rig, PlantValues(rig, 0)))
    while rig.now < 3 * HOUR:
        rig.run(min(recorder.due_us, 3 * HOUR))
        recorder.look(rig.now, failed=False)
    return rig, recorder.finish(failed=False)


def test_what_was_heard_is_what_the_units_counted(run: tuple[Rig, Collected]) -> None:
    rig, collected = run
    for unit in rig.line.units:
        totals = collected.lives[unit.io.number].strip.totals
        clock, now = unit.clockwork, rig.now
        assert sum(totals) == now
        assert totals[Activity.EXECUTE] == clock.total(now, State.EXECUTE)
        # the scan in which a unit changes over is told apart by the one and not by the other
        assert totals[Activity.STARVED] == pytest.approx(clock.total(now, STARVED), abs=20_000_000)
        figures, own = unit.ratios(now), collected.stations[unit.io.number]
        assert own.produced_us == totals[Activity.EXECUTE]
        assert own.planned_us == now - sum(totals[each] for each in UNPLANNED)
        assert figures.availability == 1000 * own.produced_us // own.planned_us
        assert own.oee == pytest.approx(figures.oee / 1000, abs=0.004)


def test_the_line_is_counted_at_its_last_station(run: tuple[Rig, Collected]) -> None:
    rig, collected = run
    figures = rig.line.ratios(rig.now)
    assert collected.line.planned_us == rig.now
    assert figures.availability == 1000 * collected.line.produced_us // rig.now
    assert collected.line.oee == pytest.approx(figures.oee / 1000, abs=0.004)


def test_every_stop_is_heard_with_its_reason(run: tuple[Rig, Collected]) -> None:
    rig, collected = run
    stops = [stop for life in collected.lives.values() for stop in life.longest]
    assert len(stops) > 24
    for life in collected.lives.values():
        assert sum(count for count, _ in life.causes.values()) >= len(life.longest)
        down = sum(us for us in map(life.strip.totals.__getitem__, (Activity.HELD, Activity.ABORTED)))
        assert sum(us for _, us in life.causes.values()) >= down
    reasons = {stop.text for stop in stops if stop.begin_us}
    assert any("timed out" in reason for reason in reasons)
    assert "by itself (start, command of the line)" not in reasons
    failures = sum(unit.failures for unit in rig.line.units)
    assert failures == pytest.approx(sum(stop.begin_us > 0 for stop in stops), abs=12)
