"""The whole check of one board: every vector, then the measurements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from protocols.stations.io_table import BY_NUMBER, MACHINING
from protocols.stations.station_io import StationIO
from sector7.board_check.measure import Limits, Measurement, measure
from sector7.board_check.runner import Result, Verdict, tell
from sector7.board_check.serial_target import SerialTarget
from sector7.board_check.specimen import Target
from sector7.board_check.vector import Vector, shipped
from sector7.usage import UsageError

TARGETS: Final = "simulated, emulated, a serial port such as /dev/ttyACM0, or socket://HOST:PORT"


def is_port(text: str) -> bool:
    """Whether a target's name is that of a serial port (a device file, a URL, COM3)."""
    return "/" in text or (text[:3].upper() == "COM" and text[3:].isdigit())


def open_target(text: str, station: int | None = None) -> Target:
    """The target of that name; on a port, the board of that station. Raises UsageError, LinkError."""
    if is_port(text):
        return SerialTarget(text, station)
    from sector7.board_check.lockstep import emulated_target, simulated_target

    if text == "simulated":
        return simulated_target()
    if text == "emulated":
        return emulated_target()
    raise UsageError("--target", text, TARGETS)


@dataclass
class Outcome:
    """What a check has found so far."""

    target: str
    station: int
    results: list[Result] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        """The names of what did not pass."""
        findings: list[Result | Measurement] = [*self.results, *self.measurements]
        return [each.name for each in findings if each.verdict is Verdict.FAILED]

    def take(self, finding: Result | Measurement) -> None:
        """One more."""
        if isinstance(finding, Result):
            self.results.append(finding)
        else:
            self.measurements.append(finding)


def vectors_of(station: int | None) -> Sequence[Vector]:
    """All vectors, or those of one station; by stations, as every change of them is a write to a board's EEPROM."""
    chosen = (each for each in shipped() if station in (None, each.io.number))
    return sorted(chosen, key=lambda each: (each.io.number, each.name))


def measured_station(target: Target, station: int | None) -> StationIO:
    """The station on whose profile the measurements are made: the one asked for, else the board's own."""
    if station is None and isinstance(target, SerialTarget):
        station = target.station
    return BY_NUMBER.get(station or MACHINING.number, MACHINING)


def check(target: Target, station: int | None, limits: Limits) -> Iterator[Result | Measurement]:
    """Every finding, as it is made. Raises LinkError when the board is gone."""
    for vector in vectors_of(station):
        yield tell(vector, target)
    yield from measure(target, measured_station(target, station), limits)
