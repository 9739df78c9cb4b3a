"""A cylinder's sensors and position agree at every instant, whatever is done to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.cylinder import STROKE, Cylinder
from plant.mechanism import AIR, SAFETY
from tests.plant.bench import MS, Bench


def a_cylinder(bench: Bench, extend_ms: int = 1000, retract_ms: int = 800) -> Cylinder:
    return Cylinder(
        bench.agenda,
        bench.terminals,
        "lift",
        bench.random,
        extended="up",
        retracted="down",
        extend_us=extend_ms * MS,
        retract_us=retract_ms * MS,
    )


def test_a_stroke_there_and_back() -> None:
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    assert bench.sees("down")
    lift.drive(0, True)
    bench.run(2000 * MS)
    lift.drive(bench.now, False)
    bench.run(4000 * MS)
    assert [name + "+-"[v == 0] for _, name, v in bench.edges] == ["down-", "up+", "up-", "down+"]
    # 5 % of the stroke until a sensor lets go, all of it until the other sees the piston; 10 % faster or slower
    assert 45 * MS <= bench.when("down", 0) <= 56 * MS
    assert 900 * MS <= bench.when("up", 1) <= 1101 * MS
    assert 36 * MS <= bench.when("up", 0) - 2000 * MS <= 45 * MS
    assert 720 * MS <= bench.when("down", 1) - 2000 * MS <= 881 * MS


def test_strokes_spread() -> None:
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    durations = []
    for _ in range(200):
        begin = bench.now
        lift.drive(begin, True)
        bench.run(begin + 2000 * MS)
        durations.append(bench.edges[-1][0] - begin)
        lift.drive(bench.now, False)
        bench.run(begin + 4000 * MS)
    assert 900 * MS <= min(durations) < 915 * MS
    assert 1085 * MS < max(durations) <= 1101 * MS
    assert sum(durations) / 200 == pytest.approx(1000 * MS, rel=4 * 0.1 / 3**0.5 / 200**0.5)


def test_a_command_repeated_changes_nothing() -> None:
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    lift.drive(0, True)
    bench.run(300 * MS)
    position = lift.position(bench.now)
    lift.drive(bench.now, True)
    assert lift.position(bench.now) == position
    bench.run(2000 * MS)
    assert 900 * MS <= bench.when("up", 1) <= 1101 * MS


def test_a_turn_halfway_comes_back_from_there() -> None:
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    lift.drive(0, True)
    bench.run(500 * MS)
    here = lift.position(bench.now)
    assert 0.45 * STROKE < here < 0.56 * STROKE
    lift.drive(bench.now, False)
    bench.run(3000 * MS)
    assert [name for _, name, _ in bench.edges] == ["down", "down"]
    share = here / STROKE
    assert 720 * MS * share <= bench.when("down", 1) - 500 * MS <= 881 * MS * share + 1


def test_an_outage_delays_by_its_length() -> None:
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    lift.drive(0, True)
    bench.run(500 * MS)
    here = lift.position(bench.now)
    lift.inhibit(bench.now, AIR, True)
    bench.run(9000 * MS)
    assert lift.position(bench.now) == here
    lift.inhibit(bench.now, AIR, False)
    bench.run(11000 * MS)
    left = 1 - here / STROKE
    assert 9000 * MS + 900 * MS * left <= bench.when("up", 1) <= 9000 * MS + 1101 * MS * left + 1


def test_one_stopped_within_the_sensors_zone_leaves_it_after_the_rest_of_the_zone() -> None:
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    lift.drive(0, True)
    bench.run(30 * MS)
    assert bench.sees("down")
    lift.inhibit(bench.now, AIR, True)
    lift.inhibit(bench.now, AIR, False)
    bench.run(2000 * MS)
    assert 45 * MS <= bench.when("down", 0) <= 58 * MS


def test_one_stopped_in_its_last_microsecond_is_seen_at_its_end() -> None:
    undisturbed = Bench("up", "down")
    a_cylinder(undisturbed).drive(0, True)
    undisturbed.run(2000 * MS)
    arrival = undisturbed.when("up", 1)
    bench = Bench("up", "down")
    lift = a_cylinder(bench)
    lift.drive(0, True)
    bench.run(arrival - 1)
    assert lift.position(bench.now) == STROKE
    assert not bench.sees("up")
    lift.inhibit(bench.now, SAFETY, True)
    lift.inhibit(bench.now, SAFETY, False)
    bench.run(9000 * MS)
    assert bench.sees("up")


def test_after_a_safety_stop_the_spring_returns_it_but_nothing_extends_it() -> None:
    bench = Bench("up", "down")
    rising, falling = a_cylinder(bench), a_cylinder(bench)
    for lift in (rising, falling):
        lift.drive(0, True)
    bench.run(500 * MS)
    falling.drive(bench.now, False)
    bench.run(600 * MS)
    heights = [lift.position(bench.now) for lift in (rising, falling)]
    for lift in (rising, falling):
        lift.inhibit(bench.now, SAFETY, True)
    bench.run(5000 * MS)
    assert [lift.position(bench.now) for lift in (rising, falling)] == heights
    for lift in (rising, falling):
        lift.inhibit(bench.now, SAFETY, False)
    bench.run(9000 * MS)
    assert [lift.position(bench.now) for lift in (rising, falling)] == [heights[0], 0]


def test_those_who_want_to_know_are_told_at_both_ends() -> None:
    bench = Bench()
    told: list[tuple[int, bool]] = []
    it = Cylinder(
        bench.agenda, bench.terminals, "pusher", bench.random, extend_us=100 * MS, retract_us=100 * MS,
        reached=lambda now, extended: told.append((now // 1000, extended)),
    )  # fmt: skip
    it.drive(0, True)
    bench.run(50 * MS)
    it.drive(bench.now, False)
    bench.run(500 * MS)
    it.drive(bench.now, True)
    bench.run(900 * MS)
    assert [extended for _, extended in told] == [False, True]
    assert 590 <= told[1][0] <= 611


Action = st.tuples(st.integers(0, 1500), st.sampled_from(("on", "off", "air off", "air on", "cut", "close")))


@settings(max_examples=150)
@given(st.lists(Action, max_size=15), st.integers(1, 2000))
def test_sensors_never_lie(actions: list[tuple[int, str]], stroke_us: int) -> None:
    """A sensor that is on sees the piston in its zone; a cylinder that has come to its end shows it; and it moves by no
    more than its speed allows, in the direction commanded."""
    bench = Bench("up", "down")
    lift = Cylinder(
        bench.agenda, bench.terminals, "lift", bench.random, extended="up", retracted="down",
        extend_us=stroke_us, retract_us=stroke_us,
    )  # fmt: skip
    slack = STROKE // stroke_us * 2 + 3  # a microsecond's way
    for wait, action in actions:
        before = lift.position(bench.now)
        bench.run(bench.now + wait)
        here = lift.position(bench.now)
        if bench.sees("down"):
            assert here <= 50_000 + slack
        if bench.sees("up"):
            assert here >= STROKE - 50_000 - slack
        if wait > 1:
            assert not (here == STROKE and lift.on) or bench.sees("up")
            assert not (here == 0 and not lift.on) or bench.sees("down")
        if here != before:
            assert (here > before) is lift.on
        assert abs(here - before) <= wait * STROKE / (0.89 * stroke_us - 1) + 1 if stroke_us > 10 else True
        match action:
            case "on" | "off":
                lift.drive(bench.now, action == "on")
            case "air off" | "air on":
                lift.inhibit(bench.now, AIR, action == "air off")
            case _:
                lift.inhibit(bench.now, SAFETY, action == "cut")
    lift.inhibit(bench.now, AIR, False)
    lift.inhibit(bench.now, SAFETY, False)
    lift.drive(bench.now, False)
    lift.drive(bench.now, True)
    bench.run(bench.now + 2 * stroke_us + 10)
    assert (bench.sees("up"), bench.sees("down"), lift.position(bench.now)) == (True, False, STROKE)
