"""What every feeder has to carry: the electrical data sheet of each station, and of compressor and pumps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from plant.power.ride_through import ORDINARY, SEMI_F47, Curve

#: The feeder of compressor, hydraulic pump and cooling pump.
SERVICES: Final = 0
_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Demand:
    """One feeder's data: watts of the cabinet (always), of drives standing by (contactor closed) and of each named
    mechanism at full level; rated current of the breaker and inrush when the contactor closes (A); how its contactor
    and drives bear a sag; the cabinet's 24 V supply: lowest input (permille), hold-up and start-up time."""

    control_w: int
    standby_w: int
    rated_a: int
    inrush_a: int
    curve: Curve
    lowest: int = 500
    hold_up_us: int = 20 * _MS
    start_us: int = 300 * _MS
    motors: Mapping[str, int] = field(default_factory=dict)

    @property
    def most_w(self) -> int:
        """Everything at once."""
        return self.control_w + self.standby_w + sum(self.motors.values())


_BELT: Final = {"infeed belt": 370}

DEMANDS: Final[dict[int, Demand]] = {
    SERVICES: Demand(60, 240, 63, 340, SEMI_F47, motors={"air": 15_000, "oil": 11_000, "cooling": 3_000}),
    1: Demand(90, 180, 16, 70, SEMI_F47, motors={**_BELT, "gantry": 1_500}),
    2: Demand(110, 60, 10, 30, SEMI_F47, hold_up_us=200 * _MS, motors=_BELT),
    3: Demand(150, 600, 32, 180, ORDINARY, lowest=700, motors={**_BELT, "robot": 9_500}),
    4: Demand(140, 450, 40, 220, SEMI_F47, motors={**_BELT, "feed axis": 1_800, "spindle": 11_000}),
    5: Demand(120, 300, 25, 110, SEMI_F47, hold_up_us=200 * _MS,
              motors={**_BELT, "servo press": 4_200, "nutrunner": 900}),
    6: Demand(100, 90, 10, 40, ORDINARY, lowest=800,
              motors={**_BELT, "continuity tester": 60, "insulation tester": 120}),
    7: Demand(110, 120, 16, 60, SEMI_F47, motors={**_BELT, "lift": 1_100}),
    8: Demand(130, 260, 20, 90, SEMI_F47, motors={**_BELT, "transfer axis": 1_600, "insertion slide": 750}),
    9: Demand(160, 100, 10, 40, ORDINARY, lowest=800, hold_up_us=60 * _MS, motors={**_BELT, "flasher": 180}),
    10: Demand(140, 350, 25, 120, SEMI_F47, hold_up_us=200 * _MS, motors={**_BELT, "test bench": 5_500}),
    11: Demand(120, 150, 25, 100, ORDINARY, lowest=700, motors={**_BELT, "index drive": 1_200, "heater": 6_000}),
    12: Demand(100, 120, 16, 60, SEMI_F47, motors={**_BELT, "labeller": 140, "lift": 1_500}),
}  # fmt: skip
