"""Set points: requested, active, and the ramp between them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.plc.setpoints import RAMP_STEP_US, Setpoints
from protocols.ports import NEVER
from protocols.stations.io_table import MACHINING, PRESS, STATIONS
from protocols.stations.station_io import StationIO

FORCE = PRESS.setpoint("press_force")  # ramped, 10 kN/s
HOLD = PRESS.setpoint("hold_time")  # at once


def _settle(setpoints: Setpoints, now: int) -> list[tuple[int, list[int]]]:
    """Keep the promises of `due_us` until nothing is due; what became active when."""
    course = []
    while setpoints.due_us < NEVER:
        now = max(now, setpoints.due_us)
        if setpoints.move(now):
            course.append((now, list(setpoints.active)))
    return course


@pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)
def test_everything_begins_at_its_default(io: StationIO) -> None:
    setpoints = Setpoints(io)
    assert setpoints.by_name() == {s.name: s.default for s in io.setpoints}
    assert setpoints.due_us == NEVER
    assert not setpoints.move(0)


def test_a_set_point_without_a_ramp_is_active_at_once() -> None:
    setpoints = Setpoints(PRESS)
    setpoints.request(HOLD, 200)
    assert _settle(setpoints, 7_000) == [(7_000, [2_500, 200])]


def test_a_ramped_set_point_moves_a_step_every_100_ms() -> None:
    setpoints = Setpoints(PRESS)
    setpoints.request(FORCE, 2_525)
    assert _settle(setpoints, 0) == [(0, [2_510, 120]), (100_000, [2_520, 120]), (200_000, [2_525, 120])]
    setpoints.request(FORCE, 2_514)
    assert _settle(setpoints, 1_000_000) == [(1_000_000, [2_515, 120]), (1_100_000, [2_514, 120])]


def test_a_ramp_slower_than_a_unit_each_step_still_moves() -> None:
    slow = replace(MACHINING, setpoints=(replace(MACHINING.setpoints[0], ramp=1),))
    setpoints = Setpoints(slow)
    setpoints.request(0, 8_003)
    assert [active for _, (active,) in _settle(setpoints, 0)] == [8_001, 8_002, 8_003]


def test_a_target_can_change_on_the_way() -> None:
    setpoints = Setpoints(PRESS)
    setpoints.request(FORCE, 2_600)
    setpoints.move(0)
    setpoints.move(100_000)
    setpoints.request(FORCE, 2_515)
    assert _settle(setpoints, 130_000) == [(200_000, [2_515, 120])]


def test_writing_the_same_target_again_and_again_does_not_hasten_the_ramp() -> None:
    """A master that rewrites everything at every poll."""
    setpoints = Setpoints(PRESS)
    for now in range(0, 1_000_000, 10_000):
        setpoints.request(FORCE, 3_000)
        if setpoints.due_us <= now:
            setpoints.move(now)
    assert setpoints.active[FORCE] == 2_600


def test_writing_what_is_requested_already_asks_for_nothing() -> None:
    setpoints = Setpoints(PRESS)
    setpoints.request(FORCE, 2_500)
    assert setpoints.due_us == NEVER


def test_another_set_point_does_not_hasten_the_ramp_and_does_not_wait_for_it() -> None:
    setpoints = Setpoints(PRESS)
    setpoints.request(FORCE, 3_000)
    setpoints.move(0)
    setpoints.request(HOLD, 50)
    assert setpoints.due_us <= 30_000
    setpoints.move(30_000)
    assert setpoints.active == [2_510, 50]
    assert setpoints.due_us == 100_000


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500_000), st.integers(1_500, 3_500)), min_size=1, max_size=30))
def test_a_ramp_is_never_faster_than_declared_and_always_arrives(requests: list[tuple[int, int]]) -> None:
    setpoints, now, course = Setpoints(PRESS), 0, [(0, 2_500)]
    for gap, target in requests:
        until = now + gap
        while setpoints.due_us <= until:
            now = max(now, setpoints.due_us)
            setpoints.move(now)
            course.append((now, setpoints.active[FORCE]))
        now = until
        setpoints.request(FORCE, target)
    course += [(at, active[FORCE]) for at, active in _settle(setpoints, now)]
    assert course[-1][1] == requests[-1][1]
    for i, (t0, a) in enumerate(course):
        for t1, b in course[i + 1 :]:
            assert abs(b - a) <= 10 * ((t1 - t0) / RAMP_STEP_US + 1), "over any length of time"
