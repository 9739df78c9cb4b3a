"""The axis: a trapezoidal profile in closed form and integers, and the step generator that runs it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.board.profile import SLOWEST
from firmware_sim.board.stepper import Stepper
from firmware_sim.board.trapezoid import SECOND, duration, travelled
from plant import axis as plant_axis
from protocols.ports import NEVER
from protocols.stations.images import IN_POSITION, SPEED, TARGET, word
from protocols.stations.io_table import MACHINING
from tests.firmware_sim.bench import Bench

_WAYS = st.one_of(st.sampled_from((1, 2, 16_000, 65_535)), st.integers(1, 65_535))
_SPEEDS = st.one_of(st.sampled_from((SLOWEST, 65_535)), st.integers(SLOWEST, 65_535))
_ACCELERATIONS = st.one_of(st.sampled_from((1, 20_000, 65_535)), st.integers(1, 65_535))
PROFILES = given(way=_WAYS, speed=_SPEEDS, acceleration=_ACCELERATIONS, shares=st.lists(st.integers(0, 1000)))

profiles = settings(max_examples=150, deadline=None)


class Word64(int):
    """An integer that refuses what does not fit into 64 bits, or into the bound that the docstring promises."""

    def __new__(cls, value: int) -> Word64:
        assert 0 <= value < 1 << 56, f"{value} does not fit"
        return super().__new__(cls, value)

    def __add__(self, other: int) -> Word64:
        return Word64(int(self) + other)

    def __sub__(self, other: int) -> Word64:
        return Word64(int(self) - other)

    def __mul__(self, other: int) -> Word64:
        return Word64(int(self) * other)

    __rmul__ = __mul__

    def __floordiv__(self, other: int) -> Word64:
        return Word64(int(self) // other)


# ---- the profile
@profiles
@PROFILES
def test_a_profile_never_turns_back_and_ends_at_its_target(
    way: int, speed: int, acceleration: int, shares: list[int]
) -> None:
    total = duration(way, speed, acceleration)
    instants = sorted({total * share // 1000 for share in shares} | {0, 1, total - 1, total, total + 1})
    course = [travelled(way, speed, acceleration, after, total) for after in instants if after >= 0]
    assert course == sorted(course)
    assert course[0] == 0
    assert course[-1] == way


@profiles
@PROFILES
def test_a_profile_is_never_faster_than_its_speed(way: int, speed: int, acceleration: int, shares: list[int]) -> None:
    total = duration(way, speed, acceleration)
    for share in shares:
        begin = total * share // 1000
        end = min(total, begin + 20_000)
        gone = travelled(way, speed, acceleration, end, total) - travelled(way, speed, acceleration, begin, total)
        # two roundings, and a whole unit where the last step ends the way
        assert gone <= speed * (end - begin) // SECOND + 3


@profiles
@PROFILES
def test_a_profile_lasts_as_long_as_its_speed_and_acceleration_allow(
    way: int, speed: int, acceleration: int, shares: list[int]
) -> None:
    total = duration(way, speed, acceleration)
    assert total >= way * SECOND // speed - 1
    # way <= acceleration * (total / 2)^2, and equal to it where full speed is not reached
    assert way * 4 * SECOND * SECOND <= acceleration * (total + 4) * (total + 4)


@profiles
@PROFILES
def test_a_profile_stays_within_the_bounds_that_a_c_program_needs(
    way: int, speed: int, acceleration: int, shares: list[int]
) -> None:
    w, v, a = Word64(way), Word64(speed), Word64(acceleration)
    total = duration(w, v, a)
    assert total < 1 << 31
    for share in (*shares, 1, 500, 999):
        travelled(w, v, a, Word64(total * share // 1000), Word64(total))


@profiles
@PROFILES
def test_the_plants_axis_follows_the_same_profile(way: int, speed: int, acceleration: int, shares: list[int]) -> None:
    total = duration(way, speed, acceleration)
    assert plant_axis.duration(way, speed, acceleration) == total
    for share in shares:
        after = total * share // 1000
        here = travelled(way, speed, acceleration, after, total)
        assert plant_axis.travelled(way, speed, acceleration, after, total) == here


def test_the_profile_in_figures() -> None:
    """1 m at 0.5 m/s and 2 m/s^2: a quarter second up, a quarter down, 62.5 mm each."""
    total = duration(10_000, 5_000, 20_000)
    assert total == 2_250_000
    instants = (0, 125_000, 250_000, 1_125_000, 2_000_000, 2_125_000)
    course = [travelled(10_000, 5_000, 20_000, t, total) for t in instants]
    assert course == [0, 156, 625, 5_000, 9_375, 9_844]


def test_a_short_way_never_reaches_full_speed() -> None:
    """20 mm at 2 m/s^2: 0.1 s up and 0.1 s down."""
    total = duration(200, 5_000, 20_000)
    assert total == 200_000
    assert travelled(200, 5_000, 20_000, 100_000, total) == 100


# ---- the step generator
def test_a_new_target_on_the_way_begins_where_the_axis_is() -> None:
    stepper = Stepper(20_000, 16_000)
    stepper.move(0, 16_000, 1_000)
    here = stepper.position(3_000_000)
    stepper.move(3_000_000, 0, 1_000)
    assert stepper.position(3_000_000) == here
    assert stepper.position(stepper.until) == 0


def test_a_target_beyond_the_stroke_is_the_end_of_the_stroke() -> None:
    stepper = Stepper(20_000, 16_000)
    stepper.move(0, 65_535, 65_535)
    assert stepper.position(stepper.until) == 16_000


def test_speed_zero_stops_and_is_not_the_end_of_the_way() -> None:
    stepper = Stepper(20_000, 16_000)
    stepper.move(0, 16_000, 1_000)
    stepper.move(3_000_000, 16_000, 0)
    here = stepper.position(3_000_000)
    assert 0 < here < 16_000
    assert stepper.position(100_000_000) == here
    assert stepper.until == NEVER


def test_a_stop_at_the_target_is_the_end_of_the_way() -> None:
    stepper = Stepper(20_000, 16_000)
    stepper.move(0, 500, 1_000)
    end = stepper.until
    stepper.stop(end + 5)
    assert stepper.until == end + 5
    assert stepper.position(end + 5) == 500


def test_the_same_target_again_is_reached_at_once() -> None:
    stepper = Stepper(20_000, 16_000)
    stepper.move(0, 0, 1_000)
    assert stepper.until == 0


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3_000_000), st.integers(0, 20_000), st.just(0) | st.integers(SLOWEST, 65_535)),
        min_size=1,
        max_size=20,
    )
)
def test_an_axis_never_jumps_and_never_leaves_its_stroke(moves: list[tuple[int, int, int]]) -> None:
    stepper, now = Stepper(20_000, 16_000), 0
    for gap, target, speed in moves:
        now += gap
        before = stepper.position(now)
        stepper.move(now, target, speed)
        assert stepper.position(now) == before
        assert 0 <= before <= 16_000
    if stepper.until < NEVER:
        assert stepper.position(stepper.until) == min(moves[-1][1], 16_000)


# ---- on the board
def _board() -> Bench:
    return Bench(MACHINING).inputs("axis_home").ready()


def test_in_position_tells_that_the_way_is_over() -> None:
    bench = _board()
    assert bench.shows(IN_POSITION)
    bench.axis(1_000, 1_000).once()
    assert not bench.shows(IN_POSITION)
    # 1000 ms at speed and 50 ms for getting there and away, told at the next exchange
    bench.pass_ms(1_040)
    assert not bench.shows(IN_POSITION)
    assert bench.once().shows(IN_POSITION)
    assert bench.board.axis_position(bench.now) == 1_000


@pytest.mark.parametrize(
    ("target", "speed", "given_target", "given_speed"),
    [(1_000, 500, 1_000, 500), (65_535, 65_535, 6_000, 65_535), (100, 1, 100, SLOWEST), (100, 0, 100, 0)],
)
def test_what_reaches_the_plant_is_what_the_board_runs(
    target: int, speed: int, given_target: int, given_speed: int
) -> None:
    bench = _board().axis(target, speed).once()
    assert word(bench.board.outputs, TARGET) == given_target
    assert word(bench.board.outputs, SPEED) == given_speed
