"""Trips: after a boot, by the safety chain, by silence. Outputs are off until an acknowledge; nothing restarts."""

from __future__ import annotations

import pytest

from firmware_sim.board.profile import EXCHANGE_US, WATCHDOG_EXCHANGES
from protocols.stations.images import (
    ACKNOWLEDGE,
    ANDON,
    IN_POSITION,
    MARK_PASS,
    PROGRAM,
    SAFE_STATE,
    SAFETY_OK,
    SPEED,
    TARGET,
    TRIPPED,
    word,
)
from protocols.stations.io_table import KITTING, MACHINING, STATIONS
from protocols.stations.station_io import StationIO
from tests.firmware_sim.bench import Bench

WATCHDOG_MS = WATCHDOG_EXCHANGES * EXCHANGE_US / 1_000

every_station = pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)


def _all_on(io: StationIO) -> Bench:
    """A board in the middle of its work: every condition is met, every output is on, the axis is on its way."""
    bench = Bench(io).inputs(" ".join(io.inputs)).ready()
    return bench.outputs(" ".join(io.outputs)).axis(10_000, 500).pass_ms(2_000)


# ---- boot and acknowledge
@every_station
def test_a_board_boots_tripped_with_every_output_off(io: StationIO) -> None:
    bench = Bench(io).inputs(" ".join(io.inputs)).outputs(" ".join(io.outputs)).axis(1_000, 500).pass_ms(5_000)
    assert bench.shows(TRIPPED)
    assert not bench.on
    assert bench.board.axis_position(bench.now) == 0
    assert bench.seen[0] == bench.seen[-1]


@every_station
def test_an_acknowledge_edge_lets_the_outputs_follow_the_command(io: StationIO) -> None:
    bench = _all_on(io)
    assert not bench.shows(TRIPPED)
    assert bench.on == set(io.outputs)


def test_an_acknowledge_level_that_was_there_before_the_boot_is_no_edge() -> None:
    bench = Bench(KITTING)
    bench.command = ACKNOWLEDGE
    assert bench.pass_ms(1_000).shows(TRIPPED)
    bench.command = 0
    bench.once()
    bench.command = ACKNOWLEDGE
    assert not bench.once().shows(TRIPPED)


def test_an_acknowledge_edge_while_the_safety_chain_is_open_is_lost() -> None:
    bench = Bench(KITTING).inputs(safe=False).pass_ms(100)
    bench.command = ACKNOWLEDGE
    assert bench.pass_ms(100).shows(TRIPPED)
    assert bench.inputs().pass_ms(1_000).shows(SAFETY_OK | TRIPPED)
    bench.command = 0
    bench.once()
    assert not bench.acknowledge().shows(TRIPPED)


def test_an_acknowledge_that_stays_on_acknowledges_nothing_more() -> None:
    bench = Bench(KITTING).ready()
    bench.command |= ACKNOWLEDGE
    bench.inputs(safe=False).pass_ms(100).inputs().pass_ms(100).outputs("gripper_close")
    assert bench.pass_ms(1_000).shows(SAFETY_OK | TRIPPED)


# ---- the safety chain
@every_station
def test_a_safety_trip_leaves_on_what_is_to_be_kept_and_nothing_else(io: StationIO) -> None:
    bench = _all_on(io).inputs(" ".join(io.inputs), safe=False).pass_ms(100)
    assert bench.shows(TRIPPED)
    assert not bench.shows(SAFE_STATE)
    assert bench.on == set(io.keep)


def test_a_trip_shows_although_the_board_had_nothing_to_do() -> None:
    bench = Bench(KITTING).ready()
    assert not bench.inputs(safe=False).pass_ms(100).shows(SAFETY_OK)
    assert bench.shows(TRIPPED)


@every_station
def test_closing_the_safety_chain_restarts_nothing(io: StationIO) -> None:
    bench = _all_on(io).inputs(" ".join(io.inputs), safe=False).pass_ms(200)
    where = bench.board.axis_position(bench.now)
    bench.inputs(" ".join(io.inputs)).pass_ms(60_000)
    assert bench.shows(SAFETY_OK | TRIPPED)
    assert bench.on == set(io.keep)
    assert bench.board.axis_position(bench.now) == where


