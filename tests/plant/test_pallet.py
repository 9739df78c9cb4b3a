"""Data tags, the book of robots, and the ways into and out of a stop."""

from __future__ import annotations

import pytest

from plant.agenda import Agenda
from plant.ledger import KEPT, Ledger
from plant.pallet import EMPTY, GOOD, NOT_OK, Pallet, Robot
from plant.passage import Passage
from protocols.stations.images import carrier
from tests.plant.bench import run


@pytest.mark.parametrize("number", [1, 255])
@pytest.mark.parametrize("condition", [EMPTY, GOOD, NOT_OK])
@pytest.mark.parametrize("reworks", [0, 3])
@pytest.mark.parametrize("done", [0, 12])
def test_the_tag_reads_as_the_programs_expect(number: int, condition: int, reworks: int, done: int) -> None:
    assert Pallet(number, None, condition, reworks, done).word == carrier(number, condition, reworks, done)


def test_the_ledger_counts_and_keeps_recent_histories() -> None:
    ledger = Ledger()
    robots = [ledger.start(now) for now in range(100)]
    assert [robot.serial for robot in robots] == list(range(1, 101))
    for robot in robots[:90]:
        (ledger.scrap if robot.serial % 3 == 0 else ledger.complete)(robot)
    assert (ledger.started, ledger.completed, ledger.scrapped, ledger.in_process) == (100, 60, 30, 10)
    assert list(ledger.finished) == robots[90 - KEPT : 90]


def test_robots_do_not_share_their_histories() -> None:
    first, second = Robot(1, 0), Robot(2, 0)
    first.results.append((1, 2, 3))
    assert second.results == []


# ---- passages
class Way:
    def __init__(self) -> None:
        self.agenda = Agenda()
        self.done: list[int] = []
        self.passage = Passage(self.agenda, 100, self.done.append)


def test_a_passage_on_a_running_belt() -> None:
    way = Way()
    way.passage.begin(5, True)
    assert way.passage.under_way
    run(way.agenda, 1000)
    assert way.done == [105]
    assert not way.passage.under_way


def test_a_passage_waits_while_the_belt_stands() -> None:
    way = Way()
    way.passage.begin(0, False)
    run(way.agenda, 50)
    way.passage.run(50, True)
    run(way.agenda, 80)
    way.passage.run(80, False)
    run(way.agenda, 500)
    assert way.done == []
    way.passage.run(500, True)
    run(way.agenda, 1000)
    assert way.done == [570]


def test_a_belt_without_a_pallet_moves_nothing() -> None:
    way = Way()
    way.passage.run(0, True)
    way.passage.run(10, False)
    way.passage.run(20, True)
    run(way.agenda, 1000)
    assert way.done == []
