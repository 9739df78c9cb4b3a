"""A ram advances to the part, builds force, lets go and returns."""

from __future__ import annotations

import pytest

from plant.mechanism import OIL, SAFETY
from plant.press import Press
from plant.signal import Signal
from tests.plant.bench import SECOND, Bench

CONTACT, ADVANCE, RETURN, STIFFNESS = 300.0, 60.0, 100.0, 75.0


class PressBench(Bench):
    def __init__(self, *, double: bool) -> None:
        super().__init__("top", "low")
        self.position = Signal(0.0, 500.0)
        self.force = Signal(0.0, 400.0)
        self.press = Press(
            self.agenda,
            self.terminals,
            "ram",
            self.random,
            position=self.position,
            force=self.force,
            top="top",
            low="low",
            contact_mm=CONTACT,
            advance_mm_s=ADVANCE,
            return_mm_s=RETURN,
            stiffness_kn_s=STIFFNESS,
            needs=SAFETY | OIL,
            return_valve=double,
        )

    def after(self, seconds: float) -> tuple[float, float]:
        """Position and force when so much time has passed."""
        self.run(self.now + int(seconds * SECOND))
        return self.position.value(self.now), self.force.value(self.now)


@pytest.mark.parametrize("double", [True, False])
def test_a_whole_stroke(double: bool) -> None:
    bench = PressBench(double=double)
    press = bench.press
    assert bench.sees("top")
    press.advance(0, True)
    assert bench.after(2.0) == pytest.approx((120.0, 0.0))
    assert not bench.sees("top")
    assert bench.after(3.1)[0] == CONTACT
    assert bench.when("low", 1) == pytest.approx(5 * SECOND, abs=2)
    _, force = bench.after(1.0)
    assert 1.1 * 0.9 * STIFFNESS - 1 <= force <= 1.1 * 1.1 * STIFFNESS + 1
    press.advance(bench.now, False)
    if double:
        assert bench.after(5.0) == (CONTACT, force)
        press.retract(bench.now, True)
    begin = bench.now
    assert bench.after(1.0) == pytest.approx((200.0, 0.0))
    assert not bench.sees("low")
    assert bench.after(2.1) == (0.0, 0.0)
    assert bench.when("top", 1) == pytest.approx(begin + 3 * SECOND, abs=2)


def test_the_force_ends_at_the_transmitters_range() -> None:
    bench = PressBench(double=True)
    bench.press.advance(0, True)
    assert bench.after(30.0) == (CONTACT, 400.0)


def test_without_either_valve_the_ram_stands_and_goes_on_from_there() -> None:
    bench = PressBench(double=True)
    bench.press.advance(0, True)
    bench.after(2.0)
    bench.press.advance(bench.now, False)
    assert bench.after(9.0) == pytest.approx((120.0, 0.0))
    bench.press.advance(bench.now, True)
    assert bench.after(1.0) == pytest.approx((180.0, 0.0))


def test_both_valves_return_the_ram() -> None:
    bench = PressBench(double=True)
    bench.press.advance(0, True)
    bench.after(2.0)
    bench.press.retract(bench.now, True)
    assert bench.after(9.0) == (0.0, 0.0)
    assert bench.sees("top")


def test_stiffness_spreads_from_stroke_to_stroke() -> None:
    bench = PressBench(double=False)
    forces = []
    for _ in range(40):
        bench.press.advance(bench.now, True)
        forces.append(bench.after(6.0)[1])
        bench.press.advance(bench.now, False)
        bench.after(10.0)
    assert 0.9 * STIFFNESS <= min(forces) < 0.93 * STIFFNESS
    assert 1.07 * STIFFNESS < max(forces) <= 1.1 * STIFFNESS


@pytest.mark.parametrize("cause", [SAFETY, OIL])
def test_under_a_stopped_ram_the_force_neither_rises_nor_falls(cause: int) -> None:
    bench = PressBench(double=True)
    bench.press.advance(0, True)
    _, force = bench.after(6.0)
    assert force > 0.0
    bench.press.inhibit(bench.now, cause, True)
    assert bench.after(10.0) == (CONTACT, force)
    bench.press.inhibit(bench.now, cause, False)
    if cause == SAFETY:
        assert bench.after(10.0) == (CONTACT, force)
    else:
        assert bench.after(1.0)[1] > force + 0.8 * STIFFNESS


def test_a_ram_stopped_before_it_left_the_top_is_still_seen_there() -> None:
    bench = PressBench(double=True)
    bench.press.advance(0, True)
    bench.press.inhibit(0, SAFETY, True)
    bench.press.inhibit(0, SAFETY, False)
    assert bench.after(1.0) == (0.0, 0.0)
    assert bench.sees("top")


def test_a_valve_switched_while_the_oil_is_off_acts_when_it_is_back() -> None:
    bench = PressBench(double=True)
    bench.press.advance(0, True)
    bench.after(6.0)
    bench.press.inhibit(bench.now, OIL, True)
    bench.press.advance(bench.now, False)
    bench.press.retract(bench.now, True)
    assert bench.after(5.0)[0] == CONTACT
    bench.press.inhibit(bench.now, OIL, False)
    assert bench.after(4.0) == (0.0, 0.0)
    assert bench.sees("top")
    assert not bench.sees("low")
