"""The axis follows a trapezoid in closed form, and its reference switch tells the truth."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plant.axis import Axis, duration, elapsed, travelled
from plant.mechanism import MAINS, SAFETY
from tests.plant.bench import MS, SECOND, Bench

HOME_ZONE = 20
ACCELERATION = 20_000

WAYS = st.integers(1, 16_000)
SPEEDS = st.integers(1, 20_000)
ACCELERATIONS = st.integers(500, 50_000)


def an_axis(bench: Bench) -> Axis:
    return Axis(bench.agenda, bench.terminals, "gantry", home="home", acceleration=ACCELERATION)


# ---- the profile
@given(WAYS, SPEEDS, ACCELERATIONS)
def test_the_duration_is_that_of_a_trapezoid_or_triangle(way: int, speed: int, acceleration: int) -> None:
    if way <= speed * speed / acceleration:
        exact = 2 * (way / acceleration) ** 0.5
    else:
        exact = way / speed + speed / acceleration
    assert duration(way, speed, acceleration) / SECOND == pytest.approx(exact, abs=4e-6)


@given(WAYS, SPEEDS, ACCELERATIONS, st.lists(st.floats(0.0, 1.0), min_size=2, max_size=12))
def test_a_profile_is_steady_symmetric_and_within_its_limits(
    way: int, speed: int, acceleration: int, shares: list[float]
) -> None:
    total = duration(way, speed, acceleration)
    times = sorted(int(share * total) for share in shares)
    places = [travelled(way, speed, acceleration, t, total) for t in times]
    assert travelled(way, speed, acceleration, 0, total) == 0
    assert travelled(way, speed, acceleration, total, total) == way
    for (t1, x1), (t2, x2) in pairwise(zip(times, places, strict=True)):
        # whole units, so a step more than the top speed allows is a rounding
        assert -1 <= x2 - x1 <= speed * (t2 - t1) / SECOND + 3
    for t, x in zip(times, places, strict=True):
        assert 0 <= x <= way
        assert travelled(way, speed, acceleration, total - t, total) == pytest.approx(way - x, abs=4)


@given(way=WAYS, speed=SPEEDS, acceleration=ACCELERATIONS, share=st.floats(0.0, 1.0))
@example(way=1, speed=832, acceleration=523, share=1.0)
def test_elapsed_is_the_reverse_of_travelled(way: int, speed: int, acceleration: int, share: float) -> None:
    total = duration(way, speed, acceleration)
    distance = int(share * way)
    t = elapsed(distance, way, speed, acceleration, total)
    assert 0 <= t <= total + 1
    # at the end an axis creeps: 0.1 mm takes long, so the time is compared by the way it makes
    assert travelled(way, speed, acceleration, t, total) == pytest.approx(distance, abs=4)


# ---- motions
def test_a_motion_there_and_home() -> None:
    bench = Bench("home")
    axis = an_axis(bench)
    assert bench.sees("home")
    axis.move(0, 7000, 1300)
    total = duration(7000, 1300, ACCELERATION)
    bench.run(total - 50 * MS)
    assert axis.position(bench.now) < 7000
    bench.run(total)
    assert axis.position(bench.now) == 7000
    axis.move(bench.now, 0, 2000)
    bench.run(20 * SECOND)
    assert axis.position(bench.now) == 0
    # the switch lets go 2 mm out: at 2 m/s^2 that takes 45 ms; coming home it sees the axis 45 ms before it stands
    assert bench.when("home", 0) == pytest.approx(45_826, abs=5)
    assert bench.when("home", 1) == pytest.approx(total + duration(7000, 2000, ACCELERATION) - 44_721, abs=5)


def test_a_new_speed_on_the_way_is_no_jump() -> None:
    bench = Bench("home")
    axis = an_axis(bench)
    axis.move(0, 9000, 1000)
    bench.run(3 * SECOND)
    before = axis.position(bench.now)
    axis.move(bench.now, 9000, 4000)
    assert axis.position(bench.now) == before
    bench.run(bench.now + duration(9000 - before, 4000, ACCELERATION))
    assert axis.position(bench.now) == 9000


def test_no_pulses_no_motion() -> None:
    bench = Bench("home")
    axis = an_axis(bench)
    axis.move(0, 9000, 1000)
    bench.run(3 * SECOND)
    here = axis.position(bench.now)
    axis.move(bench.now, 0, 0)
    bench.run(60 * SECOND)
    assert axis.position(bench.now) == here == axis.target


def test_a_safety_stop_does_not_move_the_axis_by_itself_afterwards() -> None:
    bench = Bench("home")
    axis = an_axis(bench)
    axis.move(0, 9000, 1000)
    bench.run(3 * SECOND)
    here = axis.position(bench.now)
    axis.inhibit(bench.now, SAFETY, True)
    bench.run(5 * SECOND)
    axis.move(bench.now, 4000, 1000)  # pulses into a drive without power
    bench.run(9 * SECOND)
    axis.inhibit(bench.now, SAFETY, False)
    bench.run(60 * SECOND)
    assert axis.position(bench.now) == here
    axis.move(bench.now, 4000, 1000)
    bench.run(120 * SECOND)
    assert axis.position(bench.now) == 4000


Action = st.tuples(
    st.integers(0, 3_000_000),
    st.one_of(
        st.tuples(st.just("move"), st.one_of(st.integers(0, 60), st.integers(0, 9000)), st.integers(0, 5000)),
        st.tuples(st.sampled_from(("cut", "close", "mains off", "mains on")), st.just(0), st.just(0)),
    ),
)


@settings(max_examples=150)
@given(st.lists(Action, max_size=15))
def test_the_reference_switch_never_lies(actions: list[tuple[int, tuple[str, int, int]]]) -> None:
    bench = Bench("home")
    axis = an_axis(bench)
    standing = False
    for wait, (action, target, speed) in actions:
        before = axis.position(bench.now)
        bench.run(bench.now + wait)
        here = axis.position(bench.now)
        assert bench.sees("home") is (here <= HOME_ZONE) or here in (HOME_ZONE, HOME_ZONE + 1)
        if standing:
            assert here == before
        match action:
            case "move":
                axis.move(bench.now, target, speed)
            case "cut" | "close":
                axis.inhibit(bench.now, SAFETY, action == "cut")
            case _:
                axis.inhibit(bench.now, MAINS, action == "mains off")
        assert axis.position(bench.now) == here
        standing = bool(axis.inhibited)
    axis.inhibit(bench.now, SAFETY, False)
    axis.inhibit(bench.now, MAINS, False)
    axis.move(bench.now, 0, 1000)
    bench.run(bench.now + 20 * SECOND)
    assert (axis.position(bench.now), bench.sees("home")) == (0, True)
