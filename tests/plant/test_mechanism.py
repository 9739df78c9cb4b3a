"""What holds for every actuator: it stands while inhibited, goes on when a supply is back, and waits for a new command
after a safety stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from plant.axis import Axis
from plant.contactor import Contactor
from plant.cylinder import Cylinder
from plant.device import Device
from plant.drive import Drive
from plant.mechanism import AIR, COOLING, JAM, MAINS, OIL, SAFETY, Mechanism
from plant.press import Press
from plant.signal import Signal
from plant.source import Source
from tests.plant.bench import SECOND, Bench

Look = Callable[[int], tuple[float, ...]]


class Rigged(NamedTuple):
    """A mechanism with its command and what can be seen of its motion."""

    mechanism: Mechanism
    command: Callable[[int, bool], None]
    look: Look


def cylinder(bench: Bench) -> Rigged:
    it = Cylinder(
        bench.agenda, bench.terminals, "it", bench.random, extended="done", extend_us=4 * SECOND, retract_us=SECOND
    )
    return Rigged(it, it.drive, lambda now: (it.position(now),))


def axis(bench: Bench) -> Rigged:
    it = Axis(bench.agenda, bench.terminals, "it", home="done", acceleration=5000)

    def command(now: int, on: bool) -> None:
        it.move(now, 9000 if on else 0, 2000 if on else 0)

    return Rigged(it, command, lambda now: (it.position(now),))


def ram(bench: Bench, contact_mm: float) -> tuple[Press, Look]:
    position, force = Signal(0.0, 500.0), Signal(0.0, 300.0)
    it = Press(
        bench.agenda,
        bench.terminals,
        "it",
        bench.random,
        position=position,
        force=force,
        top="top",
        low="done",
        contact_mm=contact_mm,
        advance_mm_s=100.0,
        return_mm_s=50.0,
        stiffness_kn_s=50.0,
        needs=SAFETY | OIL,
        return_valve=True,
    )
    return it, lambda now: (position.value(now), force.value(now))


def press_on_its_way(bench: Bench) -> Rigged:
    it, look = ram(bench, contact_mm=400.0)
    return Rigged(it, it.advance, look)


def press_building_force(bench: Bench) -> Rigged:
    it, look = ram(bench, contact_mm=100.0)
    return Rigged(it, it.advance, look)


def press_on_its_way_back(bench: Bench) -> Rigged:
    it, look = ram(bench, contact_mm=100.0)
    it.advance(0, True)
    bench.run(2 * SECOND)
    it.advance(bench.now, False)
    return Rigged(it, it.retract, look)


def device(bench: Bench) -> Rigged:
    it = Device(bench.agenda, bench.terminals, "it", bench.random, done="done", fault="fault", seconds={0: 4.0})
    return Rigged(it, it.start, lambda now: (float(bench.sees("done")),))


def source(bench: Bench) -> Rigged:
    signal = Signal(0.0, 600.0)
    it = Source(
        bench.agenda, bench.terminals, "it", signal, level=500.0, rise_per_s=100.0, fall_per_s=400.0,
        flag="done", needs=SAFETY | MAINS,
    )  # fmt: skip
    return Rigged(it, it.drive, lambda now: (round(signal.value(now), -1),))


def slow_source(bench: Bench) -> Rigged:
    signal = Signal(0.0, 60.0)
    it = Source(
        bench.agenda, bench.terminals, "it", signal, level=48.0, rest=2.0, tau_us=500_000, needs=SAFETY | MAINS
    )  # fmt: skip
    return Rigged(it, it.drive, lambda now: (round(signal.value(now)),))


def drive(bench: Bench) -> Rigged:
    turns: list[bool] = [False]
    it = Drive("it", lambda now, on: turns.append(on))
    return Rigged(it, it.drive, lambda now: (float(turns[-1]),))


def contactor(bench: Bench) -> Rigged:
    it = Contactor(
        bench.agenda, bench.terminals, "it", closed="done", pull_us=60_000, drop_us=30_000, needs=SAFETY | MAINS
    )
    return Rigged(it, it.drive, lambda now: (float(bench.sees("done")),))


Make = Callable[[Bench], Rigged]

#: Those that keep what they have reached when they are stopped, and those that fall back to rest.
KEEPING: list[Make] = [cylinder, axis, press_on_its_way, press_building_force, press_on_its_way_back, device]
FALLING: list[Make] = [source, slow_source, drive, contactor]
EVERY = pytest.mark.parametrize("make", KEEPING + FALLING)


class Moving:
    """A mechanism 1.5 s after it was commanded to move."""

    def __init__(self, make: Make) -> None:
        self.bench = Bench("done", "top", "fault")
        self.mechanism, self.command, self._look = make(self.bench)
        self.command(self.bench.now, True)
        self.wait(1.5)

    def wait(self, seconds: float) -> None:
        self.bench.run(self.bench.now + int(seconds * SECOND))

    def inhibit(self, cause: int, on: bool) -> None:
        self.mechanism.inhibit(self.bench.now, cause, on)

    @property
    def seen(self) -> tuple[float, ...]:
        return self._look(self.bench.now)

    def stands(self, seconds: float = 6.0) -> bool:
        before, edges = self.seen, len(self.bench.edges)
        for _ in range(12):
            self.wait(seconds / 12)
            if self.seen != before or len(self.bench.edges) != edges:
                return False
        return True


@EVERY
def test_it_does_move(make: Make) -> None:
    moving = Moving(make)
    if make in (drive, contactor):
        assert moving.seen == (1.0,)
    else:
        assert not moving.stands()


@EVERY
def test_a_safety_stop_ends_within_the_declared_time(make: Make) -> None:
    moving = Moving(make)
    moving.inhibit(SAFETY, True)
    moving.wait(moving.mechanism.stopping_us / SECOND)
    if make is source:
        moving.wait(0.5)  # its flag follows after a delay
    assert moving.stands()


@pytest.mark.parametrize("make", KEEPING)
def test_what_keeps_its_place_stands_at_once(make: Make) -> None:
    moving = Moving(make)
    before = moving.seen
    moving.inhibit(SAFETY, True)
    assert moving.seen == before
    assert moving.stands()


@EVERY
def test_closing_the_chain_starts_nothing(make: Make) -> None:
    moving = Moving(make)
    moving.inhibit(SAFETY, True)
    moving.wait(12.0)
    moving.inhibit(SAFETY, False)
    assert moving.stands()


@EVERY
def test_nor_does_it_start_what_was_commanded_meanwhile(make: Make) -> None:
    moving = Moving(make)
    moving.inhibit(SAFETY, True)
    moving.wait(12.0)
    if make is not press_on_its_way_back:
        moving.command(moving.bench.now, False)
    moving.command(moving.bench.now, True)
    assert moving.stands()
    moving.inhibit(SAFETY, False)
    assert moving.stands()


@EVERY
def test_nor_does_a_supply_that_returns_later(make: Make) -> None:
    moving = Moving(make)
    moving.inhibit(SAFETY, True)
    moving.inhibit(moving.mechanism.needs & ~SAFETY & ~JAM or JAM, True)
    moving.wait(12.0)
    moving.inhibit(SAFETY, False)
    moving.wait(1.0)
    moving.inhibit(moving.mechanism.needs & ~SAFETY & ~JAM or JAM, False)
    assert moving.stands()


@EVERY
def test_a_new_command_moves_it_again(make: Make) -> None:
    moving = Moving(make)
    moving.inhibit(SAFETY, True)
    moving.wait(12.0)
    moving.inhibit(SAFETY, False)
    moving.wait(1.0)
    before = moving.seen
    moving.command(moving.bench.now, False)
    moving.command(moving.bench.now, True)
    moving.wait(6.0)
    assert moving.seen != before


@EVERY
def test_a_lost_supply_only_delays(make: Make) -> None:
    """After an outage the motion goes on to the same end."""
    undisturbed = Moving(make)
    undisturbed.wait(20.0)
    moving = Moving(make)
    supply = moving.mechanism.needs & ~SAFETY & ~JAM
    assert supply in (AIR, MAINS, OIL)
    moving.inhibit(supply, True)
    moving.wait(12.0)
    assert moving.stands()
    moving.inhibit(supply, False)
    moving.wait(20.0)
    assert moving.seen == undisturbed.seen


@EVERY
def test_what_it_does_not_need_does_not_stop_it(make: Make) -> None:
    undisturbed, moving = Moving(make), Moving(make)
    assert not moving.mechanism.needs & COOLING
    moving.inhibit(COOLING, True)
    assert moving.mechanism.inhibited == 0
    for _ in range(10):
        undisturbed.wait(0.7)
        moving.wait(0.7)
        assert moving.seen == undisturbed.seen


@EVERY
def test_causes_add_up(make: Make) -> None:
    """Two causes at once: it moves when the last has gone."""
    moving = Moving(make)
    supply = moving.mechanism.needs & ~SAFETY & ~JAM
    moving.inhibit(JAM, True)
    moving.inhibit(supply, True)
    moving.wait(12.0)
    moving.inhibit(JAM, False)
    moving.wait(0.1)  # only now does a welded contactor drop
    assert moving.stands()
    moving.inhibit(supply, False)
    moving.wait(20.0)
    undisturbed = Moving(make)
    undisturbed.wait(20.0)
    assert moving.seen == undisturbed.seen
