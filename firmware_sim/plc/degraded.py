"""The line PLC's part in degraded modes: what may be asked of which station, and what the program does about it.

People put something in a machine's place (port `StandIn`); the program takes the unit out of Produce meanwhile, tells
the station behind it whose work it shall do, and counts what was made by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from firmware_sim.plc.sequence import Route
from firmware_sim.plc.unit import SCAN_US, Unit
from protocols.packml import Command, Mode, State
from protocols.reasons import Reason
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.degraded_map import Degrade, Refusal

#: Stations whose work cannot be left out: kitting begins robots, the test bench judges them, pack-out takes them off.
NO_BYPASS: Final = (1, 10, 12)
#: Burn-in is time, not handwork.
NO_HANDS: Final = (11,)
#: Whose work the station behind can do too: the cell's supply tests a harness, the bench flashes and calibrates.
NEIGHBOURS: Final = {6: 7, 9: 10}
#: How much longer than on its own machine that takes.
DETOUR: Final = 1.5

_STANDING: Final = frozenset((State.STOPPED, State.HELD, State.ABORTED, State.IDLE, State.COMPLETE))
_LOCKED: Final = frozenset((State.STOPPED, State.ABORTED, State.IDLE))
_IN_PLACE: Final = 2


def possible(station: int, mode: int) -> bool:
    """Can a mode be had at a station at all?"""
    match mode:
        case Degrade.BYPASS:
            return station not in NO_BYPASS
        case Degrade.MANUAL:
            return station not in NO_HANDS
        case Degrade.REROUTE:
            return station in NEIGHBOURS
    return True


class StandIn(Protocol):
    """Port: the people at a station, by mode 0 normal, 1 bypass, 2 manual, 3 reroute (protocols.tags.degraded_map)."""

    mode: int
    phase: int
    parts: int
    verdicts: list[tuple[bool, int]]

    @property
    def idle(self) -> bool:
        """Everything is as it should be."""
        ...

    @property
    def broken(self) -> bool:
        """Something wants repair."""
        ...

    @property
    def lends(self) -> bool:
        """Parts are being taken out."""
        ...

    def begin(self, now: int, mode: int) -> None:
        """Put something in the machine's place."""
        ...

    def end(self, now: int) -> None:
        """Take it away."""
        ...


class Staff(Protocol):
    """Port: people who can work by hand."""

    @property
    def free(self) -> int:
        """How many have nothing to do."""
        ...


@dataclass(frozen=True, slots=True)
class Floor:
    """What the program reaches of the shop floor: stand-ins by station, who is free, how parts are moved from one
    station to another (now, to, from), and that a station does the work of another too (number, whose; 0: no more)."""

    stand_ins: Mapping[int, StandIn]
    staff: Staff
    salvage: Callable[[int, int, int], None]
    cover: Callable[[int, int], None]


