"""Found faults become rounder, earlier and shorter as far as they still break the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from sector7.studies.chaos.simplify import Strikes, simplify
from sector7.studies.chaos.strike import Strike
from sector7.times import microseconds, written

SECOND = 1_000_000
MINUTE = 60 * SECOND
CUT = Strike("link_cut", "ST05", 17 * MINUTE + 3 * SECOND, 640 * SECOND)
LOW = Strike("undervoltage", "ST06", 31 * MINUTE, 100 * SECOND, (("millivolts", 2400.0),))


def breaking(holds: Callable[[Strikes], bool]) -> Callable[[Sequence[Strikes]], list[bool]]:
    return lambda sets: [holds(each) for each in sets]


def test_everything_that_does_not_matter_goes() -> None:
    cut, low = simplify((CUT, LOW), breaking(lambda strikes: True))
    assert cut == Strike("link_cut", "ST05", 10 * MINUTE, 10 * SECOND)
    assert low == Strike("undervoltage", "ST06", 10 * MINUTE, SECOND)


def test_what_matters_stays() -> None:
    def overlap(strikes: Strikes) -> bool:
        cut, low = strikes
        return cut.lasts_us >= 300 * SECOND and low.at_us >= 30 * MINUTE and dict(low.parameters) != {}

    cut, low = simplify((CUT, LOW), breaking(overlap))
    assert cut.lasts_us == 320 * SECOND
    assert low == Strike("undervoltage", "ST06", 30 * MINUTE, SECOND, LOW.parameters)


def test_nothing_goes_if_everything_matters() -> None:
    assert simplify((CUT, LOW), breaking(lambda strikes: False)) == (CUT, LOW)


@given(st.integers(1, 400 * 86_400 * 1000))
def test_times_are_written_as_they_are_read(milliseconds: int) -> None:
    if milliseconds <= 366 * 86_400 * 1000:
        assert microseconds(written(milliseconds * 1000)) == milliseconds * 1000


def test_times_are_written_as_people_do() -> None:
    times = [90 * SECOND, 10 * MINUTE, 3600 * SECOND, 5430 * SECOND, 250_000, 0, 86_400 * SECOND]
    assert [written(us) for us in times] == ["90s", "10m", "1h", "1h30m30s", "250ms", "0s", "1d"]
