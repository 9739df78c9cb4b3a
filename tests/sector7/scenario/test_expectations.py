"""Expectations against hand-made courses of a value: one number for each second."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sector7.scenario.expectations import Judgement, Within, judgement
from sector7.scenario.expression import compile_text
from sector7.scenario.model import Expect

SECOND = 1_000_000


def judged(course: list[float], events: tuple[int, ...] = (), **keys: str) -> Judgement:
    """The judgement after samples at 1 s, 2 s, ...; `events` are seconds, told after the sample of that second."""
    now = {"i": 0}
    expect = Expect.model_validate({"name": "it", **keys})

    def compiled(text: str) -> object:
        return compile_text(text, lambda name: lambda: course[now["i"]])

    event = compiled(expect.when) if expect.when else None
    each = judgement(expect, compiled(expect.condition), event)  # type: ignore[arg-type]
    for i in range(len(course)):
        now["i"] = i
        each.look((i + 1) * SECOND)
        if i + 1 in events and isinstance(each, Within):
            each.happened((i + 1) * SECOND)
    each.finish(len(course) * SECOND)
    return each


def test_always_tells_the_first_failure_and_its_values() -> None:
    each = judged([1, 2, 0, 0, 1], always="x > 0")
    assert (each.failed_us, each.problem, each.values) == (3 * SECOND, "became false", {"x": 0})
    assert judged([1, 2, 3], always="x > 0").passed


def test_never() -> None:
    assert judged([1, 2, 9, 1], never="x > 5").failed_us == 3 * SECOND
    assert judged([1, 2, 3], never="x > 5").passed


@pytest.mark.parametrize(("since", "until", "passes"), [("3s", "5s", True), ("2s", "5s", False), ("3s", "6s", False)])
def test_only_the_window_counts(since: str, until: str, passes: bool) -> None:
    assert judged([0, 0, 1, 1, 1, 0], always="x", since=since, until=until).passed is passes


def test_at_the_end_only_the_end_counts() -> None:
    assert judged([0, 0, 1], at_end="x").passed
    assert judged([1, 1, 0], at_end="x").failed_us == 3 * SECOND


def test_soon_enough_after_an_event() -> None:
    assert judged([0, 0, 0, 1, 0], (2,), within="2s", of="e", that="x").passed
    late = judged([0, 0, 0, 0, 1], (2,), within="2s", of="e", that="x")
    assert late.failed_us == 4 * SECOND
    assert "within 2s of the event at 2 s" in late.problem


def test_the_instant_of_the_event_does_not_count() -> None:
    assert not judged([1, 1, 0, 0, 0, 0], (2,), within="2s", of="e", that="x").passed


def test_it_has_to_stay_true() -> None:
    assert not judged([0, 0, 1, 0, 0, 1, 1, 1], (1,), within="3s", of="e", that="x", holding="2s").passed
    assert judged([0, 0, 0, 1, 1, 1, 0], (1,), within="3s", of="e", that="x", holding="2s").passed


def test_every_event_is_judged() -> None:
    assert judged([0, 1, 0, 1, 0, 0], (1, 3), within="2s", of="e", that="x").passed
    assert judged([0, 1, 0, 0, 0, 0], (1, 3), within="2s", of="e", that="x").failed_us == 5 * SECOND


def test_a_condition_can_be_the_event() -> None:
    assert judged([0, 5, 5, 0, 5, 0], within="2s", when="x > 4", that="x == 0").passed
    assert judged([0, 5, 5, 5, 5, 0], within="2s", when="x > 4", that="x == 0").failed_us == 4 * SECOND


def test_an_event_that_never_happens_is_a_failure() -> None:
    each = judged([0, 0], within="2s", of="e", that="x")
    assert each.problem == "the event never happened"


def test_what_would_be_due_after_the_end_is_not_judged() -> None:
    assert judged([0, 0, 0], (2,), within="5s", of="e", that="x").passed


def test_a_division_by_zero_fails_the_expectation() -> None:
    each = judged([1, 0], always="1 / x > 0")
    assert (each.failed_us, each.problem) == (2 * SECOND, "divides by zero")


@given(st.lists(st.integers(0, 1), min_size=1, max_size=30), st.integers(1, 30), st.integers(1, 8))
def test_within_against_its_definition(course: list[int], event: int, within: int) -> None:
    """One event, no holding: some sample after it and not after the deadline is true, or the deadline lies ahead."""
    if event > len(course):
        return
    each = judged([float(x) for x in course], (event,), within=f"{within}s", of="e", that="x")
    chances = course[event : event + within]
    assert each.passed is (any(chances) or event + within > len(course))
