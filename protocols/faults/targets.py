"""Where faults can strike, as numbers: a station (0: the line) and a place in it, for each level of faults."""

from __future__ import annotations

from typing import Final

from protocols.faults.kinds import BY_KIND, Level
from protocols.stations.io_table import BY_NUMBER, STATIONS

_BELT: Final = "infeed belt"
#: The mechanisms of the stations in their order; the plant builds them, a test compares.
MECHANISMS: Final[dict[int, tuple[str, ...]]] = {
    1: ("gantry", "gripper lift", "gripper", _BELT),
    2: ("die clamp", "ram", _BELT),
    3: ("clamp", "robot", "gas valve", _BELT),
    4: ("clamp", "feed axis", "coolant", "spindle", _BELT),
    5: ("clamp", "servo press", "nutrunner", _BELT),
    6: ("clamp", "connector", "continuity tester", "insulation tester", _BELT),
    7: ("lift", "precharge", "contactor", _BELT),
    8: ("transfer axis", "limb gripper", "insertion slide", _BELT),
    9: ("bed of needles", "flasher", _BELT),
    10: ("clamp", "test bench", _BELT),
    11: ("index drive", "ejector", "heater", _BELT),
    12: ("gripper", "labeller", "lift", _BELT),
}
UTILITIES: Final = ("air", "oil", "cooling", "mains")
SOURCES: Final = ("mains", "generator", "ups")
SERVICES: Final = "services"

#: Levels whose targets have places of their own; of the others the target is the station alone.
PLACED: Final = frozenset((Level.SENSOR, Level.TRANSMITTER, Level.ACTUATOR, Level.UTILITY, Level.SOURCE))


def places(level: Level, station: int) -> tuple[str, ...]:
    """The names of the places that a level has in a station (0: the line), in their order; empty if it has none."""
    if level is Level.UTILITY:
        return UTILITIES if station == 0 else ()
    if level is Level.SOURCE:
        return SOURCES if station == 0 else ()
    io = BY_NUMBER.get(station)
    if io is None:
        return (SERVICES,) if level is Level.FEEDER and station == 0 else ()
    if level is Level.SENSOR:
        return io.inputs
    if level is Level.TRANSMITTER:
        return tuple(analog.name for analog in io.analogs)
    return MECHANISMS[station] if level is Level.ACTUATOR else (io.code,)


def target_name(kind: str, station: int, place: int) -> str:
    """A target as faults name it, such as `ST05.clamped`; empty if there is no such place."""
    level = BY_KIND[kind].level
    names = places(level, station)
    if not 0 <= place < len(names):
        return ""
    return f"{BY_NUMBER[station].code}.{names[place]}" if station and level in PLACED else names[place]


def target_numbers(kind: str, target: str) -> tuple[int, int]:
    """Station and place of a target, the inverse of `target_name`. Raises LookupError if it can strike no such one."""
    for station in (0, *BY_NUMBER):
        for place in range(len(places(BY_KIND[kind].level, station))):
            if target_name(kind, station, place) == target:
                return station, place
    raise LookupError(target)


def targets(kind: str) -> list[str]:
    """Every target that faults of this kind may name, on a line with all stations."""
    declared = BY_KIND[kind]
    if declared.targets:
        return list(declared.targets)
    stations = (0, *(io.number for io in STATIONS))
    return [target_name(kind, n, place) for n in stations for place in range(len(places(declared.level, n)))]
