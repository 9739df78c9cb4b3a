"""t intervals against the plain formulas and printed tables, and that they cover as often as they say."""

from __future__ import annotations

import statistics
from math import inf, isinf, isnan, nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.arithmetic import normal
from sector7.studies.intervals import interval, paired, quantile

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("freedom", "confidence", "printed"),
    [(1, 0.95, 12.706), (4, 0.90, 2.132), (9, 0.95, 2.262), (9, 0.99, 3.250), (30, 0.95, 2.042), (10**6, 0.95, 1.960)],
)
def test_quantiles_are_those_of_printed_tables(freedom: int, confidence: float, printed: float) -> None:
    assert quantile(freedom, confidence) == pytest.approx(printed, abs=5e-4)


@given(values=NUMBERS, confidence=st.sampled_from([0.8, 0.95, 0.99]))
def test_an_interval_is_what_the_textbook_says(values: list[float], confidence: float) -> None:
    found = interval(values, confidence)
    n = len(values)
    assert found.n == n
    assert found.mean == pytest.approx(statistics.fmean(values), rel=1e-9, abs=1e-6)
    half = quantile(n - 1, confidence) * statistics.stdev(values) / n**0.5
    assert found.half == pytest.approx(half, rel=1e-6, abs=1e-5)
    assert found.covers(found.mean)
    assert not found.covers(found.high + 1)


@given(values=NUMBERS)
def test_order_does_not_matter(values: list[float]) -> None:
    assert interval(values) == interval(values[::-1])


def test_too_few_values_say_nothing() -> None:
    assert isinf(interval([3.0]).half)
    assert isnan(interval([]).mean)
    assert interval([1.0, nan, 3.0, inf]).n == 2


def test_pairs_cancel_what_they_share() -> None:
    noise = [normal(Random(i)) * 100 for i in range(20)]
    ones = [10 + each for each in noise]
    others = [11 + each + normal(Random(-i - 1)) * 0.1 for i, each in enumerate(noise)]
    found = paired(ones, others)
    assert found.covers(1.0)
    assert found.half < 0.1 < interval(others).half


def test_pairs_of_different_length_are_pairs_as_far_as_they_go() -> None:
    assert paired([1.0, 2.0, 3.0], [2.0, 4.0]).n == 2


def test_intervals_cover_as_often_as_they_say() -> None:
    streams = [Random(f"cover {study}") for study in range(1000)]
    covering = sum(interval([5 + 2 * normal(s) for _ in range(8)], 0.95).covers(5) for s in streams)
    assert 930 <= covering <= 970
