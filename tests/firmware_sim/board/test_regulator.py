"""The heater's PI controller against a chamber, and its arithmetic against C."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.board.regulator import SAMPLE_US, Regulator
from protocols.ports import NEVER

FULL = 1024
AMBIENT = 22.0
RISE = 60.0  # at full duty
TAU_S = 300.0
COUNTS_PER_DEGREE = 10.23


class Chamber:
    """A first-order chamber; `loss` is a door left open (degrees that are missing at any duty)."""

    def __init__(self, degrees: float) -> None:
        self.degrees = degrees
        self.loss = 0.0

    def heat(self, duty: int) -> None:
        """One sample time at `duty`, in steps of a second."""
        for _ in range(10):
            goal = AMBIENT - self.loss + RISE * duty / FULL
            self.degrees += (goal - self.degrees) / TAU_S

    @property
    def counts(self) -> int:
        return max(0, min(1023, int(self.degrees * COUNTS_PER_DEGREE)))


def _run(regulator: Regulator, chamber: Chamber, set_point: int, minutes: int) -> list[float]:
    course = []
    for sample in range(6 * minutes):
        regulator.sample(sample * SAMPLE_US, set_point, chamber.counts)
        chamber.heat(regulator.duty)
        course.append(chamber.degrees)
    return course


def test_a_cold_chamber_settles_at_the_set_point() -> None:
    course = _run(Regulator(), Chamber(AMBIENT), 410, minutes=60)
    assert max(course) < 42.0
    assert all(39.5 < degrees < 40.7 for degrees in course[-6 * 30 :])


def test_without_its_integral_it_would_stay_below() -> None:
    """What the integral is for: at 40 degrees the heater needs a third of its power with no error left."""
    regulator, chamber = Regulator(), Chamber(AMBIENT)
    _run(regulator, chamber, 410, minutes=60)
    assert 260 < regulator.duty < 360


def test_a_long_saturation_winds_nothing_up() -> None:
    """A door stands open for hours; when it is shut the chamber overshoots no more than from cold."""
    regulator, chamber = Regulator(), Chamber(AMBIENT)
    chamber.loss = 60.0
    course = _run(regulator, chamber, 410, minutes=300)
    assert regulator.duty == FULL
    assert max(course) < 30.0
    chamber.loss = 0.0
    course = _run(regulator, chamber, 410, minutes=60)
    assert max(course) < 42.0
    assert 39.5 < course[-1] < 40.7


def test_it_comes_down_from_above_without_winding_up_either() -> None:
    course = _run(Regulator(), Chamber(70.0), 410, minutes=60)
    assert min(course) > 38.0
    assert 39.5 < course[-1] < 40.7


def test_off_keeps_what_it_learned_and_reset_does_not() -> None:
    regulator, chamber = Regulator(), Chamber(AMBIENT)
    _run(regulator, chamber, 410, minutes=60)
    learned = regulator.duty
    regulator.off()
    assert (regulator.duty, regulator.due_us, regulator.next_us) == (0, 0, NEVER)
    regulator.sample(0, 410, 410)
    assert abs(regulator.duty - learned) <= 25
    regulator.reset()
    regulator.sample(0, 410, 410)
    assert regulator.duty == 0


def test_the_next_sample_is_due_a_sample_time_later() -> None:
    regulator = Regulator()
    regulator.sample(123, 400, 100)
    assert regulator.due_us == regulator.next_us == 123 + SAMPLE_US


def _like_c(set_points: list[tuple[int, int]]) -> list[int]:
    """The same controller as a C program would have it: int32_t, division towards zero."""

    def divide(a: int, b: int) -> int:
        return abs(a) // b * (1 if a >= 0 else -1)

    def int32(value: int) -> int:
        assert -(1 << 31) <= value < 1 << 31
        return value

    integral, duties = 0, []
    for set_point, reading in set_points:
        error = set_point - reading
        trial = int32(integral + error)
        raw = int32(20 * error + divide(int32(20 * trial), 8))
        if 0 <= raw <= 1024 or (raw < 0 < error) or (raw > 1024 and error <= 0):
            integral = trial
        duties.append(0 if raw < 0 else 1024 if raw > 1024 else raw)
    return duties


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1024), st.sampled_from((0, 1, 400, 409, 410, 411, 1023))), max_size=200))
def test_every_value_fits_32_bits_and_is_divided_as_c_divides(samples: list[tuple[int, int]]) -> None:
    regulator = Regulator()
    duties = []
    for number, (set_point, reading) in enumerate(samples):
        regulator.sample(number * SAMPLE_US, set_point, reading)
        duties.append(regulator.duty)
    assert duties == _like_c(samples)
    assert all(0 <= duty <= FULL for duty in duties)


def test_the_integral_stays_bounded_at_the_extremes() -> None:
    regulator = Regulator()
    for set_point, reading in ((1024, 0), (0, 1023), (1024, 1023), (0, 1023), (410, 409)):
        for number in range(10_000):
            regulator.sample(number, set_point, reading)
            assert 0 <= regulator._integral <= 8_602
