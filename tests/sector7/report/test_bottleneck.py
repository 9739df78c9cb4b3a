"""A line with one slow station: both methods name it."""

from __future__ import annotations

import pytest

from sector7.recipe import Recipe
from sector7.simulate import simulate
from tests.sector7.lines import HOUR, QUIET, line

#: Tests that take half as long again as planned, at station 6 and at station 9.
SLOW = {6: {"test_time": 30.0}, 9: {"settle_time": 10.0}, 2: {"hold_time": 20.0}}


def slow(number: int) -> Recipe:
    plan = line(**QUIET).model_dump()
    for row in plan["station"]:
        if row["number"] == number:
            row["setpoints"] = SLOW[number]
    return Recipe.model_validate(plan)


@pytest.mark.parametrize("number", [6, 2])
def test_a_slow_station_is_named_by_both_methods(number: int) -> None:
    outcome = simulate(slow(number), 3, 2 * HOUR, collect=True)
    assert outcome.collected is not None
    found = outcome.collected.bottleneck
    assert (found.active_period.station, found.least_waiting.station) == (number, number)
    assert found.active_period.bottleneck > 0.8
    assert sum(row.sole for row in found.rows) <= 1
    for row in found.rows:  # blocked before it, starved behind it
        assert row.station == number or row.waiting > found.least_waiting.waiting
    assert outcome.report["bottleneck"]["active_period"] == f"ST{number:02d}"
    assert [row["station"] for row in outcome.report["bottleneck"]["stations"]] == list(range(1, 13))
