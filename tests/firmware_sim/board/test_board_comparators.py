"""Comparators with hysteresis behind the at_... conditions, and the readings of analogue inputs."""

from __future__ import annotations

import pytest

from firmware_sim.board.profile import HYSTERESIS, profile
from plant.signal import Signal
from protocols.ports import NEVER
from protocols.stations.images import LEVEL, LIMIT
from protocols.stations.io_table import KITTING, MACHINING
from tests.firmware_sim.bench import MS, Bench
from tests.firmware_sim.board.board_hosts import Happening, WhenAsked


def _watching(channel: int, limit: int) -> Bench:
    return Bench(MACHINING).ready().register(LIMIT[channel], limit).once()


def _level(bench: Bench, channel: int, counts: float) -> bool:
    bench.signals[channel].hold(bench.now, counts)
    return bench.once().shows(LEVEL[channel])


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_level_is_reached_at_its_limit_and_left_below_the_hysteresis(channel: int) -> None:
    bench = _watching(channel, 500)
    assert not _level(bench, channel, 499)
    assert _level(bench, channel, 500)
    assert _level(bench, channel, 500 - HYSTERESIS)
    assert not _level(bench, channel, 499 - HYSTERESIS)
    assert not _level(bench, channel, 499)
    assert _level(bench, channel, 500)


def test_a_limit_of_zero_is_no_limit() -> None:
    bench = _watching(0, 0)
    assert not _level(bench, 0, 1023)
    bench.register(LIMIT[0], 1).once()
    assert bench.shows(LEVEL[0])
    bench.register(LIMIT[0], 0).once()
    assert not bench.shows(LEVEL[0])


def test_a_limit_beyond_the_range_is_never_reached() -> None:
    bench = _watching(0, 65_535)
    assert not _level(bench, 0, 1023)


def test_a_limit_below_the_hysteresis_is_never_left() -> None:
    bench = _watching(0, HYSTERESIS)
    assert _level(bench, 0, HYSTERESIS)
    assert _level(bench, 0, 0)


def test_another_limit_is_judged_without_the_hysteresis_of_the_old_one() -> None:
    bench = _watching(0, 500)
    assert _level(bench, 0, 500)
    assert not bench.register(LIMIT[0], 501).once().shows(LEVEL[0])


def test_the_limit_of_one_input_does_not_disturb_the_level_of_another() -> None:
    bench = _watching(1, 500)
    assert _level(bench, 1, 500)
    assert _level(bench, 1, 495)
    assert bench.register(LIMIT[0], 100).once().shows(LEVEL[1])


def test_a_limit_that_is_written_is_judged_at_once() -> None:
    bench = Bench(MACHINING).ready()
    bench.signals[0].hold(bench.now, 600.0)
    bench.once()
    assert bench.register(LIMIT[0], 600).once().shows(LEVEL[0])


def test_a_quiet_board_wakes_when_its_signal_moves() -> None:
    bench = _watching(0, 500)
    bench.pass_ms(60_000)
    assert _level(bench, 0, 500)


def test_a_slow_course_is_not_asked_for_before_it_comes_near() -> None:
    """A ramp over 50 s is two exchanges, not 2,500: the crossing is computed."""
    host = WhenAsked(profile(KITTING), [Signal(0.0, 1023.0)])
    course = Happening(1_000 * MS, "ramp", lambda _, now: host.signals[0].ramp(now, 1000.0, 20.0))
    write = Happening(500 * MS, "limit", lambda _, now: host.write(now, 500 << 16 * LIMIT[0]))
    asked: list[int] = []
    answer = host.answer

    def counted(now: int) -> int:
        asked.append(now)
        return answer(now)

    host.answer = counted  # type: ignore[method-assign]
    host.run([write, course], 100_000 * MS)
    reached = next(now for now, status, *_ in host.seen if status & LEVEL[0])
    assert reached == 26_000 * MS
    assert len([now for now in asked if now > 1_000 * MS]) <= 3


# ---- readings
@pytest.mark.parametrize(
    ("now_us", "sampled_us"),
    [(0, 0), (1, 0), (20_000, 0), (20_001, 20_000), (30_000, 20_000), (40_000, 20_000), (1_010_000, 1_000_000)],
)
def test_a_reading_is_that_of_the_last_exchange_before_it(now_us: int, sampled_us: int) -> None:
    bench = Bench(MACHINING)
    bench.signals[1].ramp(0, 1023.0, 900.0)
    assert bench.board.measured(1, now_us) == bench.signals[1].counts(sampled_us)


def test_a_change_after_the_exchange_is_not_read_yet() -> None:
    bench = Bench(MACHINING)
    bench.signals[0].hold(0, 100.0)
    bench.signals[0].hold(1_001 * MS, 200.0)
    assert bench.board.measured(0, 1_010 * MS) == 100
    assert bench.board.measured(0, 1_020 * MS) == 100, "the exchange of this instant is still to come"
    assert bench.board.measured(0, 1_030 * MS) == 200
    assert bench.board.due_us < NEVER
