"""Downsampling against a plain model: the value at every single millisecond."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.tags.history_map import Bucket
from sector7.historian.buckets import Sample, downsample

values = st.one_of(st.none(), st.integers(-1000, 1000))


@st.composite
def histories(draw: st.DrawFn) -> tuple[int | None, list[Sample], int, int, int, int]:
    start, width, count = draw(st.integers(0, 50)), draw(st.integers(1, 12)), draw(st.integers(1, 8))
    end = start + width * count
    times = sorted(draw(st.sets(st.integers(start, end + 5), max_size=30)))
    now = draw(st.integers(max([start, *times]), end + 10))
    samples = [(at, draw(values)) for at in times]
    return draw(values), samples, start, width, count, now


def model(
    before: int | None, samples: list[Sample], start: int, width: int, count: int, now: int
) -> list[Bucket | None]:
    """A millisecond at a time."""
    changes = dict(samples)
    value = before
    found: list[Bucket | None] = []
    for index in range(count):
        begin = start + index * width
        seen: list[int] = []
        held: list[int] = []
        for at in range(begin, min(begin + width, now + 1)):
            value = changes.get(at, value)
            if value is not None and (at in changes or at < now):
                seen.append(value)
                held += [value] if at < now else []
        mean = sum(held) / len(held) if held else float(seen[-1]) if seen else 0.0
        found.append(Bucket(min(seen), max(seen), mean, seen[-1]) if seen else None)
    return found


@given(histories())
def test_buckets_are_what_the_model_says(case: tuple[int | None, list[Sample], int, int, int, int]) -> None:
    for mine, right in zip(downsample(*case), model(*case), strict=True):
        assert (mine is None) == (right is None)
        if mine is not None and right is not None:
            assert (mine.low, mine.high, mine.last) == (right.low, right.high, right.last)
            assert mine.mean == pytest.approx(right.mean)


def test_the_mean_is_weighted_by_time() -> None:
    assert downsample(0, [(900, 100)], 0, 1000, 1, 1000) == [Bucket(0, 100, 10.0, 100)]


def test_a_bucket_without_a_change_carries_the_value_on() -> None:
    assert downsample(7, [], 0, 1000, 3, 2500) == [Bucket(7, 7, 7.0, 7)] * 3


def test_nothing_is_known_behind_the_newest_instant_nor_in_a_gap() -> None:
    found = downsample(None, [(1000, 5), (2000, None)], 0, 1000, 4, 3500)
    assert found == [None, Bucket(5, 5, 5.0, 5), None, None]
