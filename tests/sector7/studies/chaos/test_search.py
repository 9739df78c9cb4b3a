"""The search against planted sets: what is found breaks, and nothing can be left out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sector7.studies.chaos.search import Found, Search

Sets = Sequence[tuple[int, ...]]


def planted(*bugs: set[int], asked: list[tuple[int, ...]] | None = None) -> Callable[[Sets], list[list[str]]]:
    """Every superset of a bug breaks the expectation of its number."""

    def oracle(sets: Sets) -> list[list[str]]:
        if asked is not None:
            asked.extend(sets)
        return [[f"bug {n}" for n, bug in enumerate(bugs) if bug <= set(members)] for members in sets]

    return oracle


def search(count: int, *bugs: set[int], most: int = 16, runs: int = 2000, seed: int = 0) -> Found[int] | None:
    return Search(range(count), planted(*bugs), most=most, runs=runs, seed=seed).run()


@settings(max_examples=80, deadline=None)
@given(
    count=st.integers(2, 40), seed=st.integers(0, 1000),
    bugs=st.lists(st.sets(st.integers(0, 39), min_size=1, max_size=4), min_size=1, max_size=3), data=st.data(),
)  # fmt: skip
def test_what_is_shrunk_is_a_bug_and_nothing_else(
    count: int, seed: int, bugs: list[set[int]], data: st.DataObject
) -> None:
    """Any set around a bug shrinks to a bug that no other bug is a part of."""
    bugs = [{each % count for each in bug} for bug in bugs]
    more = data.draw(st.sets(st.integers(0, count - 1)))
    around = tuple(sorted(bugs[0] | more))
    shrunk = Search(range(count), planted(*bugs), most=count, runs=1, seed=seed).shrink(around, "bug 0")
    assert set(shrunk) == bugs[0]


@settings(max_examples=30, deadline=None)
@given(pair=st.sets(st.integers(0, 39), min_size=2, max_size=2), seed=st.integers(0, 1000))
def test_a_planted_pair_is_found_among_forty(pair: set[int], seed: int) -> None:
    found = search(40, pair, seed=seed)
    assert found == Found(tuple(sorted(pair)), "bug 0", True)


def test_a_single_is_found_at_once_and_preferred() -> None:
    asked: list[tuple[int, ...]] = []
    found = Search(range(20), planted({3, 4}, {17}, asked=asked), most=8, runs=100, seed=0).run()
    assert found == Found((17,), "bug 1", True)
    assert len(asked) <= 20


def test_a_smaller_set_is_looked_for_with_what_is_left() -> None:
    """Two bugs break the same: three faults together, and two others. The pair is reported, whatever was met first."""

    def oracle(sets: Sets) -> list[list[str]]:
        return [["it"] if {1, 5, 9} <= set(each) or {2, 7} <= set(each) else [] for each in sets]

    founds = [Search(range(12), oracle, most=8, runs=1500, seed=seed).run() for seed in range(10)]
    assert {found.members for found in founds if found is not None} == {(2, 7)}


def test_another_expectation_does_not_lead_astray() -> None:
    found = search(12, {1, 2, 3}, {1, 2, 3, 4}, {5, 6})
    assert found is not None
    assert set(found.members) == {"bug 0": {1, 2, 3}, "bug 2": {5, 6}}[found.expectation]


def test_nothing_is_found_where_nothing_is() -> None:
    asked: list[tuple[int, ...]] = []
    assert Search(range(10), planted(asked=asked), most=8, runs=50, seed=0).run() is None
    assert len(asked) == 50
    assert max(len(members) for members in asked) == 8
    assert Search([1], planted(), most=8, runs=50, seed=0).run() is None


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_asks_the_same(seed: int) -> None:
    first: list[tuple[int, ...]] = []
    second: list[tuple[int, ...]] = []
    for asked in (first, second):
        Search(range(30), planted({3, 21, 8}, asked=asked), most=16, runs=300, seed=seed).run()
    assert first == second


def test_many_candidates_are_not_tried_one_by_one() -> None:
    found = search(500, {3}, most=64, runs=100)
    assert found == Found((3,), "bug 0", False)
