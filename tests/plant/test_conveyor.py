"""Conveyors: first in first out, finite, with identity; against a plain model of a belt."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from plant.agenda import Agenda
from plant.conveyor import Conveyor, Transfer
from plant.pallet import Pallet
from tests.plant.bench import run

TRANSIT, ENTRY = 1000, 150


class Feeder:
    """Wants to send pallets in; reserves a place as soon as there is one and enters when it is told to."""

    def __init__(self, belt: Conveyor, *, at_once: bool = False) -> None:
        self.belt = belt
        self.at_once = at_once
        self.stock: deque[Pallet] = deque()
        self.coming: deque[Pallet] = deque()
        belt.feeder(self.told)

    def send(self, now: int, number: int) -> None:
        self.stock.append(Pallet(number))
        self.told(now)

    def told(self, now: int) -> None:
        while self.stock and self.belt.has_room:
            self.belt.reserve()
            self.coming.append(self.stock.popleft())
            if self.at_once:
                self.enter(now)

    def enter(self, now: int) -> None:
        self.belt.enter(now, self.coming.popleft())


class Sink:
    """Takes as many pallets as it has appetite for."""

    def __init__(self, belt: Conveyor) -> None:
        self.belt = belt
        self.appetite = 0
        self.eaten: list[tuple[int, int]] = []
        belt.sink = self

    @property
    def free(self) -> bool:
        return self.appetite > 0 and self.belt.running

    def offer(self, now: int) -> None:
        while self.free and self.belt.waiting:
            self.appetite -= 1
            self.eaten.append((now, self.belt.take(now).number))
        if self.free:
            self.belt.ready(now)

    @property
    def numbers(self) -> list[int]:
        return [number for _, number in self.eaten]


class Watched:
    """A conveyor with one feeder, a sink and its eye."""

    def __init__(self, capacity: int = 2, transit: int = TRANSIT, *, at_once: bool = True) -> None:
        self.agenda = Agenda()
        self.belt = Conveyor(self.agenda, capacity, transit, entry_us=ENTRY, running=True)
        self.feeder = Feeder(self.belt, at_once=at_once)
        self.sink = Sink(self.belt)
        self.clear = True
        self.eye: list[tuple[int, bool]] = []
        self.belt.eyes.append(self._seen)

    def _seen(self, now: int, clear: bool) -> None:
        assert clear is not self.clear
        self.clear = clear
        self.eye.append((now, clear))

    def run(self, until: int) -> None:
        run(self.agenda, until)


def test_a_pallet_crosses_in_transit_time() -> None:
    it = Watched()
    it.sink.appetite = 1
    it.feeder.send(0, 7)
    it.run(5000)
    assert it.sink.eaten == [(TRANSIT, 7)]
    assert it.eye == [(0, False), (ENTRY, True)]


def test_a_standing_belt_moves_nothing_and_keeps_its_eye_covered() -> None:
    it = Watched()
    it.sink.appetite = 1
    it.feeder.send(0, 7)
    it.run(100)
    it.belt.run(100, False)
    it.run(9000)
    assert it.eye == [(0, False)]
    it.belt.run(9000, True)
    it.run(20_000)
    assert it.eye == [(0, False), (8900 + ENTRY, True)]
    assert it.sink.eaten == [(8900 + TRANSIT, 7)]


def test_what_waits_is_offered_again_when_the_belt_starts() -> None:
    it = Watched()
    it.feeder.send(0, 7)
    it.run(2000)
    it.belt.run(2000, False)
    it.sink.appetite = 1
    it.sink.offer(2000)
    assert it.sink.eaten == []
    it.belt.run(3000, True)
    assert it.sink.eaten == [(3000, 7)]


def test_a_full_belt_covers_its_eye_until_a_pallet_is_taken() -> None:
    it = Watched(capacity=2)
    for number in (1, 2, 3):
        it.feeder.send(0, number)
    assert len(it.feeder.stock) == 1
    it.run(5000)
    assert it.eye == [(0, False)]
    it.sink.appetite = 1
    it.sink.offer(5000)  # 3 comes in at once
    it.run(9000)
    assert it.eye == [(0, False)]
    it.sink.appetite = 1
    it.sink.offer(9000)
    assert it.eye == [(0, False), (9000, True)]


def test_a_line_laid_out_full_shows_so() -> None:
    it = Watched(capacity=2)
    it.belt.place(0, Pallet(1), 10)
    assert it.clear
    it.belt.place(0, Pallet(2), 20)
    assert not it.clear


def test_a_reservation_keeps_the_place_and_can_be_given_up() -> None:
    it = Watched(capacity=1, at_once=False)
    it.feeder.send(0, 1)
    assert not it.belt.has_room
    other = Feeder(it.belt)
    other.send(0, 2)
    assert not other.coming
    it.feeder.coming.clear()
    it.belt.release(5)
    assert [p.number for p in other.coming] == [2]
    assert it.belt.reserved == 1


def test_the_first_feeder_goes_first() -> None:
    it = Watched(capacity=1)
    second = Feeder(it.belt, at_once=True)
    it.sink.appetite = 0
    second.send(0, 20)
    second.send(0, 21)
    it.feeder.send(0, 10)
    it.run(5000)
    for _ in range(3):
        it.sink.appetite = 1
        it.sink.offer(int(it.agenda.now))
        it.run(int(it.agenda.now) + 5000)
    assert it.sink.numbers == [20, 10, 21]


def test_without_places_a_belt_hands_over_to_a_free_sink() -> None:
    it = Watched(capacity=0, transit=0)
    it.feeder.send(0, 1)
    it.feeder.send(0, 2)
    it.run(100)
    assert list(it.belt.pallets) == []
    it.sink.appetite = 1
    it.sink.offer(100)
    it.run(200)
    assert it.sink.eaten == [(100, 1)]
    it.sink.appetite = 1
    it.sink.offer(200)
    it.run(300)
    assert it.sink.eaten == [(100, 1), (200, 2)]


def test_a_belt_without_places_and_sink_has_no_room() -> None:
    assert not Conveyor(Agenda(), 0, 0, running=True).has_room


# ---- the merge
class Merge:
    """A lane that merges into a belt of which another feeder is the second in line."""

    def __init__(self, lane_places: int) -> None:
        self.agenda = Agenda()
        self.lane = Conveyor(self.agenda, lane_places, 10, running=True)
        self.belt = Conveyor(self.agenda, 1, 10, running=True)
        self.merge = Transfer(self.lane, self.belt)
        self.main = Feeder(self.belt, at_once=True)
        self.rework = Feeder(self.lane, at_once=True)
        self.sink = Sink(self.belt)

    def eat(self) -> None:
        self.sink.appetite = 1
        self.sink.offer(int(self.agenda.now))
        run(self.agenda, int(self.agenda.now) + 100)


@pytest.mark.parametrize("lane_places", [1, 3])
def test_rework_goes_before_new_pallets(lane_places: int) -> None:
    it = Merge(lane_places)
    for number in (20, 21, 22):
        it.main.send(0, number)
    for number in (10, 11):
        it.rework.send(0, number)
    run(it.agenda, 100)
    for _ in range(5):
        it.eat()
    assert it.sink.numbers == [20, 10, 11, 21, 22]


def test_a_lane_without_places_cannot_merge() -> None:
    with pytest.raises(ValueError, match="needs places of its own"):
        Merge(0)


def test_a_standing_lane_lets_the_others_pass() -> None:
    it = Merge(2)
    it.main.send(0, 20)
    it.main.send(0, 21)
    it.rework.send(0, 10)
    run(it.agenda, 100)
    it.lane.run(100, False)
    it.eat()
    it.lane.run(int(it.agenda.now), True)
    it.eat()
    it.eat()
    assert it.sink.numbers == [20, 21, 10]


# ---- against a model
class BeltAgainstModel(RuleBasedStateMachine):
    """The model knows belt time only: when each pallet came in and when it reaches the end."""

    @initialize(capacity=st.integers(1, 4), transit=st.sampled_from((0, 1, TRANSIT)))
    def build(self, capacity: int, transit: int) -> None:
        self.it = Watched(capacity, transit, at_once=False)
        self.second = Feeder(self.it.belt)
        self.transit = transit
        self.number = 0
        self.belt_time = 0
        self.entered_at = -ENTRY - 1
        self.on_belt: list[tuple[int, int]] = []  # pallet number, belt time at which it reaches the end
        self.taken: list[int] = []

    @property
    def now(self) -> int:
        return int(self.it.agenda.now)

    @rule(us=st.one_of(st.integers(0, 5), st.integers(0, 3 * TRANSIT)))
    def wait(self, us: int) -> None:
        # events at the end of an interval come with the next one, so half steps avoid the boundary
        self.it.run(self.now + 2 * us + 1)
        self.belt_time += (2 * us + 1) * self.it.belt.running
        self.let_sink_eat()

    @rule(first=st.booleans())
    def send(self, first: bool) -> None:
        self.number += 1
        (self.it.feeder if first else self.second).send(self.now, self.number)

    @precondition(lambda self: self.it.feeder.coming or self.second.coming)
    @rule(first=st.booleans())
    def enter(self, first: bool) -> None:
        feeder = self.it.feeder if (first and self.it.feeder.coming) or not self.second.coming else self.second
        reaches = self.belt_time + self.transit
        if self.on_belt:
            reaches = max(reaches, self.on_belt[-1][1])
        self.on_belt.append((feeder.coming[0].number, reaches))
        self.entered_at = self.belt_time
        feeder.enter(self.now)

    @rule(appetite=st.integers(1, 3))
    def eat(self, appetite: int) -> None:
        self.it.sink.appetite += appetite
        self.it.sink.offer(self.now)
        self.let_sink_eat()

    @rule(on=st.booleans())
    def motor(self, on: bool) -> None:
        self.it.belt.run(self.now, on)
        self.let_sink_eat()

    def let_sink_eat(self) -> None:
        eaten = len(self.it.sink.eaten)
        while len(self.taken) < eaten:
            number, reaches = self.on_belt.pop(0)
            assert reaches <= self.belt_time
            self.taken.append(number)

    @invariant()
    def order_and_identity(self) -> None:
        assert self.it.sink.numbers == self.taken
        assert [p.number for p in self.it.belt.pallets] == [number for number, _ in self.on_belt]

    @invariant()
    def never_too_many(self) -> None:
        belt, feeders = self.it.belt, (self.it.feeder, self.second)
        assert belt.reserved == sum(len(f.coming) for f in feeders)
        assert len(belt.pallets) + belt.reserved <= belt.capacity
        # nobody waits outside while there is room
        assert not any(f.stock for f in feeders) or not belt.has_room

    @invariant()
    def who_has_come_waits(self) -> None:
        come = sum(reaches < self.belt_time for _, reaches in self.on_belt)
        here = sum(reaches <= self.belt_time for _, reaches in self.on_belt)
        assert come <= self.it.belt.waiting <= here
        assert not (self.it.sink.free and self.it.belt.waiting)

    @invariant()
    def the_eye(self) -> None:
        under = self.belt_time - self.entered_at
        if len(self.on_belt) >= self.it.belt.capacity or under < ENTRY:
            assert not self.it.clear
        elif under > ENTRY:
            assert self.it.clear


TestBeltAgainstModel = BeltAgainstModel.TestCase
TestBeltAgainstModel.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
