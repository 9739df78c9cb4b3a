"""What a sag of a given depth and length does to contactors and drives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.agenda import Agenda
from plant.power.ride_through import ORDINARY, SEMI_F47, Curve, RideThrough
from tests.plant.bench import MS, SECOND, run


def drops(curve: Curve, *steps: tuple[int, int]) -> list[int]:
    """When it drops out in a course of (permille, us) that begins at 1 s."""
    agenda = Agenda()
    told: list[int] = []

    def dropped(now: int) -> None:
        told.append(now - SECOND)
        ride.follow(now, 1000)

    # the voltage changes before anybody judges it, as in the network
    at, course = SECOND, list(steps)

    def change(now: int) -> None:
        if not told:
            ride.follow(now, course[0][0] if course else 1000)
        if course:
            slot.arm(now + course.pop(0)[1])

    slot = agenda.slot(change)
    ride = RideThrough(agenda, curve, dropped)
    slot.arm(at)
    run(agenda, 100 * SECOND)
    return told


@pytest.mark.parametrize(("permille", "ms"), [(500, 200), (700, 500), (800, 1000), (0, 20), (499, 20), (900, 50_000)])
def test_semi_f47_survives_exactly_what_it_must(permille: int, ms: int) -> None:
    assert drops(SEMI_F47, (permille, ms * MS)) == []


@pytest.mark.parametrize(("permille", "ms"), [(500, 200), (700, 500), (800, 1000), (0, 20), (899, 1000)])
def test_and_drops_out_a_moment_later(permille: int, ms: int) -> None:
    assert drops(SEMI_F47, (permille, ms * MS + 1)) == [ms * MS]


def test_ordinary_equipment_drops_out_in_a_sag_that_semi_f47_survives() -> None:
    assert drops(SEMI_F47, (600, 150 * MS)) == []
    assert drops(ORDINARY, (600, 150 * MS)) == [40 * MS]


def test_what_counts_is_the_time_below_each_level() -> None:
    """150 ms at 55 %, then 75 %: below 70 % not long enough, below 80 % since the beginning."""
    assert drops(SEMI_F47, (550, 150 * MS), (750, 400 * MS)) == [500 * MS]
    assert drops(SEMI_F47, (550, 150 * MS), (750, 350 * MS)) == []
    assert drops(SEMI_F47, (550, 150 * MS), (1000, MS), (550, 150 * MS)) == []


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 600 * MS)), min_size=1, max_size=6))
def test_better_equipment_never_drops_out_first(course: list[tuple[int, int]]) -> None:
    good, ordinary = drops(SEMI_F47, *course), drops(ORDINARY, *course)
    assert len(good) <= len(ordinary) <= 1
    assert not good or ordinary[0] <= good[0]
