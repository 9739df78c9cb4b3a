"""Supplies rise and fall at their rates; consumers hear of the moment at which the level passes the limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.agenda import Agenda
from plant.mechanism import AIR
from plant.utility import Utility
from tests.plant.bench import SECOND, run

NOMINAL, LOW, RISE, FALL = 6.0, 4.0, 0.25, 0.1


class Supplied:
    def __init__(self, *, on: bool) -> None:
        self.agenda = Agenda()
        self.told: list[tuple[int, bool]] = []
        self.air = Utility(
            self.agenda,
            "air",
            AIR,
            nominal=NOMINAL,
            low=LOW,
            rise=RISE,
            fall=FALL,
            lost=lambda now, missing: self.told.append((now, missing)),
            on=on,
        )

    def run(self, seconds: float) -> int:
        run(self.agenda, int(self.agenda.now) + int(seconds * SECOND))
        return int(self.agenda.now)


def test_from_nothing_to_nominal_and_down_again() -> None:
    it = Supplied(on=False)
    missing = [it.air.missing]
    it.air.run(0, True)
    now = it.run(30)
    assert it.air.level.value(now) == NOMINAL
    missing.append(it.air.missing)
    assert missing == [True, False]
    it.air.run(now, False)
    now = it.run(100)
    assert it.air.level.value(now) == 0.0
    (back, first), (lost, second) = it.told
    assert (first, second) == (False, True)
    assert (back, lost) == pytest.approx((16 * SECOND, 50 * SECOND), abs=2)


def test_a_short_failure_that_the_vessel_bridges_is_not_told() -> None:
    it = Supplied(on=True)
    it.air.fail(it.run(10))
    it.air.mend(it.run(19))
    now = it.run(100)
    assert it.told == []
    assert it.air.level.value(now) == NOMINAL


def test_a_failed_supply_does_not_run_whatever_is_commanded() -> None:
    it = Supplied(on=True)
    it.air.fail(it.run(10))
    it.air.run(it.run(10), False)
    it.air.run(it.run(10), True)
    now = it.run(100)
    assert it.air.level.value(now) == 0.0
    it.air.mend(now)
    assert it.air.level.value(it.run(100)) == NOMINAL
    assert [missing for _, missing in it.told] == [True, False]


@given(st.lists(st.tuples(st.floats(0.0, 40.0), st.sampled_from(("on", "off", "fail", "mend"))), max_size=15))
def test_missing_is_the_level_below_the_limit(actions: list[tuple[float, str]]) -> None:
    it = Supplied(on=True)
    for seconds, action in actions:
        now = it.run(seconds)
        level = it.air.level.value(now)
        if abs(level - LOW) > 1e-6:
            assert it.air.missing is (level < LOW)
        match action:
            case "on" | "off":
                it.air.run(now, action == "on")
            case "fail":
                it.air.fail(now)
            case _:
                it.air.mend(now)
    states = [missing for _, missing in it.told]
    assert states == [i % 2 == 0 for i in range(len(states))]
