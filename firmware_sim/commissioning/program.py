"""Commissioning of the whole line: one station after the other, then production if that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from firmware_sim.commissioning.commissioner import Commissioner
from firmware_sim.plc.line import Line
from protocols.commissioning import By, Stage

IDLE, RUNNING, GIVEN_UP = range(3)
_NOBODY: Final = -1


class Commissioning:
    """The team goes from station to station in the order of the line."""

    STATE: ClassVar[tuple[str, ...]] = ("at", "produce", "outcome")

    def __init__(self, line: Line, stations: Sequence[Commissioner]) -> None:
        self._line = line
        self.stations = stations
        for position, station in enumerate(stations):
            station.finished = partial(self._next, position=position)
        self.at = _NOBODY
        self.produce = False
        self.outcome = IDLE

    @property
    def released(self) -> int:
        """Stations that are released."""
        return sum(station.unit.released for station in self.stations)

    def begin(self, now: int, *, produce: bool) -> bool:
        """Commission what is not released; False while that goes on already. With `produce` the line starts then."""
        if self.at != _NOBODY:
            return False
        self.produce = produce
        self._next(now, _NOBODY)
        return True

    def stop(self, now: int) -> None:
        """No further, at any station."""
        self.at = _NOBODY
        self.outcome = IDLE
        for station in self.stations:
            if station.active:
                station.stop(now)

    def _next(self, now: int, position: int) -> None:
        """Station `position` is done; a station that the line did not send for has been done for itself."""
        if position != self.at:
            return
        self.outcome = RUNNING
        for following in range(position + 1, len(self.stations)):
            self.at = following
            if self.stations[following].begin(now, By.PROGRAM):
                return
        self.at = _NOBODY
        done = all(station.ledger.stage == Stage.RELEASED for station in self.stations)
        self.outcome = IDLE if done else GIVEN_UP
        if done and self.produce:
            self._line.boot = True
