"""Modulated outputs: the soft start of a drive, and the duty that the firmware's regulator gives a heater."""

from __future__ import annotations

import pytest

from firmware_sim.board.profile import SOFT_START_STEP, SOFT_START_STEP_US, profile
from plant.signal import Signal
from protocols.stations.images import ACKNOWLEDGE, DUTY, LIMIT, put, word
from protocols.stations.io_table import BURN_IN, KITTING, MACHINING, PRESS
from tests.firmware_sim.bench import MS, Bench
from tests.firmware_sim.board.board_hosts import Happening, WhenAsked

STEP_MS = SOFT_START_STEP_US / MS


def _spindle() -> Bench:
    return Bench(MACHINING).inputs("clamped").ready()


def _rise(bench: Bench) -> list[tuple[float, int]]:
    """When the duty took which value, in ms from now, over five seconds."""
    begin, seen = bench.now, [(0.0, bench.duty)]
    for _ in range(250):
        at = bench.now
        if bench.once().duty != seen[-1][1]:
            seen.append(((at - begin) / MS, bench.duty))
    return seen[1:]


@pytest.mark.parametrize(
    ("goal", "steps"),
    [
        (1024, [(0, 256), (200, 512), (400, 768), (600, 1024)]),
        (700, [(0, 256), (200, 512), (400, 700)]),
        (256, [(0, 256)]),
        (1, [(0, 1)]),
        (65_535, [(0, 256), (200, 512), (400, 768), (600, 1024)]),  # full duty is all there is
    ],
)
def test_a_drive_starts_softly(goal: int, steps: list[tuple[float, int]]) -> None:
    assert _rise(_spindle().register(DUTY, goal).outputs("spindle")) == steps
    assert (STEP_MS, SOFT_START_STEP) == (200, 256)


def test_a_higher_goal_goes_on_from_where_it_is_and_a_lower_one_is_taken_at_once() -> None:
    bench = _spindle().register(DUTY, 256).outputs("spindle").pass_ms(2_000)
    assert _rise(bench.register(DUTY, 1024)) == [(0, 512), (200, 768), (400, 1024)]
    assert bench.register(DUTY, 300).once().duty == 300


def test_a_lower_goal_is_taken_at_once_in_the_middle_of_the_ramp_too() -> None:
    bench = _spindle().register(DUTY, 1024).outputs("spindle").pass_ms(240)
    assert bench.duty == 512
    assert bench.register(DUTY, 100).once().duty == 100


def test_a_drive_that_is_off_has_no_duty_and_starts_anew() -> None:
    bench = _spindle().register(DUTY, 1024).pass_ms(1_000)
    assert bench.duty == 0
    bench.outputs("spindle").pass_ms(1_000)
    assert bench.duty == 1024
    assert bench.outputs().once().duty == 0
    assert bench.outputs("spindle").once().duty == 256


def test_a_drive_that_is_withheld_or_tripped_has_no_duty() -> None:
    bench = _spindle().register(DUTY, 1024).outputs("spindle").pass_ms(1_000)
    assert bench.inputs().pass_ms(60).duty == 0
    bench.inputs("clamped").pass_ms(60).outputs().once()
    bench.outputs("spindle").pass_ms(1_000)
    assert bench.duty == 1024
    assert bench.inputs("clamped", safe=False).pass_ms(60).duty == 0


def test_a_change_elsewhere_does_not_hasten_the_ramp() -> None:
    bench = Bench(PRESS).inputs("die_clamped curtain_clear").ready().register(DUTY, 1024).outputs("ram_advance")
    for index in range(10):
        assert bench.register(LIMIT[0], 1 + index).once().duty == 256
    assert bench.once().duty == 512


def test_a_duty_that_nobody_modulates_is_handed_on() -> None:
    assert Bench(KITTING).ready().register(DUTY, 300).once().duty == 300


# ---- the heater
def _chamber(counts: float) -> Bench:
    bench = Bench(BURN_IN).ready()
    bench.signals[0].hold(bench.now, counts)
    return bench.register(DUTY, 409).outputs("heater")


def test_the_heater_follows_the_reading_and_not_the_duty_register() -> None:
    assert _chamber(100).once().duty == 1024
    assert _chamber(600).once().duty == 0
    assert 0 < _chamber(400).once().duty < 1024


def test_the_regulator_samples_every_ten_seconds_only() -> None:
    bench = _chamber(400).once()
    first = bench.duty
    bench.signals[0].hold(bench.now, 300.0)
    bench.pass_ms(9_960)
    assert bench.duty == first
    assert bench.pass_ms(40).duty > first


def test_the_next_sample_is_asked_for() -> None:
    host = WhenAsked(profile(BURN_IN), [Signal(0.0, 1023.0, 400.0)])
    heat = BURN_IN.output("heater") | put(409, DUTY)
    acknowledge = Happening(30 * MS, "acknowledge", lambda _, now: host.write(now, heat | ACKNOWLEDGE))
    host.run([acknowledge], 60_000 * MS)
    duties = [(now // MS, word(outputs, DUTY)) for now, _, outputs, _ in host.seen if outputs]
    assert [now for now, _ in duties] == [40, 10_040, 20_040, 30_040, 40_040, 50_040]
    assert [duty for _, duty in duties] == sorted({duty for _, duty in duties})


def test_the_heater_off_has_no_duty_and_samples_at_once_when_it_is_on_again() -> None:
    bench = _chamber(400).once()
    assert bench.outputs().once().duty == 0
    assert bench.outputs("heater").once().duty > 0


def test_the_heater_keeps_on_regulating_when_the_safety_chain_opens() -> None:
    bench = _chamber(400).once()
    bench.inputs(safe=False).pass_ms(100)
    assert bench.on == {"heater"}
    before = bench.duty
    assert bench.pass_ms(30_000).duty > before
