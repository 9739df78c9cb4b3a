"""Plant and firmware each have the motion profile (docs/decisions/0003): they must agree on the declared range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.board import trapezoid
from plant import axis
from protocols.stations.io_table import STATIONS

STROKES = [io.axis.stroke for io in STATIONS if io.axis]
ACCELERATIONS = sorted({io.axis.acceleration for io in STATIONS if io.axis})

ways = st.integers(1, max(STROKES))
speeds = st.integers(1, 0xFFFF)


@given(ways, speeds, st.sampled_from(ACCELERATIONS), st.floats(0, 1.1))
def test_both_profiles_are_one(way: int, speed: int, acceleration: int, share: float) -> None:
    total = trapezoid.duration(way, speed, acceleration)
    assert axis.duration(way, speed, acceleration) == total
    after = int(share * total)
    assert axis.travelled(way, speed, acceleration, after, total) == trapezoid.travelled(
        way, speed, acceleration, after, total
    )
