"""What is made of samples: gains, ratios, means and extremes behind the warm-up, against plain sums."""

from __future__ import annotations

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sector7.scenario.expression import Getter, compile_text
from sector7.studies.sampling import Course, Probe
from sector7.studies.study import Measure


class Plant:
    """Two counters that a test moves on."""

    def __init__(self) -> None:
        self.robots = 0.0
        self.alarms = 0.0

    def probe(self, **keys: str) -> Probe:
        measure = Measure.model_validate({"name": "m", **keys})

        def resolve(name: str) -> Getter:
            return lambda: float(getattr(self, name))

        value = compile_text(measure.value, resolve)
        per = compile_text(measure.per, resolve) if measure.per else None
        return Probe(measure, value, per)


def observed(steps: list[tuple[int, int]], every: int = 10, **keys: str) -> Course:
    """A course over instants 10 apart; each step adds to robots and alarms before the next instant."""
    plant = Plant()
    course = Course([plant.probe(**keys)], every, 10 * len(steps))
    course.observe(0)
    for number, (robots, alarms) in enumerate(steps, 1):
        plant.robots += robots
        plant.alarms += alarms
        course.observe(10 * number)
    return course


STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=30)


@given(steps=STEPS, cut=st.integers(0, 29))
def test_gains_are_sums_of_steps(steps: list[tuple[int, int]], cut: int) -> None:
    cut = min(cut, len(steps))
    robots = sum(step[0] for step in steps[cut:])
    alarms = sum(step[1] for step in steps[cut:])
    assert observed(steps, value="robots").responses(10 * cut) == {"m": robots}
    (ratio,) = observed(steps, value="robots", per="alarms").responses(10 * cut).values()
    assert isnan(ratio) if not alarms else ratio == pytest.approx(robots / alarms)


@given(steps=STEPS, cut=st.integers(0, 29))
def test_means_and_extremes_are_of_the_samples(steps: list[tuple[int, int]], cut: int) -> None:
    cut = min(cut, len(steps))
    levels = [0]
    for robots, _ in steps:
        levels.append(levels[-1] + robots)
    kept = levels[cut:]
    for over, expected in (("mean", sum(kept) / len(kept)), ("max", max(kept)), ("min", min(kept)), ("end", kept[-1])):
        assert observed(steps, value="robots", over=over).responses(10 * cut) == {"m": pytest.approx(expected)}


def test_samples_are_taken_on_their_grid_and_at_the_end() -> None:
    course = observed([(1, 0)] * 8, every=30, value="robots")
    assert course.times == [0, 30, 60, 80]
    assert course.begin(31) == 60
    assert course.begin(1000) == 80
    course.observe(80)
    assert course.times == [0, 30, 60, 80]


def test_the_transient_of_a_gain_is_found_in_its_steps() -> None:
    course = observed([(0, 0)] * 20 + [(5, 0), (6, 0)] * 50, value="robots")
    assert course.settled() == (200, True)


def test_what_cannot_be_divided_is_no_number() -> None:
    course = observed([(1, 0)] * 3, value="robots / alarms", over="mean")
    assert isnan(course.responses(0)["m"])
