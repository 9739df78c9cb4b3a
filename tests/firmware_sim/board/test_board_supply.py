"""Supply voltage: brown-out, power-on, start-up time, and what a reset forgets."""

from __future__ import annotations

import pytest

from firmware_sim.board.board import BROWN_OUT_MV, POWER_ON_MV, RESET_BROWN_OUT, RESET_POWER_ON, START_UP_US
from protocols.ports import NEVER
from protocols.stations.images import LINK, SAFE_STATE, TRIPPED
from protocols.stations.io_table import BURN_IN, KITTING, PRESS
from tests.firmware_sim.bench import MS, Bench


def _working() -> Bench:
    return Bench(KITTING).inputs("tray_present").ready().outputs("tray_lock").axis(16_000, 1_000).pass_ms(2_000)


def test_below_the_brown_out_level_the_board_is_dead() -> None:
    bench = _working().power(BROWN_OUT_MV - 1).pass_ms(10_000)
    assert not bench.shows(LINK)
    assert bench.board.outputs == 0
    assert bench.board.due_us == NEVER


def test_a_ripple_that_stays_at_the_brown_out_level_is_nothing() -> None:
    bench = _working()
    before = bench.status, bench.board.outputs
    bench.power(BROWN_OUT_MV).pass_ms(100).power(5_000).pass_ms(100)
    assert (bench.status, bench.board.outputs) == before
    assert bench.board.resets == 0


def test_after_the_supply_is_back_the_board_answers_when_its_start_up_time_is_over() -> None:
    bench = _working().power(0).pass_ms(200).power(5_000)
    back = bench.now
    assert bench.board.due_us == back + START_UP_US
    bench.pass_ms(200)
    answered = next(now for now, status, *_ in bench.seen if now >= back and status & LINK)
    assert answered == back + 80 * MS  # 65 ms, at the next exchange


def test_the_brown_out_level_itself_is_enough_to_live() -> None:
    bench = _working().power(BROWN_OUT_MV - 1).pass_ms(100).power(BROWN_OUT_MV)
    assert bench.pass_ms(200).shows(LINK)


def test_it_boots_tripped_and_with_the_axis_count_at_zero() -> None:
    bench = _working()
    assert bench.board.axis_position(bench.now) > 0
    bench.power(0).pass_ms(100).power(5_000).pass_ms(60_000)
    assert bench.shows(TRIPPED)
    assert not bench.shows(SAFE_STATE)
    assert not bench.on
    assert bench.board.axis_position(bench.now) == 0


def test_a_dip_during_start_up_starts_it_again() -> None:
    bench = _working().power(2_000).pass_ms(100).power(5_000).pass_ms(40).power(2_000).pass_ms(20).power(5_000)
    assert not bench.pass_ms(60).shows(LINK)
    assert bench.pass_ms(40).shows(LINK)
    assert bench.board.resets == 2


@pytest.mark.parametrize(
    ("course", "cause"),
    [
        ((2_000,), RESET_BROWN_OUT),
        ((POWER_ON_MV,), RESET_BROWN_OUT),
        ((POWER_ON_MV - 1,), RESET_POWER_ON),
        ((2_000, 500), RESET_POWER_ON),
        ((500, 2_000), RESET_POWER_ON),  # the memory was lost, however the voltage comes back
        ((500, 5_000, 2_000), RESET_BROWN_OUT),  # the last reset counts
    ],
)
def test_the_lowest_voltage_of_a_dip_tells_the_cause_of_the_reset(course: tuple[int, ...], cause: int) -> None:
    bench = _working()
    for millivolts in course:
        bench.power(millivolts).pass_ms(20)
    bench.power(5_000).pass_ms(200)
    assert bench.board.reset_cause == cause


def test_counters_survive_a_brown_out_and_end_with_the_power() -> None:
    bench = Bench(KITTING).ready().outputs("tray_lock").pass_ms(100).silence(500).pass_ms(100)
    counted = bench.board.watchdog_trips, bench.board.interlock_trips
    assert counted == (1, 1)
    bench.power(2_000).pass_ms(100).power(5_000).pass_ms(200)
    assert (bench.board.watchdog_trips, bench.board.interlock_trips) == counted
    bench.power(0).pass_ms(100).power(5_000).pass_ms(200)
    assert (bench.board.watchdog_trips, bench.board.interlock_trips) == (0, 0)


def test_a_board_without_power_and_one_that_has_heard_nothing_yet_has_no_watchdog_to_expire() -> None:
    bench = _working()
    bench.link_up = False
    bench.pass_ms(40).power(0).pass_ms(5_000).power(5_000).pass_ms(5_000)
    bench.link_up = True
    bench.pass_ms(100)
    assert bench.board.watchdog_trips == 0
    assert not bench.shows(SAFE_STATE)


def test_a_reset_forgets_the_ramped_duty() -> None:
    bench = Bench(PRESS).inputs("die_clamped curtain_clear").ready().outputs("ram_advance").register(3, 1024)
    assert bench.pass_ms(2_000).duty == 1024
    bench.power(0).pass_ms(100).power(5_000).pass_ms(100).acknowledge()
    assert bench.duty == 256


def test_a_reset_forgets_what_the_regulator_knew_of_the_chamber() -> None:
    bench = Bench(BURN_IN).ready()
    bench.signals[0].hold(bench.now, 395.0)
    bench.outputs("heater").register(3, 400).once()
    first = bench.duty
    bench.pass_ms(60_000)
    assert bench.duty > first, "it integrates"
    bench.power(0).pass_ms(100).power(5_000).pass_ms(100).acknowledge()
    assert bench.duty == first


def test_exchanges_are_counted_from_the_boot() -> None:
    bench = Bench(KITTING).pass_ms(1_000)
    assert bench.board.exchanges(bench.now) == 50
    bench.power(0).pass_ms(100)
    assert bench.board.exchanges(bench.now) == 0
    bench.power(5_000).pass_ms(100)
    assert bench.board.exchanges(bench.now) == 1, "at 80 ms"
