"""Failure clocks run in calendar time, or only while the machine works."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plant.agenda import Agenda
from plant.failure import Failure
from tests.plant.bench import run


class Clocked:
    def __init__(self, *draws: int, working: bool = True) -> None:
        self.agenda = Agenda()
        left = iter(draws)
        self.struck: list[int] = []
        self.failure = Failure(self.agenda, lambda: next(left, 1 << 50), self.struck.append, working=working)

    def run(self, until: int) -> None:
        run(self.agenda, until)


def test_in_calendar_time_it_strikes_when_the_draw_is_over_and_waits_to_be_mended() -> None:
    it = Clocked(100, 50, 30)
    it.run(1000)
    assert it.struck == [100]
    assert it.failure.failed
    it.failure.mended(1000)
    it.run(2000)
    it.failure.mended(2000)
    it.run(3000)
    assert it.struck == [100, 1050, 2030]
    assert it.failure.failures == 3


def test_while_the_machine_rests_the_clock_stands() -> None:
    it = Clocked(100, working=False)
    it.run(500)
    it.failure.work(500)
    it.run(560)
    it.failure.rest(560)
    it.failure.rest(560)
    it.run(9000)
    it.failure.work(9000)
    it.failure.work(9010)
    it.run(10_000)
    assert it.struck == [9040]


def test_mended_at_rest_it_runs_from_the_next_work_on() -> None:
    it = Clocked(10, 70)
    it.run(20)
    it.failure.rest(20)
    it.failure.mended(30)
    it.run(500)
    assert it.struck == [10]
    it.failure.work(500)
    it.run(1000)
    assert it.struck == [10, 570]


def test_work_during_a_failure_does_not_start_the_clock() -> None:
    it = Clocked(10, 70)
    it.run(20)
    it.failure.rest(20)
    it.failure.work(30)
    it.run(500)
    assert it.struck == [10]
    it.failure.mended(500)
    it.run(1000)
    assert it.struck == [10, 570]


@given(
    first=st.integers(0, 100),
    more=st.lists(st.integers(1, 100), max_size=5),
    turns=st.lists(st.integers(0, 50), max_size=30),
)
def test_strikes_come_after_so_much_work(first: int, more: list[int], turns: list[int]) -> None:
    """Periods of work and rest in turn, mended at once: the k-th strike comes when the first k draws are worked off.

    Strikes fall on odd and periods end on even amounts of work, so they never meet.
    """
    draws = [2 * first + 1, *(2 * d for d in more)]
    strikes: list[int] = []
    agenda = Agenda()
    left = iter(draws)
    worked = since = 0

    def strike(now: int) -> None:
        strikes.append(worked + now - since)
        failure.mended(now)

    failure = Failure(agenda, lambda: next(left, 1 << 50), strike, working=False)
    for number, us in enumerate(turns):
        since = int(agenda.now)
        if number % 2 == 0:
            failure.work(since)
        else:
            failure.rest(since)
        run(agenda, since + 2 * us)
        if number % 2 == 0:
            worked += 2 * us
    due = [sum(draws[: k + 1]) for k in range(len(draws))]
    assert strikes == [amount for amount in due if amount < worked]
