"""MSER-5 against its definition, computed in full for every cut."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from plant.arithmetic import normal
from sector7.studies.warmup import mser5


def plain(series: list[int]) -> int:
    """Every cut tried, in exact arithmetic; of equal ones the least."""
    batches = [Fraction(sum(series[i : i + 5]), 5) for i in range(0, len(series) - 4, 5)]
    scores = []
    for cut in range(len(batches) // 2 + 1):
        rest = batches[cut:]
        mean = sum(rest, Fraction(0)) / len(rest)
        scores.append(sum(((each - mean) ** 2 for each in rest), Fraction(0)) / len(rest) ** 2)
    return 5 * scores.index(min(scores))


# batches of 1 to 3 values are exact in binary once every value is a multiple of 5
@given(st.lists(st.integers(-50, 50).map(lambda value: 5 * value), min_size=10, max_size=120, unique=True))
def test_the_cut_is_that_of_the_definition(series: list[int]) -> None:
    assert mser5(series)[0] == plain(series)


def test_a_transient_is_cut_off() -> None:
    stream = Random("transient")
    steady = [10 + normal(stream) for _ in range(400)]
    begin = [value - 20 * (1 - i / 60) for i, value in enumerate(steady[:60])]
    cut, enough = mser5(begin + steady[60:])
    assert enough
    assert 40 <= cut <= 100


def test_a_steady_series_loses_little_on_average() -> None:
    cuts = [mser5([normal(Random(f"{i} {k}")) for k in range(200)])[0] for i in range(100)]
    assert sum(cuts) / len(cuts) < 30


def test_a_trend_is_called_too_short() -> None:
    assert mser5([float(i) for i in range(200)]) == (100, False)


def test_hardly_anything_is_left_alone() -> None:
    assert mser5([1.0, 2.0, 3.0]) == (0, False)
    assert mser5([]) == (0, False)
    assert mser5([7.0] * 100) == (0, True)
