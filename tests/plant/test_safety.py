"""The safety relay: drops at the first cause, pulls in a moment after the last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plant.agenda import Agenda
from plant.safety import CURTAIN, E_STOP, GUARD, PULL_IN_US, SafetyChain
from tests.plant.bench import run

#: Exchange grid and debounce of a board: what it takes until its outputs are off, whatever the phase.
BOARD_NOTICES_US = 20_000 + 40_000 + 20_000


class Chained:
    def __init__(self) -> None:
        self.agenda = Agenda()
        self.cuts: list[tuple[int, bool]] = []
        self.chain = SafetyChain(self.agenda, lambda now, dropped: self.cuts.append((now, dropped)))

    def run(self, until: int) -> None:
        run(self.agenda, until)


def test_it_drops_at_the_event_and_pulls_in_late() -> None:
    it = Chained()
    it.chain.trip(100, GUARD)
    assert it.cuts == [(100, True)]
    assert it.chain.dropped
    it.chain.close(5000, GUARD)
    it.run(5000 + PULL_IN_US)
    assert it.chain.dropped
    it.run(5001 + PULL_IN_US)
    assert it.cuts == [(100, True), (5000 + PULL_IN_US, False)]
    assert not it.chain.dropped


def test_an_interruption_of_no_length_is_long_enough_for_every_board() -> None:
    it = Chained()
    it.chain.trip(7, CURTAIN)
    it.chain.close(7, CURTAIN)
    it.run(10 * PULL_IN_US)
    (_, _), (end, dropped) = it.cuts
    assert not dropped
    assert end - 7 > 2 * BOARD_NOTICES_US


def test_every_cause_must_have_gone() -> None:
    it = Chained()
    it.chain.trip(1, GUARD)
    it.chain.trip(2, E_STOP)
    it.chain.trip(3, E_STOP)
    it.chain.close(4, E_STOP)
    it.run(10 * PULL_IN_US)
    assert it.cuts == [(1, True)]
    it.chain.close(10 * PULL_IN_US, GUARD)
    it.run(20 * PULL_IN_US)
    assert it.cuts == [(1, True), (11 * PULL_IN_US, False)]


def test_closing_what_is_not_open_does_nothing() -> None:
    it = Chained()
    it.chain.close(1, GUARD)
    it.run(10 * PULL_IN_US)
    assert it.cuts == []
    it.chain.trip(10 * PULL_IN_US, GUARD)
    it.chain.close(10 * PULL_IN_US, CURTAIN)
    it.run(20 * PULL_IN_US)
    assert it.chain.dropped


Action = st.tuples(st.integers(0, 2 * PULL_IN_US), st.booleans(), st.sampled_from((E_STOP, GUARD, CURTAIN)))


@given(st.lists(Action, max_size=20))
def test_the_relay_against_a_plain_model(actions: list[tuple[int, bool, int]]) -> None:
    it = Chained()
    causes: set[int] = set()
    safe_since = -PULL_IN_US - 1
    for wait, trip, cause in actions:
        now = int(it.agenda.now) + wait
        it.run(now)
        assert it.chain.dropped is (bool(causes) or now <= safe_since + PULL_IN_US)
        if trip:
            causes.add(cause)
            it.chain.trip(now, cause)
        else:
            if causes == {cause}:
                safe_since = now
            causes.discard(cause)
            it.chain.close(now, cause)
        assert it.chain.open == sum(causes)
        assert it.chain.dropped or not causes
    assert [dropped for _, dropped in it.cuts] == [i % 2 == 0 for i in range(len(it.cuts))]
