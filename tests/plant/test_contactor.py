"""A contactor drops when its power goes, unless it is welded."""

from __future__ import annotations

from plant.contactor import Contactor
from plant.drive import Drive
from plant.mechanism import JAM, MAINS, SAFETY
from tests.plant.bench import SECOND, Bench


class ContactorBench(Bench):
    def __init__(self) -> None:
        super().__init__("closed")
        self.told: list[tuple[int, bool]] = []
        self.contactor = Contactor(
            self.agenda,
            self.terminals,
            "k1",
            closed="closed",
            pull_us=60_000,
            drop_us=30_000,
            needs=SAFETY,
            switched=lambda now, closed: self.told.append((now, closed)),
        )

    def after(self, seconds: float) -> bool:
        self.run(self.now + int(seconds * SECOND))
        return self.sees("closed")


def test_pull_in_and_drop() -> None:
    bench = ContactorBench()
    bench.contactor.drive(0, True)
    assert bench.after(1.0)
    bench.contactor.drive(bench.now, False)
    assert not bench.after(1.0)
    assert bench.edges == [(60_000, "closed", 1), (1_030_000, "closed", 0)]
    assert bench.told == [(60_000, True), (1_030_000, False)]


def test_a_short_command_moves_nothing() -> None:
    bench = ContactorBench()
    bench.contactor.drive(0, True)
    bench.after(0.05)
    bench.contactor.drive(bench.now, False)
    assert not bench.after(1.0)
    assert bench.edges == []
    assert bench.told == []


def test_a_safety_stop_drops_it_and_its_end_does_not_close_it() -> None:
    bench = ContactorBench()
    bench.contactor.drive(0, True)
    bench.after(1.0)
    bench.contactor.inhibit(bench.now, SAFETY, True)
    assert not bench.after(bench.contactor.stopping_us / SECOND)
    bench.contactor.inhibit(bench.now, SAFETY, False)
    assert not bench.after(5.0)
    bench.contactor.drive(bench.now, False)
    bench.contactor.drive(bench.now, True)
    assert bench.after(5.0)


def test_welded_contacts_stay_closed_until_they_are_mended() -> None:
    bench = ContactorBench()
    bench.contactor.drive(0, True)
    bench.after(1.0)
    bench.contactor.inhibit(bench.now, JAM, True)
    bench.contactor.drive(bench.now, False)
    bench.contactor.inhibit(bench.now, SAFETY, True)
    assert bench.after(5.0)
    bench.contactor.inhibit(bench.now, JAM, False)
    assert not bench.after(1.0)


def test_one_that_jams_on_the_way_closes_when_it_is_mended() -> None:
    bench = ContactorBench()
    bench.contactor.drive(0, True)
    bench.after(0.03)
    bench.contactor.inhibit(bench.now, JAM, True)
    assert not bench.after(5.0)
    bench.contactor.inhibit(bench.now, JAM, False)
    assert bench.after(1.0)


def test_a_drive_tells_when_it_turns() -> None:
    told: list[tuple[int, bool]] = []
    belt = Drive("belt", lambda now, on: told.append((now, on)))
    belt.drive(1, True)
    belt.drive(2, True)
    belt.inhibit(3, MAINS, True)
    belt.inhibit(4, MAINS, False)
    belt.inhibit(5, SAFETY, True)
    belt.drive(6, False)
    belt.drive(7, True)
    belt.inhibit(8, SAFETY, False)
    belt.drive(9, False)
    belt.drive(10, True)
    assert told == [(1, True), (3, False), (4, True), (5, False), (10, True)]


def test_a_weld_that_breaks_behind_an_open_chain_lets_it_drop_and_is_no_motion() -> None:
    bench = ContactorBench()
    bench.contactor.drive(0, True)
    bench.after(1.0)
    assert bench.contactor.moves(bench.now)
    bench.contactor.inhibit(bench.now, JAM, True)
    bench.contactor.inhibit(bench.now, SAFETY, True)
    assert bench.after(40.0)
    bench.contactor.inhibit(bench.now, JAM, False)
    assert not bench.contactor.moves(bench.now)
    assert not bench.after(0.03 + 1e-6)
    assert not bench.contactor.moves(bench.now)
