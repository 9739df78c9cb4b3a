"""The agenda fires what is armed, at its instant, in the order of ranks, whatever the order of arming."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.agenda import Agenda
from sector7.rig.engine import Grid, advance


def run_with_simpy(agenda: Agenda, until: int) -> None:
    agenda.run(until)


def run_with_engine(agenda: Agenda, until: int) -> None:
    advance(agenda, Grid(), until)


RUNS = pytest.mark.parametrize("run", [run_with_simpy, run_with_engine])
Run = Callable[[Agenda, int], None]


@RUNS
@given(
    arming=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=30),
    cancelled=st.sets(st.integers(0, 5), max_size=2),
)
def test_only_the_last_arming_counts_and_ranks_order_an_instant(
    run: Run, arming: list[tuple[int, int]], cancelled: set[int]
) -> None:
    agenda = Agenda()
    fired: list[tuple[int, int]] = []
    slots = [agenda.slot(lambda t, n=n: fired.append((t, n))) for n in range(6)]  # type: ignore[misc]
    last: dict[int, int] = {}
    for number, at in arming:
        slots[number].arm(at)
        last[number] = at
    for number in cancelled:
        slots[number].cancel()
        last.pop(number, None)
    run(agenda, 100)
    assert fired == sorted((at, number) for number, at in last.items())
    assert agenda.now == 100


@RUNS
def test_a_slot_may_arm_itself_again_for_the_same_instant(run: Run) -> None:
    agenda = Agenda()
    fired: list[int] = []

    def fire(now: int) -> None:
        fired.append(now)
        if len(fired) < 3:
            slot.arm(now)

    slot = agenda.slot(fire)
    slot.arm(7)
    slot.arm(9)
    slot.arm(7)
    run(agenda, 20)
    assert fired == [7, 7, 7]


@RUNS
def test_what_lies_at_the_end_belongs_to_the_next_run(run: Run) -> None:
    agenda = Agenda()
    fired: list[int] = []
    agenda.slot(fired.append).arm(10)
    run(agenda, 10)
    assert fired == []
    run(agenda, 11)
    assert fired == [10]


@RUNS
def test_simpy_processes_live_on_the_same_agenda(run: Run) -> None:
    """A process's timeout ties with a slot of the first rank and is told first."""
    agenda = Agenda()
    seen: list[tuple[int, str]] = []

    def process() -> Generator[Any, Any, None]:
        for _ in range(2):
            yield agenda.timeout(5)
            seen.append((int(agenda.now), "process"))

    slot = agenda.slot(lambda now: seen.append((now, "slot")))
    slot.arm(5)
    agenda.process(process())
    run(agenda, 20)
    assert seen == [(5, "process"), (5, "slot"), (10, "process")]


def test_a_restored_slot_goes_back_on_the_heap() -> None:
    agenda = Agenda()
    fired: list[int] = []
    armed, idle = agenda.slot(fired.append), agenda.slot(fired.append)
    armed.at = 4  # as a snapshot puts it
    for slot in agenda.slots:
        slot.again()
    run_with_engine(agenda, 10)
    assert fired == [4]
    assert idle.at == -1