def test_what_is_kept_may_be_switched_off_while_tripped_but_not_on_again() -> None:
    bench = _all_on(KITTING).inputs("tray_present", safe=False).pass_ms(100)
    bench.outputs("tray_lock").once()
    assert bench.on == {"tray_lock"}
    bench.outputs("tray_lock gripper_close").once()
    assert bench.on == {"tray_lock"}


def test_a_trip_stops_the_axis_where_it_is_and_tells_the_plant() -> None:
    bench = _all_on(MACHINING)
    before = bench.board.axis_position(bench.now)
    assert word(bench.board.outputs, TARGET) == 6_000, "the stroke"
    bench.inputs(safe=False).pass_ms(100)
    stopped = bench.board.axis_position(bench.now)
    assert before < stopped < 6_000
    assert word(bench.board.outputs, TARGET) == word(bench.board.outputs, SPEED) == 0
    assert not bench.shows(IN_POSITION), "it was stopped before its target"
    assert bench.board.axis_position(bench.pass_ms(60_000).now) == stopped


def test_after_the_acknowledge_the_axis_goes_on_to_what_is_commanded_then() -> None:
    bench = _all_on(MACHINING).inputs(safe=False).pass_ms(100).inputs().pass_ms(100)
    bench.axis(0, 500).acknowledge().pass_ms(20_000)
    assert bench.board.axis_position(bench.now) == 0
    assert bench.shows(IN_POSITION)


def test_a_trip_lets_pass_what_moves_nothing() -> None:
    bench = Bench(KITTING).ready()
    bench.register(PROGRAM, 7).command |= ANDON | MARK_PASS
    bench.inputs(safe=False).pass_ms(100)
    assert bench.board.outputs & (ANDON | MARK_PASS) == ANDON | MARK_PASS
    assert word(bench.board.outputs, PROGRAM) == 7


# ---- silence
@every_station
def test_a_silence_puts_the_declared_safe_outputs_out(io: StationIO) -> None:
    bench = _all_on(io)
    bench.link_up = False
    bench.pass_ms(WATCHDOG_MS - 20)
    assert bench.on == set(io.outputs), "not yet"
    bench.once()
    assert bench.on == set(io.keep)
    assert word(bench.board.outputs, SPEED) == 0


def test_a_silence_just_below_the_watchdog_changes_nothing() -> None:
    bench = _all_on(KITTING)
    before = bench.status, bench.board.outputs
    bench.silence(WATCHDOG_MS - 20).once()
    assert (bench.status, bench.board.outputs) == before
    assert bench.board.watchdog_trips == 0


def test_after_a_watchdog_trip_outputs_wait_for_an_acknowledge() -> None:
    bench = _all_on(KITTING).silence(5_000).pass_ms(60_000)
    assert bench.shows(TRIPPED | SAFE_STATE)
    assert bench.on == set(KITTING.keep)
    bench.acknowledge()
    assert not bench.status & (TRIPPED | SAFE_STATE)
    assert bench.on == set(KITTING.outputs)


def test_a_watchdog_trip_is_counted_once_for_each_silence() -> None:
    bench = _all_on(KITTING)
    bench.silence(1_000).once()
    assert bench.board.watchdog_trips == 1
    bench.silence(1_000).once()
    assert bench.board.watchdog_trips == 1, "still tripped"
    bench.acknowledge()
    bench.silence(1_000).once()
    assert bench.board.watchdog_trips == 2


def test_the_axis_stops_when_the_watchdog_expires_and_not_before() -> None:
    bench = _all_on(MACHINING)
    moving = bench.board.axis_position(bench.now)
    bench.silence(WATCHDOG_MS)
    assert bench.board.axis_position(bench.now - 20_000) > moving
    assert bench.board.axis_position(bench.now) == bench.board.axis_position(bench.now + 10_000_000)
