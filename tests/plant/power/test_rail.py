"""A cabinet's supply: hold-up, decay through the levels that a board notices, and its return."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.agenda import Agenda
from plant.power.rail import BROWN_OUT_MV, POWER_ON_MV, RAIL_MV, Rail
from tests.plant.bench import MS, run

HOLD_UP, START = 20 * MS, 300 * MS
#: From the input's end to the two levels, at 50 mV per ms.
TO_BROWN_OUT, TO_POWER_ON = 66 * MS, 98 * MS


class Fed:
    def __init__(self) -> None:
        self.agenda = Agenda()
        self.rail = Rail(self.agenda, lowest=500, hold_up_us=HOLD_UP, start_us=START)
        self.told: list[tuple[int, int]] = []
        self.rail.told = lambda now, mv: self.told.append((now, mv))

    def input(self, at: int, permille: int) -> None:
        run(self.agenda, at)
        self.rail.input(at, permille)

    def run(self, until: int) -> list[tuple[int, int]]:
        run(self.agenda, until)
        return self.told


@pytest.mark.parametrize("gap_ms", [1, 20, 65])
def test_a_gap_shorter_than_hold_up_and_decay_is_not_noticed(gap_ms: int) -> None:
    it = Fed()
    it.input(1000, 0)
    it.input(1000 + gap_ms * MS, 500)
    assert it.run(10_000 * MS) == []
    assert it.rail.millivolts(10_000 * MS) == RAIL_MV


def test_a_longer_gap_is_a_brown_out_and_the_rail_is_back_with_its_input() -> None:
    it = Fed()
    it.input(1000, 499)
    it.input(1000 + 80 * MS, 1000)
    (low, low_mv), (back, back_mv) = it.run(1000 * MS)
    assert low == pytest.approx(1000 + TO_BROWN_OUT, abs=50)
    assert POWER_ON_MV <= low_mv < BROWN_OUT_MV
    assert (back, back_mv) == (1000 + 80 * MS, RAIL_MV)


def test_a_dead_supply_takes_its_time_to_start() -> None:
    it = Fed()
    it.input(1000, 0)
    it.input(1000 + 200 * MS, 1000)
    (_, _), (dead, dead_mv), (back, back_mv) = it.run(1000 * MS)
    assert dead == pytest.approx(1000 + TO_POWER_ON, abs=50)
    assert dead_mv < POWER_ON_MV
    assert (back, back_mv) == (1000 + 500 * MS, RAIL_MV)


def test_an_input_that_goes_again_before_the_start_starts_it_later() -> None:
    it = Fed()
    it.input(1000, 0)
    it.input(200 * MS, 1000)
    it.input(400 * MS, 0)
    it.input(600 * MS, 1000)
    assert [row for row in it.run(2000 * MS) if row[1] == RAIL_MV] == [(900 * MS, RAIL_MV)]


@given(st.lists(st.tuples(st.integers(1, 400 * MS), st.sampled_from((0, 300, 499, 500, 1000))), max_size=12))
def test_what_is_told_is_what_the_rail_shows(course: list[tuple[int, int]]) -> None:
    """Levels are told in order, none twice, and at the instant at which the closed form passes them."""
    it, at = Fed(), 0
    for after, permille in course:
        at += after
        it.input(at, permille)
    it.input(at + 1000 * MS, 1000)
    before = RAIL_MV
    for t, mv in it.run(at + 3000 * MS):
        assert (before >= BROWN_OUT_MV) != (mv >= BROWN_OUT_MV) or (before >= POWER_ON_MV) != (mv >= POWER_ON_MV)
        assert t <= at + 1300 * MS
        before = mv
    assert before == RAIL_MV == it.rail.millivolts(at + 3000 * MS)
