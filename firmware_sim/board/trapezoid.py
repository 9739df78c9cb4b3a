"""The step generator's profile in integer arithmetic: closed form, so that any instant can be evaluated alone.

Bounds: way and acceleration <= 65535 (0.1 mm, 0.1 mm/s^2), speed SLOWEST..65535 (0.1 mm/s), or anything from 1 where
nothing moves. A profile then lasts less than 2^31 us (65535 * 10^6 / 32 + 32 * 10^6 / 1 = 2.08 * 10^9), and no
intermediate exceeds 65535 * 10^12 < 2^56: the square of the time under way never grows beyond way / acceleration.
"""

from __future__ import annotations

from math import isqrt
from typing import Final

SECOND: Final = 1_000_000


def duration(way: int, speed: int, acceleration: int) -> int:
    """Microseconds from rest to rest over `way`."""
    if way * acceleration >= speed * speed:
        return way * SECOND // speed + speed * SECOND // acceleration
    return 2 * isqrt(way * SECOND * SECOND // acceleration)


def travelled(way: int, speed: int, acceleration: int, after: int, total: int) -> int:
    """Part of `way` that is done `after` microseconds into a profile of `total` microseconds."""
    if after >= total:
        return way
    if way * acceleration < speed * speed:
        speed = isqrt(way * acceleration)
    ramp = speed * SECOND // acceleration
    if after < ramp:
        return acceleration * after * after // (2 * SECOND * SECOND)
    if after > total - ramp:
        left = total - after
        return way - acceleration * left * left // (2 * SECOND * SECOND)
    return speed * (after - ramp) // SECOND + acceleration * ramp * ramp // (2 * SECOND * SECOND)
