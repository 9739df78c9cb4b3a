"""A thunderstorm over the castle: sags, outages and breakers at instants that fit no grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sector7.rig.rig import Rig

SECOND: Final = 1_000_000
MS: Final = 1000

Strike = tuple[int, Callable[[Rig, int], None]]


def _sag(*shape: tuple[int, int]) -> Callable[[Rig, int], None]:
    return lambda rig, now: rig.plant.power.sag(now, tuple((permille, ms * MS) for permille, ms in shape))


#: When (us), and what.
STRIKES: Final[tuple[Strike, ...]] = (
    (40_003_301, _sag((300, 80), (600, 200), (850, 500))),  # some boards brown out, some start from power-on
    (75_123_457, _sag((0, 75))),
    (100_000_000, _sag((450, 19), (700, 30))),  # nobody minds
    (110_020_000, _sag((450, 200), (800, 900))),
    (111_000_003, _sag((0, 90), (700, 300), (0, 70))),
    (140_000_777, lambda rig, now: rig.plant.power.trip_breaker(now, 9)),
    (150_000_000, lambda rig, _: rig.request("ST09.BreakerRequest", 1)),
    (160_000_001, lambda rig, now: rig.plant.power.fail(now)),  # the generator takes over
    (200_000_000, lambda rig, _: rig.request("ST03.BreakerRequest", 2)),
    (205_000_000, lambda rig, _: rig.request("ST03.BreakerRequest", 1)),
    (215_000_001, lambda rig, now: rig.plant.power.mend(now)),
)
OVER_US: Final = 215_000_001


def thunder(rig: Rig, until_us: int) -> None:
    """Run to `until_us` through what lies ahead of the storm."""
    for at, strike in STRIKES:
        if rig.now <= at < until_us:
            rig.run(at)
            strike(rig, at)
    rig.run(until_us)
