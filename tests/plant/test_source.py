"""Sources move their signal, their flag follows."""

from __future__ import annotations

import math
from typing import Any

import pytest

from plant.mechanism import COOLING, MAINS, SAFETY
from plant.signal import Signal
from plant.source import Source
from tests.plant.bench import SECOND, Bench


class SourceBench(Bench):
    def __init__(self, kind: str) -> None:
        super().__init__("flag")
        self.signal = Signal(0.0, 1000.0)
        self.kind = kind

    def source(self, needs: int = SAFETY | MAINS, **more: Any) -> Source:
        if self.kind == "ramp":
            course: dict[str, Any] = {"level": 500.0, "rise_per_s": 200.0, "fall_per_s": 250.0}
        else:
            course = {"level": 80.0, "rest": 20.0, "tau_us": 2e6}
        return Source(self.agenda, self.terminals, "it", self.signal, needs=needs, **course, **more)

    def after(self, seconds: float) -> float:
        self.run(self.now + int(seconds * SECOND))
        return self.signal.value(self.now)


def test_a_ramp_up_and_down() -> None:
    bench = SourceBench("ramp")
    source = bench.source()
    source.drive(0, True)
    assert [bench.after(1.0), bench.after(1.0), bench.after(1.0)] == [pytest.approx(v) for v in (200.0, 400.0, 500.0)]
    source.drive(bench.now, False)
    assert [bench.after(1.0), bench.after(1.0), bench.after(9.0)] == [pytest.approx(v) for v in (250.0, 0.0, 0.0)]


def test_an_approach_begins_and_ends_at_rest() -> None:
    bench = SourceBench("tau")
    source = bench.source()
    assert bench.signal.value(0) == 20.0
    source.drive(0, True)
    assert bench.after(2.0) == pytest.approx(80.0 - 60.0 / math.e)
    source.drive(bench.now, False)
    assert bench.after(100.0) == pytest.approx(20.0)


def test_modulation_scales_the_level_while_it_runs() -> None:
    bench = SourceBench("tau")
    source = bench.source(modulated=True)
    source.modulate(0, 512)
    assert bench.after(50.0) == 20.0
    source.drive(bench.now, True)
    assert bench.after(50.0) == pytest.approx(50.0)
    source.modulate(bench.now, 1024)
    assert bench.after(50.0) == pytest.approx(80.0)
    source.modulate(bench.now, 0)
    assert bench.after(50.0) == pytest.approx(20.0)


def test_modulation_means_nothing_to_a_source_that_is_only_switched() -> None:
    bench = SourceBench("tau")
    source = bench.source()
    source.modulate(0, 0)
    source.drive(0, True)
    assert bench.after(50.0) == pytest.approx(80.0)


def test_the_flag_follows_late_to_both_sides() -> None:
    bench = SourceBench("ramp")
    source = bench.source(flag="flag", delay_us=700_000)
    source.drive(0, True)
    bench.after(5.0)
    source.drive(bench.now, False)
    bench.after(5.0)
    assert bench.edges == [(700_000, "flag", 1), (5_700_000, "flag", 0)]


def test_a_short_run_shows_no_flag() -> None:
    bench = SourceBench("ramp")
    source = bench.source(flag="flag", delay_us=700_000)
    source.drive(0, True)
    bench.after(0.5)
    source.drive(bench.now, False)
    bench.after(5.0)
    assert bench.edges == []


def test_the_flag_keeps_its_time_whatever_the_modulation_does() -> None:
    bench = SourceBench("tau")
    source = bench.source(flag="flag", modulated=True)
    source.drive(0, True)
    for duty in range(10):
        bench.after(0.2)
        source.modulate(bench.now, duty)
    assert bench.when("flag", 1) == 500_000


def test_a_contact_for_the_opposite_opens_at_once_and_closes_late() -> None:
    """ "Discharged" must never be seen while the voltage is up."""
    bench = SourceBench("ramp")
    source = bench.source(flag="flag", normally=True, delay_us=2_300_000)
    assert bench.sees("flag")
    source.drive(0, True)
    assert not bench.sees("flag")
    bench.after(4.0)
    source.drive(bench.now, False)
    bench.after(4.0)
    assert bench.edges == [(0, "flag", 0), (6_300_000, "flag", 1)]


def test_a_cut_discharges_and_says_so() -> None:
    bench = SourceBench("ramp")
    source = bench.source(flag="flag", normally=True, delay_us=2_300_000)
    source.drive(0, True)
    bench.after(4.0)
    source.inhibit(bench.now, SAFETY, True)
    assert bench.after(4.0) == 0.0
    assert bench.sees("flag")
    source.inhibit(bench.now, SAFETY, False)
    assert bench.after(9.0) == 0.0
    assert bench.sees("flag")


def test_an_idle_source_shows_the_same_while_it_is_inhibited() -> None:
    bench = SourceBench("ramp")
    source = bench.source(needs=SAFETY, flag="flag", normally=True)
    source.inhibit(0, SAFETY, True)
    bench.after(9.0)
    source.inhibit(bench.now, SAFETY, False)
    bench.after(9.0)
    assert bench.sees("flag")
    assert bench.edges == []


def test_a_supply_that_returns_starts_it_again() -> None:
    bench = SourceBench("ramp")
    source = bench.source(needs=COOLING, flag="flag")
    source.drive(0, True)
    bench.after(4.0)
    source.inhibit(bench.now, COOLING, True)
    assert bench.after(4.0) == 0.0
    assert not bench.sees("flag")
    source.inhibit(bench.now, COOLING, False)
    assert bench.after(4.0) == 500.0
    assert bench.sees("flag")


@pytest.mark.parametrize("kind", ["ramp", "tau"])
def test_the_declared_stopping_time_is_enough(kind: str) -> None:
    bench = SourceBench(kind)
    source = bench.source()
    source.drive(0, True)
    bench.after(60.0)
    rest = 0.0 if kind == "ramp" else 20.0
    full = bench.signal.value(bench.now) - rest
    source.inhibit(bench.now, SAFETY, True)
    assert bench.after(source.stopping_us / SECOND) - rest <= 0.0101 * full
    assert source.stopping_us > 0
