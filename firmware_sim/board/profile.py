"""The station profile: what one firmware needs to know to serve a station (kept in EEPROM on a real board)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from protocols.stations.station_io import StationIO

EXCHANGE_US: Final = 20_000
DEBOUNCE_US: Final = 30_000
WATCHDOG_EXCHANGES: Final = 5
HYSTERESIS: Final = 8
#: The slowest speed of an axis, 0.1 mm/s: any way of 65535 is then done within 2^31 us (a slower command runs at it).
SLOWEST: Final = 32
SOFT_START_STEP_US: Final = 200_000
SOFT_START_STEP: Final = 256


@dataclass(frozen=True, slots=True)
class Profile:
    """Masks and numbers of one station, derived from its I/O declaration.

    `forbid` holds (output bit, input bit): the output is withheld from when the input is off until it is commanded
    anew. `keep` are the outputs that survive the safe state. `regulator` is the output whose duty the firmware
    computes itself (set point in the duty register, counts of analogue input 0), 0 for none; `soft` the output whose
    duty is ramped.
    """

    number: int
    forbid: tuple[tuple[int, int], ...]
    keep: int
    acceleration: int
    stroke: int
    regulator: int
    soft: int
    debounce_us: int = DEBOUNCE_US
    watchdog_us: int = WATCHDOG_EXCHANGES * EXCHANGE_US


def profile(io: StationIO) -> Profile:
    """The profile of a station."""
    modulated = io.output(io.modulated) if io.modulated else 0
    heater = io.modulated == "heater"
    return Profile(
        number=io.number,
        forbid=tuple((io.output(output), io.status(condition)) for output, condition in io.forbid),
        keep=sum(io.output(name) for name in io.keep),
        acceleration=io.axis.acceleration if io.axis else 1,
        stroke=io.axis.stroke if io.axis else 0,
        regulator=modulated if heater else 0,
        soft=0 if heater else modulated,
    )
