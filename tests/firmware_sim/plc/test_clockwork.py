"""Times in states and the ratios of ISO 22400-2, against a plain list of what happened."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.plc.clockwork import BLOCKED, MAINTENANCE, STARVED, Clockwork, booking, ratios
from protocols.packml import Mode, State

SLOTS = [*(int(s) for s in State), STARVED, BLOCKED, MAINTENANCE]

#: Nobody asked the unit to produce (research: planned busy time is everything else).
NOT_PLANNED = {
    State.UNDEFINED, State.STOPPED, State.IDLE, State.STOPPING, State.RESETTING, State.COMPLETING, State.COMPLETE,
    MAINTENANCE,
}  # fmt: skip

_HISTORIES = st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(SLOTS)), max_size=40)


def _live(history: list[tuple[int, int]]) -> tuple[Clockwork, list[tuple[int, int, int]], int]:
    """A clockwork after `history`, the plain list of (from, to, slot), and the instant at which it ends."""
    clock, rows, now, slot = Clockwork(), [], 0, int(State.ABORTED)
    for length, following in history:
        rows.append((now, now + length, slot))
        now += length
        slot = following
        clock.enter(now, slot)
    rows.append((now, now + 12_345, slot))
    return clock, rows, now + 12_345


@settings(max_examples=200, deadline=None)
@given(_HISTORIES)
def test_every_microsecond_is_booked_once(history: list[tuple[int, int]]) -> None:
    clock, rows, now = _live(history)
    for slot in SLOTS:
        assert clock.total(now, slot) == sum(end - begin for begin, end, where in rows if where == slot)
    assert sum(clock.total(now, slot) for slot in SLOTS) == now


@settings(max_examples=200, deadline=None)
@given(_HISTORIES, st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 10**8))
def test_ratios_follow_iso_22400_2(history: list[tuple[int, int]], processed: int, bad: int, ideal_us: int) -> None:
    clock, rows, now = _live(history)
    passed = max(0, processed - bad)
    apt = sum(end - begin for begin, end, slot in rows if slot == State.EXECUTE)
    pbt = sum(end - begin for begin, end, slot in rows if slot not in NOT_PLANNED)

    found = clock.ratios(now, processed, passed, ideal_us)

    assert found.availability == (int(1000 * Fraction(apt, pbt)) if pbt else 0)
    assert found.effectiveness == (min(9999, int(1000 * Fraction(ideal_us * processed, apt))) if apt else 0)
    assert found.quality == (int(1000 * Fraction(passed, processed)) if processed else 1000)
    assert found.oee == found.availability * found.effectiveness * found.quality // 10**6


def test_the_ratios_in_figures() -> None:
    """Eight hours of which seven were run, 400 robots at an ideal minute each, 8 of them rejects."""
    hour = 3_600 * 10**6
    found = ratios(7 * hour, 8 * hour, 400, 392, 60 * 10**6)
    assert (found.availability, found.effectiveness, found.quality) == (875, 952, 980)
    assert found.oee == 816


def test_a_line_that_ran_longer_than_planned_is_available_and_no_more() -> None:
    assert ratios(20, 10, 0, 0, 1).availability == 1000


def test_a_unit_that_nobody_asked_for_anything_has_no_figures_yet() -> None:
    assert ratios(0, 0, 0, 0, 1) == ratios(0, -5, 0, 0, 1)
    assert ratios(0, 0, 0, 0, 1).oee == 0


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("waits", [0, 1, 2])
@pytest.mark.parametrize("mode", list(Mode))
def test_where_the_time_in_a_state_is_booked(state: State, waits: int, mode: Mode) -> None:
    expected = int(state)
    if mode is not Mode.PRODUCE:
        expected = MAINTENANCE
    elif state is State.SUSPENDED:
        expected = {0: int(State.SUSPENDED), 1: STARVED, 2: BLOCKED}[waits]
    assert booking(state, waits, mode) == expected
