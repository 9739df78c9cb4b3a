"""Energy is the integral of what was drawn, whoever asks and whenever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plant.power.load import FULL, Load

_STEPS = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, FULL), st.one_of(st.none(), st.integers(0, 1500))), max_size=20
)


@given(st.integers(1, 20_000), _STEPS, st.integers(0, 1000))
def test_energy_is_the_sum_of_power_over_every_microsecond(
    watts: int, steps: list[tuple[int, int, int | None]], more: int
) -> None:
    load, now, expected = Load(watts), 0, 0
    level, until = 0, 1 << 61
    for after, new, span in steps:
        for t in range(now, now + after):
            expected += watts * level if t < until else 0
        now += after
        assert load.energy(now) == expected
        level, until = new, 1 << 61 if span is None else now + span
        load.set(now, new, until)
        assert load.power(now) == (watts * new // FULL if now < until else 0)
    expected += sum(watts * level for t in range(now, now + more) if t < until)
    assert load.energy(now + more) == expected
    assert load.energy(now + more) == expected  # asking changes nothing
