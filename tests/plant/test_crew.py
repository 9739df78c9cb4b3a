"""Crews take jobs first come, first served."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plant.crew import Crew


class Job:
    def __init__(self, log: list[Job]) -> None:
        self.log = log

    def repair(self, now: int) -> None:
        self.log.append(self)


@given(st.integers(1, 3), st.lists(st.booleans(), max_size=40))
def test_first_come_first_served_and_never_more_than_there_are(size: int, calls: list[bool]) -> None:
    crew = Crew(size)
    begun: list[Job] = []
    called: list[Job] = []
    finished = 0
    for now, call in enumerate(calls):
        if call:
            called.append(Job(begun))
            crew.call(now, called[-1])
        elif finished < len(begun):
            finished += 1
            crew.finished(now)
        assert begun == called[: len(begun)]
        assert crew.busy == len(begun) - finished == min(size, len(called) - finished)
        assert list(crew.queue) == called[len(begun) :]
