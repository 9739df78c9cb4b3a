"""The kinds of faults, declared once: where they strike, their parameters, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """What a fault strikes, and how its target is written."""

    SENSOR = "a digital input, such as ST05.clamped"
    TRANSMITTER = "an analogue input, such as ST05.joint_force"
    ACTUATOR = "a mechanism, such as ST05.clamp"
    STATION = "a station, such as ST05"
    BOARD = "the board of a station, such as ST05"
    LINK = "the serial line to the board of a station, such as ST05"
    UTILITY = "a supply: air, oil, cooling or mains"
    FEEDER = "a feeder of the switchboard: a station such as ST05, or services"
    SOURCE = "a source of power: mains, generator or ups"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a fault takes. Without `default` it must be given."""

    name: str
    unit: str
    low: float
    high: float
    doc: str
    default: float | None = None


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One kind of fault. `code` is its number in the trace. A momentary one strikes and is over: what it leaves behind
    is mended by people, or passes. `other`: it takes a second input (`with`). Codes and the order of parameters are
    written down: masters inject by them (see fault_map)."""

    name: str
    code: int
    level: Level
    doc: str
    parameters: tuple[Parameter, ...] = ()
    momentary: bool = False
    other: bool = False
    #: The only targets that it can strike, where not all of its level.
    targets: tuple[str, ...] = ()


_WIDE: Final = 1_000_000.0
_OWN: Final = "its unit"

KINDS: Final = (
    FaultKind("stuck_on", 1, Level.SENSOR, "The input reads true, whatever the sensor says."),
    FaultKind("stuck_off", 2, Level.SENSOR, "The input reads false, whatever the sensor says."),
    FaultKind("inverted", 3, Level.SENSOR, "The input reads the opposite of its sensor."),
    FaultKind("swapped", 4, Level.SENSOR, "Two inputs of a station are connected crosswise.", other=True),
    FaultKind(
        "offset", 10, Level.TRANSMITTER, "The reading is too high or too low.",
        (Parameter("value", _OWN, -_WIDE, _WIDE, "what is added to the true value"),),
    ),
    FaultKind(
        "gain", 11, Level.TRANSMITTER, "The reading is the true value times a factor.",
        (Parameter("factor", "1", 0.01, 100.0, "the factor"),),
    ),
    FaultKind(
        "drift", 12, Level.TRANSMITTER, "The reading moves away from the true value, one converter count at a time.",
        (Parameter("per_hour", _OWN, -_WIDE, _WIDE, "how far in an hour"),),
    ),
    FaultKind(
        "noise", 13, Level.TRANSMITTER, "The reading is the true value and a normal variate, drawn anew all the time.",
        (
            Parameter("sigma", _OWN, 0.0, _WIDE, "standard deviation"),
            Parameter("period_ms", "ms", 20.0, 60_000.0, "how long one draw lasts", 100.0),
        ),
    ),
    FaultKind(
        "spike", 14, Level.TRANSMITTER, "Short pulses on the reading, at random instants.",
        (
            Parameter("height", _OWN, -_WIDE, _WIDE, "what a pulse adds"),
            Parameter("width_ms", "ms", 20.0, 10_000.0, "how long it lasts", 40.0),
            Parameter("every_s", "s", 0.1, 86_400.0, "mean time between pulses", 10.0),
        ),
    ),
    FaultKind("frozen", 15, Level.TRANSMITTER, "The reading stays what it is at that moment."),
    FaultKind(
        "stuck_at", 16, Level.TRANSMITTER, "The reading is always the same.",
        (Parameter("value", _OWN, -_WIDE, _WIDE, "what it reads"),),
    ),
    FaultKind("jammed", 20, Level.ACTUATOR, "The mechanism stands where it is; nobody on the line can free it."),
    FaultKind(
        "slow", 21, Level.ACTUATOR, "Motions, programs of devices and the rise of a source take longer from then on.",
        (Parameter("factor", "1", 1.0, 50.0, "how many times as long"),),
    ),
    FaultKind(
        "leaking", 22, Level.ACTUATOR, "A cylinder extends slower; a press or a source does too and reaches less.",
        (Parameter("share", "1", 0.01, 0.95, "share of the flow that is lost"),),
    ),
    FaultKind("breakdown", 30, Level.STATION, "A mechanism breaks; a crew repairs it.", momentary=True),
    FaultKind("minor_stop", 31, Level.STATION, "A jam or a dirty sensor; the attendant clears it.", momentary=True),
    FaultKind("destroyed", 32, Level.STATION, "Nothing moves and the board has no power, until it is rebuilt."),
    FaultKind(
        "quality_loss", 33, Level.STATION, "Robots get hidden defects here.",
        (Parameter("share", "1", 0.0, 1.0, "the chance for each robot"),),
    ),
    FaultKind("board_reset", 40, Level.BOARD, "The board is reset by a dip of its supply.", momentary=True),
    FaultKind("board_hang", 41, Level.BOARD, "The program hangs with its outputs as they are; in the end it is reset."),
    FaultKind(
        "undervoltage", 42, Level.BOARD, "The board's supply is low: below 2700 mV it is dead.",
        (Parameter("millivolts", "mV", 0.0, 5500.0, "what is left of it", 2000.0),),
    ),
    FaultKind(
        "wrong_firmware", 43, Level.BOARD,
        "The board has a firmware for another register layout: its fingerprint is refused, no exchange takes place.",
        (Parameter("version", "1", 0.0, 65535.0, "the firmware version that it reports, major x 256 + minor", 1.0),),
    ),
    FaultKind("link_cut", 50, Level.LINK, "No exchange takes place."),
    FaultKind(
        "link_loss", 51, Level.LINK, "Exchanges get lost or damaged, at random.",
        (Parameter("share", "1", 0.0, 1.0, "the chance for each exchange"),),
    ),
    FaultKind(
        "link_delay", 52, Level.LINK, "Answers arrive late, by whole exchanges of 20 ms.",
        (Parameter("ms", "ms", 1.0, 2000.0, "by how much"),),
    ),
    FaultKind(
        "link_corrosion", 53, Level.LINK, "A corroded contact: bytes of an answer are wrong, its CRC refuses it.",
        (Parameter("share", "1", 0.0, 1.0, "the chance for each exchange"),),
    ),
    FaultKind("utility_loss", 60, Level.UTILITY, "The supply is cut off; its pressure or voltage falls."),
    FaultKind(
        "sag", 61, Level.SOURCE, "The voltage sags: contactors drop and boards brown out as each of them can bear.",
        (Parameter("remaining", "1", 0.0, 1.0, "share of the nominal voltage that is left"),), targets=("mains",),
    ),
    FaultKind(
        "lightning", 62, Level.SOURCE, "A strike: a surge trips weak feeders, and the voltage sags for a moment.",
        (
            Parameter("amps", "A", 0.0, 2000.0, "surge on each feeder; above 12 times its rating it trips", 250.0),
            Parameter("remaining", "1", 0.0, 1.0, "share of the nominal voltage that is left in the sag", 0.3),
            Parameter("ms", "ms", 1.0, 60_000.0, "how long the sag lasts", 300.0),
        ),
        momentary=True, targets=("mains",),
    ),
    FaultKind(
        "no_start", 63, Level.SOURCE, "The engine cranks and does not start; it stays off until it is acknowledged.",
        targets=("generator",),
    ),
    FaultKind(
        "battery_failed", 64, Level.SOURCE, "The battery is dead until it is replaced: nothing bridges an outage.",
        targets=("ups",),
    ),
    FaultKind("breaker_trip", 70, Level.FEEDER, "The breaker trips; somebody has to close it.", momentary=True),
    FaultKind(
        "overload", 71, Level.FEEDER, "A current that does not belong there: the breaker trips, at once or in time.",
        (Parameter("amps", "A", 1.0, 2000.0, "the current on top of the machine's own"),),
    ),
)  # fmt: skip

BY_KIND: Final = {kind.name: kind for kind in KINDS}