class Degraded:
    """Takes requests, and follows what people do. `ask` is told when the program wants a scan (`scan`) at an instant;
    `result` is what became of the last of `taken` requests."""

    STATE: ClassVar[tuple[str, ...]] = ("result", "taken", "_aside", "_covered")

    def __init__(self, units: Sequence[Unit], floor: Floor) -> None:
        self.ask: Callable[[int], None] = lambda _: None
        self.result = Refusal.NONE.value
        self.taken = 0
        self._floor = floor
        self._units = {unit.io.number: unit for unit in units}
        self._numbers = list(self._units)
        #: Stations whose unit was taken out of Produce; those whose work is done by the one behind.
        self._aside: list[int] = []
        self._covered: list[int] = []

    # ---- from outside
    @property
    def active(self) -> bool:
        """True while something is not as it should be anywhere."""
        return bool(self._aside)

    def refusal(self, station: int, mode: int, donor: int = 0) -> Refusal:
        """What would become of a request now."""
        unit, stand_in = self._units.get(station), self._floor.stand_ins.get(station)
        if unit is None or stand_in is None:
            return Refusal.NO_STATION
        if not possible(station, mode):
            return Refusal.NOT_POSSIBLE
        if stand_in.phase not in (0, _IN_PLACE) or stand_in.parts > 1 or stand_in.lends:
            return Refusal.BUSY
        if mode == Degrade.NORMAL:
            return Refusal.ALREADY if stand_in.idle else Refusal.ACCEPTED
        if unit.aside:
            return Refusal.OWNED
        if stand_in.mode == 0 and unit.state not in _STANDING:
            return Refusal.RUNNING
        if mode == Degrade.CANNIBALISE:
            return self._no_parts(station, stand_in, donor)
        if stand_in.mode == mode:
            return Refusal.ALREADY
        if self._owner_of(station):
            return Refusal.COVERING
        return self._not_here(station, mode)

    def request(self, now: int, station: int, mode: int, donor: int) -> Refusal:
        """Ask for a mode; returns what became of it."""
        result = self.refusal(station, mode, donor)
        self.result = result.value
        self.taken = self.taken + 1 & 0xFFFF
        if result is not Refusal.ACCEPTED:
            return result
        stand_in = self._floor.stand_ins[station]
        if mode == Degrade.NORMAL:
            stand_in.end(now)
        elif mode == Degrade.CANNIBALISE:
            self._set_aside(station)
            self._set_aside(donor)
            self._floor.salvage(now, station, donor)
        else:
            self._set_aside(station)
            stand_in.begin(now, mode)
        self.ask(now)
        return result

    def _no_parts(self, station: int, stand_in: StandIn, donor: int) -> Refusal:
        giver, unit = self._floor.stand_ins.get(donor), self._units.get(donor)
        if giver is None or unit is None or donor == station:
            return Refusal.NO_DONOR
        if stand_in.parts or giver.parts:
            return Refusal.NO_PARTS
        if giver.phase not in (0, _IN_PLACE) or giver.lends:
            return Refusal.BUSY
        if not stand_in.broken:
            return Refusal.NOT_BROKEN
        if unit.aside:
            return Refusal.OWNED
        if self._owner_of(donor):
            return Refusal.COVERING
        return Refusal.DONOR_RUNNING if giver.mode == 0 and unit.state not in _STANDING else Refusal.ACCEPTED

    def _not_here(self, station: int, mode: int) -> Refusal:
        if mode == Degrade.BYPASS:
            return Refusal.ACCEPTED
        if mode == Degrade.MANUAL:
            return Refusal.ACCEPTED if self._floor.staff.free else Refusal.NO_ATTENDANT
        neighbour = self._floor.stand_ins.get(NEIGHBOURS[station])
        fitted = neighbour is not None and neighbour.idle and not self._units[NEIGHBOURS[station]].aside
        return Refusal.ACCEPTED if fitted else Refusal.NO_NEIGHBOUR

    def _owner_of(self, station: int) -> int:
        """The station whose work `station` does too, 0 if there is none."""
        return next((n for n, by in NEIGHBOURS.items() if by == station and self._rerouted(n)), 0)

    def _rerouted(self, station: int) -> bool:
        stand_in = self._floor.stand_ins.get(station)
        return stand_in is not None and stand_in.mode == Degrade.REROUTE

    # ---- what the program does
    def _set_aside(self, station: int) -> None:
        """The unit stands, and starts again only when it is Normal."""
        if station not in self._aside:
            self._aside.append(station)
        unit = self._units[station]
        if unit.state in (State.HELD, State.COMPLETE):
            unit.ask(Command.STOP, Reason.OPERATOR)

    def scan(self, now: int) -> set[int]:
        """Something was asked, or people have told something. Returns the stations whose units must scan."""
        again = False
        touched = set(self._aside)
        for station in list(self._aside):
            unit, stand_in = self._units[station], self._floor.stand_ins[station]
            for failed, took_us in stand_in.verdicts:
                unit.failed = failed
                unit.count(now)
                unit.cycle_us = took_us
            stand_in.verdicts.clear()
            if self._cover(station):
                touched.add(NEIGHBOURS[station])
            if stand_in.idle:
                self._aside.remove(station)
                unit.detained = False
                if unit.mode == Mode.MANUAL:
                    unit.change_mode(now, Mode.PRODUCE)
            elif unit.mode == Mode.PRODUCE:
                if unit.state in _LOCKED:
                    unit.change_mode(now, Mode.MANUAL)
                else:
                    again = True
        if again:
            self.ask(now + SCAN_US)
        return touched

    def _cover(self, station: int) -> bool:
        """Have the station behind do the work of this one too, or no more. False: it is so already."""
        stand_in = self._floor.stand_ins[station]
        # as long as anything stands in: what was let through is still the neighbour's
        wanted = stand_in.mode == Degrade.REROUTE
        if wanted is (station in self._covered):
            return False
        (self._covered.append if wanted else self._covered.remove)(station)
        self._direct(NEIGHBOURS[station])
        self._floor.cover(NEIGHBOURS[station], station if wanted else 0)
        return True

    def _direct(self, by: int) -> None:
        """Give a station the route that it shall follow now."""
        unit = self._units[by]
        behind = self._numbers.index(by)
        previous = self._numbers[behind - 1]
        if previous in self._covered:
            seconds = DETOUR * BY_NUMBER[previous].design_cycle_ds / 10
            unit.route = Route(previous, self._numbers[behind - 2], seconds)
        else:
            unit.route = Route(previous)
        unit.restored()

    def restored(self) -> None:
        """After a restore: routes are no state of the units'."""
        for station in self._covered:
            self._direct(NEIGHBOURS[station])
