"""The loop against a plain model: what was asked for runs once, in time order, and within an instant in rank order."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.agenda import Agenda, Slot
from protocols.ports import NEVER
from sector7.rig.engine import Grid, advance
from tests.sector7.test_conservation import FIXED

HANDLERS = 5
SLOTS = 3

#: What a handler or slot does when it runs: (ask a handler, arm or cancel a slot; which one; how much later).
Wish = tuple[str, int, int]
#: What each of the handlers 0-4 and slots 0-2 does at its first, second, ... run.
Book = dict[tuple[str, int], list[list[Wish]]]

WISHES = st.lists(
    st.tuples(st.sampled_from(("ask", "ask", "arm", "cancel")), st.integers(0, 4), st.integers(0, 4)), max_size=3
)
BOOKS = st.fixed_dictionaries(
    {("ask", n): st.lists(WISHES, max_size=4) for n in range(HANDLERS)}
    | {("arm", n): st.lists(WISHES, max_size=4) for n in range(SLOTS)}
)


@dataclass
class Model:
    """What should happen, in the simplest words: sets, searched anew for every step."""

    book: Book
    asked: set[tuple[int, int]] = field(default_factory=set)
    armed: dict[int, int] = field(default_factory=dict)
    ran: list[tuple[int, str, int]] = field(default_factory=list)

    def run(self, until: int) -> None:
        while True:
            slot = min(((at, n) for n, at in self.armed.items()), default=(NEVER, 0))
            tick = min((t for t, _ in self.asked), default=NEVER)
            if min(slot[0], tick) >= until:
                return
            if slot[0] <= tick:
                del self.armed[slot[1]]
                self.play(slot[0], "arm", slot[1])
            while slot[0] > tick and (here := [n for t, n in self.asked if t == tick]):
                self.asked.remove((tick, min(here)))
                self.play(tick, "ask", min(here))

    def play(self, now: int, kind: str, number: int) -> None:
        self.ran.append((now, kind, number))
        pages = self.book[kind, number]
        for what, which, later in pages.pop(0) if pages else ():
            wish(self, now, (kind, number), (what, which, later))

    def ask(self, t: int, number: int) -> None:
        self.asked.add((t, number))

    def arm(self, t: int, number: int) -> None:
        self.armed[number] = t

    def cancel(self, number: int) -> None:
        self.armed.pop(number, None)


class Real:
    """The same with the real grid and agenda."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ran: list[tuple[int, str, int]] = []
        self.agenda = Agenda()
        self.grid = Grid()
        self.bits = [self.grid.register(self._handler(n)) for n in range(HANDLERS)]
        self.slots = [self.agenda.slot(self._fire(n)) for n in range(SLOTS)]

    def _handler(self, number: int):  # type: ignore[no-untyped-def]
        return lambda now: self.play(now, "ask", number)

    def _fire(self, number: int):  # type: ignore[no-untyped-def]
        return lambda now: self.play(now, "arm", number)

    def play(self, now: int, kind: str, number: int) -> None:
        assert self.agenda.now == now
        self.ran.append((now, kind, number))
        pages = self.book[kind, number]
        for what, which, later in pages.pop(0) if pages else ():
            wish(self, now, (kind, number), (what, which, later))

    def ask(self, t: int, number: int) -> None:
        self.grid.ask(t, self.bits[number])

    def arm(self, t: int, number: int) -> None:
        self.slots[number].arm(t)

    def cancel(self, number: int) -> None:
        self.slots[number].cancel()


def wish(world: Model | Real, now: int, who: tuple[str, int], what: Wish) -> None:
    """Carry out a wish; in the present instant a handler may only ask for those behind it."""
    kind, which, later = what
    if kind == "ask":
        if who[0] == "ask" and later == 0 and which <= who[1]:
            later = 1
        world.ask(now + later, which)
    elif kind == "arm":
        world.arm(now + later, which % SLOTS)
    else:
        world.cancel(which % SLOTS)


@settings(FIXED, max_examples=300)
@given(
    BOOKS,
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, HANDLERS - 1)), max_size=6),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, SLOTS - 1)), max_size=4),
    st.lists(st.integers(1, 6), max_size=5),
)
def test_what_was_asked_for_runs_once_and_in_order(
    book: Book, asked: list[tuple[int, int]], armed: list[tuple[int, int]], cuts: list[int]
) -> None:
    model, real = Model({k: list(v) for k, v in book.items()}), Real({k: list(v) for k, v in book.items()})
    for world in (model, real):
        for t, number in asked:
            world.ask(t, number)
        for t, number in armed:
            world.arm(t, number)
    until = 0
    for cut in [*cuts, 1000]:
        until += cut
        model.run(until)
        advance(real.agenda, real.grid, until)
        assert real.ran == model.ran
        assert real.agenda.now == until


def test_a_restored_grid_goes_on() -> None:
    ran: list[tuple[int, int]] = []

    def grid() -> tuple[Grid, list[int]]:
        made = Grid()
        return made, [made.register(lambda now, n=n: ran.append((now, n))) for n in range(3)]  # type: ignore[misc]

    first, bits = grid()
    for t, number in ((30, 2), (10, 1), (30, 0), (20, 2)):
        first.ask(t, bits[number])
    advance(Agenda(), first, 15)
    second, bits = grid()
    second.ask(5, bits[0])  # forgotten by the restore
    second.restore(dict(first.due))
    second.ask(25, bits[0])
    advance(Agenda(), second, 100)
    assert ran == [(10, 1), (20, 2), (25, 0), (30, 0), (30, 2)]


def test_only_what_was_asked_for_is_visited() -> None:
    grid = Grid()
    bit = grid.register(lambda now: None)
    for t in (10, 10, 50, 10):
        grid.ask(t, bit)
    advance(Agenda(), grid, 1_000_000_000)
    assert grid.visited == 2
    assert grid.due == {}


def test_a_users_simpy_process_lives_in_the_same_time() -> None:
    agenda, grid = Agenda(), Grid()
    seen: list[tuple[float, str]] = []
    bit = grid.register(lambda now: seen.append((now, "grid")))
    grid.ask(20, bit)
    slot: Slot = agenda.slot(lambda now: seen.append((now, "slot")))
    slot.arm(20)

    def process() -> simpy.events.ProcessGenerator:
        for _ in range(3):
            yield agenda.timeout(10)
            seen.append((agenda.now, "process"))

    agenda.process(process())
    advance(agenda, grid, 25)
    assert seen == [(10, "process"), (20, "process"), (20, "slot"), (20, "grid")]
    advance(agenda, grid, 100)
    assert seen[4:] == [(30, "process")]


def test_an_error_in_a_users_process_comes_out() -> None:
    agenda = Agenda()

    def process() -> simpy.events.ProcessGenerator:
        yield agenda.timeout(10)
        raise ValueError("spanner")

    agenda.process(process())
    with pytest.raises(ValueError, match="spanner"):
        advance(agenda, Grid(), 100)
