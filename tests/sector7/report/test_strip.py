"""The picture of a station's life: all of the time, nothing twice, however long it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.plc.clockwork import booking
from protocols.packml import Mode, State
from sector7.report.activity import LABELS, UNPLANNED, Activity, activity
from sector7.report.strip import MOST, Interval, Strip

CHANGES = st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(Activity)), max_size=60)


def lived(changes: list[tuple[int, Activity]], repeat: int, rest: int) -> tuple[Strip, list[Interval]]:
    """A strip that was told the changes `repeat` times over, and every interval as it was told."""
    length = repeat * sum(gap for gap, _ in changes) + rest
    strip = Strip(length, Activity.ABORTED)
    told, now, present = [], 0, Activity.ABORTED
    for gap, following in changes * repeat:
        told.append(Interval(now, now + gap, present))
        now, present = now + gap, following
        strip.enter(now, following)
    told.append(Interval(now, length, present))
    strip.close(length)
    return strip, told


@given(CHANGES, st.sampled_from([1, 1, 30]), st.integers(1, 100))
def test_intervals_cover_the_run_without_gap_or_overlap(
    changes: list[tuple[int, Activity]], repeat: int, rest: int
) -> None:
    strip, told = lived(changes, repeat, rest)
    intervals = strip.intervals()
    length = told[-1].end_us
    assert (intervals[0].begin_us, intervals[-1].end_us) == (0, length)
    for before, after in pairwise(intervals):
        assert before.end_us == after.begin_us
        assert before.activity != after.activity
    assert len(intervals) <= MOST
    assert strip.totals == [sum(t.end_us - t.begin_us for t in told if t.activity == each) for each in Activity]
    if strip.column_us == 0:
        for each in Activity:
            assert sum(i.end_us - i.begin_us for i in intervals if i.activity == each) == strip.totals[each]


def test_a_long_run_shows_what_lasted_longest_in_each_column() -> None:
    strip = Strip(MOST * 1000, Activity.EXECUTE)
    for column in range(MOST):
        strip.enter(1000 * column + 300, Activity.STARVED)
        strip.enter(1000 * column + 600, Activity.HELD if column == 7 else Activity.EXECUTE)
        strip.enter(1000 * (column + 1), Activity.EXECUTE)
    strip.close(MOST * 1000)
    assert strip.column_us == 1000
    assert [(i.begin_us, i.end_us) for i in strip.intervals() if i.activity == Activity.HELD] == [(7000, 8000)]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("waits", [0, 1, 2])
@pytest.mark.parametrize("mode", Mode)
def test_activities_are_the_times_of_the_clockwork(state: State, waits: int, mode: Mode) -> None:
    """Productive and unplanned time are those by which the unit's own key figures are made."""
    from firmware_sim.plc import clockwork

    found, index = activity(state, waits, mode), booking(state, waits, mode)
    assert (found == Activity.EXECUTE) is (index == State.EXECUTE)
    assert (found in UNPLANNED) is (index in (*clockwork._UNPLANNED, clockwork.MAINTENANCE))
    assert {clockwork.STARVED: Activity.STARVED, clockwork.BLOCKED: Activity.BLOCKED}.get(index, found) == found
    assert found in LABELS
