"""The active period method against the plain definition, on random activities; and its memory stays small."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from hypothesis import example, given
from hypothesis import strategies as st

from sector7.report.active_period import ActivePeriods

Periods = list[tuple[int, int, int]]

#: For each station: lengths of pauses and activities in turn.
LIVES: Final = st.lists(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 30)), max_size=12), min_size=1, max_size=4
)  # fmt: skip


def periods(lives: list[list[tuple[int, int]]]) -> Periods:
    """Begin, end, station; no two of one length, or it would be a matter of taste which of them is the longest."""
    found: Periods = []
    for station, life in enumerate(lives, 1):
        now = 0
        for pause, active in life:
            found.append(((now + pause) * 1000, (now + pause + active) * 1000 + len(found), station))
            now += pause + active
    return sorted(found)


def plain(found: Periods, stations: int) -> tuple[dict[int, int], dict[int, int]]:
    """Looks at everything at once: the chain of the longest periods, and how much of each nobody shares."""
    chain: Periods = []
    at = found[0][0] if found else 0
    while True:
        if there := [p for p in found if p[0] <= at < p[1]]:
            chain.append(max(there, key=lambda p: p[1] - p[0]))
            at = chain[-1][1]
        elif later := [p[0] for p in found if p[0] > at]:
            at = min(later)
        else:
            break
    sole, shifting = dict.fromkeys(range(1, stations + 1), 0), dict.fromkeys(range(1, stations + 1), 0)
    for begin, end in pairwise(sorted({t for period in chain for t in period[:2]})):
        there = [p for p in chain if p[0] <= begin < p[1]]
        for _, _, station in there:
            (sole if len(there) == 1 else shifting)[station] += end - begin
    return sole, shifting


def fed(found: Periods, stations: int) -> ActivePeriods:
    method = ActivePeriods(range(1, stations + 1))
    changes = sorted([(b, 1, s) for b, _, s in found] + [(e, 0, s) for _, e, s in found])
    for now, active, station in changes:
        method.change(now, station, bool(active))
    method.close(changes[-1][0] if changes else 0)
    return method


@given(LIVES)
@example([[(1, 1), (1, 1)], [(1, 3)], [(1, 3)]])
def test_it_finds_what_looking_at_everything_finds(lives: list[list[tuple[int, int]]]) -> None:
    found = periods(lives)
    method = fed(found, len(lives))
    assert (method.sole, method.shifting) == plain(found, len(lives))


def test_the_longest_is_the_bottleneck_and_shifts_where_it_overlaps() -> None:
    method = fed([(0, 50, 1), (10, 20, 2), (40, 100, 2), (60, 70, 1)], 2)
    assert method.sole == {1: 40, 2: 50}
    assert method.shifting == {1: 10, 2: 10}


def test_it_forgets_what_cannot_matter() -> None:
    """One station is down for ever, two more run for long, the others work in cycles: twenty thousand of them."""
    method = ActivePeriods(range(1, 6))
    method.change(0, 1, True)
    method.change(5, 2, True)
    for cycle in range(20_000):
        for station in (3, 4, 5):
            method.change(100 * cycle + 10 * station, station, True)
        for station in (3, 4, 5):
            method.change(100 * cycle + 50 + station, station, False)
        if cycle == 5:
            method.change(100 * cycle + 99, 1, False)
            method.change(100 * cycle + 99, 2, False)
        if cycle == 10_000:
            method.change(100 * cycle + 99, 1, True)
            method.change(100 * cycle + 99, 2, True)
    assert len(method._periods) < 50
    method.close(2_000_000)
    assert method.sole[1] + method.shifting[1] > 900_000
