"""A linear or rotary axis that follows the board's step pulses: a trapezoidal profile in closed form."""

from __future__ import annotations

from math import isqrt
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.mechanism import MAINS, SAFETY, Mechanism
from plant.power.load import FULL
from plant.terminals import Terminals

SECOND: Final = 1_000_000
#: Positions up to here (0.1 mm) still cover the reference switch.
_HOME_ZONE: Final = 20


def duration(way: int, speed: int, acceleration: int) -> int:
    """Time in us for `way` with top speed `speed` (units/s) and `acceleration` (units/s^2), from rest to rest."""
    if way * acceleration >= speed * speed:
        return way * SECOND // speed + speed * SECOND // acceleration
    return 2 * isqrt(way * SECOND * SECOND // acceleration)


def travelled(way: int, speed: int, acceleration: int, after: int, total: int) -> int:
    """How much of `way` is behind the axis `after` us into a profile that lasts `total` us."""
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


def elapsed(distance: int, way: int, speed: int, acceleration: int, total: int) -> int:
    """When `distance` of `way` is behind the axis, us into a profile that lasts `total` us (inverse of `travelled`)."""
    if way * acceleration < speed * speed:
        speed = isqrt(way * acceleration)
    ramp = speed * SECOND // acceleration
    ramp_way = acceleration * ramp * ramp // (2 * SECOND * SECOND)
    if distance <= ramp_way:
        after = isqrt(2 * SECOND * SECOND * distance // acceleration)
    elif distance <= way - ramp_way:
        after = ramp + (distance - ramp_way) * SECOND // speed
    else:
        after = total - isqrt(2 * SECOND * SECOND * (way - distance) // acceleration)
    return 1 + min(after, total)


class Axis(Mechanism):
    """Moves to the commanded target, a profile from rest to rest; its only sensor is the reference switch around 0.

    A drive without power or in a safety stop stands where it is, and nothing tells the board: its step count goes on.
    """

    __slots__ = (
        "_acceleration",
        "_from",
        "_home",
        "_since",
        "_slot",
        "_speed",
        "_terminals",
        "_to",
        "_total",
        "target",
    )
    STATE: ClassVar[tuple[str, ...]] = (
        "inhibited",
        "void",
        "target",
        "_from",
        "_to",
        "_since",
        "_total",
        "_speed",
    )
    stopping_us = 150_000

    def __init__(self, agenda: Agenda, terminals: Terminals, name: str, *, home: str, acceleration: int) -> None:
        super().__init__(name, SAFETY | MAINS)
        self._terminals = terminals
        self._home = terminals.bit(home)
        self._acceleration = acceleration
        self._slot = agenda.slot(self._fire)
        self.target = 0
        self._from = 0
        self._to = 0
        self._since = 0
        self._total = 0
        self._speed = 1
        terminals.initial(self._home)

    def position(self, now: int) -> int:
        """0.1 mm from the reference position."""
        after = now - self._since
        if after >= self._total:
            return self._to
        way = travelled(abs(self._to - self._from), self._speed, self._acceleration, after, self._total)
        return self._from + way if self._to > self._from else self._from - way

    def moves(self, now: int) -> bool:
        return now - self._since < self._total

    def move(self, now: int, target: int, speed: int) -> None:
        """The step pulses lead to `target` (0.1 mm) at `speed` (0.1 mm/s); speed 0: no pulses, the axis stays here."""
        if not speed:
            self.freeze(now)
            self.target = self._to
            return
        self.target = target
        self.void = False
        if self.inhibited:
            self._speed = speed
        else:
            self._start(now, speed)

    def freeze(self, now: int) -> None:
        self._from = self._to = self.position(now)
        self._total = 0
        self._slot.cancel()
        if self.load is not None:
            self.load.set(now, 0)
        self._sense(now)

    def resume(self, now: int) -> None:
        if self.void:
            self.target = self._to
        else:
            self._start(now, self._speed)

    def _start(self, now: int, speed: int) -> None:
        here = self.position(now)
        way = abs(self.target - here)
        self._from = here
        self._to = self.target
        self._since = now
        self._speed = speed
        self._total = duration(way, self._speed, self._acceleration) if way else 0
        if self.load is not None:
            self.load.set(now, FULL, now + self._total)
        inside = self._to <= _HOME_ZONE
        if inside == bool(self._terminals.actual & self._home):
            self._slot.cancel()
        else:
            to_edge = max(0, here - _HOME_ZONE if inside else _HOME_ZONE + 1 - here)
            self._slot.arm(now + elapsed(to_edge, way, self._speed, self._acceleration, self._total))

    def _fire(self, now: int) -> None:
        self._sense(now)

    def _sense(self, now: int) -> None:
        (self._terminals.set if self._to <= _HOME_ZONE else self._terminals.clear)(now, self._home)
