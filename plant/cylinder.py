"""A single-acting pneumatic cylinder with spring return and end-position sensors."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.mechanism import AIR, SAFETY, Mechanism
from plant.power.load import FULL
from plant.terminals import Terminals

#: Position is counted in millionths of the stroke.
STROKE: Final = 1_000_000
#: Share of the stroke within which an end-position sensor still sees the piston.
_SENSOR_ZONE: Final = 50_000
#: Seals and load spread the travel time by this share to either side.
_SPREAD: Final = 0.1


class Cylinder(Mechanism):
    """Extends while its valve is on, retracts while it is off; position is linear in time.

    `extended` and `retracted` name its end-position inputs (empty: no sensor there). `reached` is told (now, True)
    when it is extended and (now, False) when it is retracted. Clamps, lifts, grippers, doors.
    """

    __slots__ = (
        "_extend_us",
        "_extended",
        "_from",
        "_leaving",
        "_moving",
        "_nominal_us",
        "_retract_us",
        "_retracted",
        "_since",
        "_slot",
        "_stream",
        "_terminals",
        "_travel_us",
        "on",
        "reached",
    )
    STATE: ClassVar[tuple[str, ...]] = (
        "inhibited",
        "void",
        "on",
        "_from",
        "_since",
        "_travel_us",
        "_moving",
        "_leaving",
    )
    stopping_us = 120_000
    impairments = ("slow", "leaking")

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        name: str,
        stream: Random,
        *,
        extended: str = "",
        retracted: str = "",
        extend_us: int,
        retract_us: int,
        needs: int = SAFETY | AIR,
        reached: Callable[[int, bool], None] | None = None,
    ) -> None:
        super().__init__(name, needs)
        self._terminals = terminals
        self._stream = stream
        self._extended = terminals.bit(extended)
        self._retracted = terminals.bit(retracted)
        self._extend_us = extend_us
        self._retract_us = retract_us
        self._nominal_us = extend_us, retract_us
        self._slot = agenda.slot(self._fire)
        self.reached = reached
        self.on = False
        self._from = 0
        self._since = 0
        self._travel_us = 1
        self._moving = False
        self._leaving = False
        terminals.initial(self._retracted)

    def position(self, now: int) -> int:
        """Millionths of the stroke: 0 retracted, 1,000,000 extended."""
        if not self._moving:
            return self._from
        d = (now - self._since) * STROKE // self._travel_us
        return min(STROKE, self._from + d) if self.on else max(0, self._from - d)

    def moves(self, now: int) -> bool:
        return self._moving and self.position(now) != (STROKE if self.on else 0)

    @property
    def driven(self) -> bool:
        return self.on

    def drive(self, now: int, on: bool) -> None:
        """The valve's coil is switched."""
        if on == self.on:
            return
        here = self.position(now)
        self.on = on
        self.void = False
        self._from = here
        self._moving = False
        if not self.inhibited:
            self._start(now)

    def impair(self, slowness: float, leak: float) -> None:
        extend_us, retract_us = self._nominal_us
        self._extend_us = int(extend_us * slowness / (1.0 - leak))
        self._retract_us = int(retract_us * slowness)  # the spring needs no air

    def freeze(self, now: int) -> None:
        here = self.position(now)
        self._slot.cancel()
        if self._moving and here == (STROKE if self.on else 0):
            self._arrive(now)
        self._from = here
        self._moving = False
        if self.load is not None:
            self.load.set(now, 0)

    def resume(self, now: int) -> None:
        if self._from != (STROKE if self.on else 0) and not (self.on and self.void):
            self._start(now)

    def _start(self, now: int) -> None:
        self._since = now
        self._moving = True
        nominal = self._extend_us if self.on else self._retract_us
        self._travel_us = max(1, int(nominal * (1.0 - _SPREAD + 2.0 * _SPREAD * self._stream.random())))
        gone = self._from if self.on else STROKE - self._from
        if self.load is not None:
            self.load.set(now, FULL, self._arrival(now))
        seen = self._retracted if self.on else self._extended
        self._leaving = bool(self._terminals.actual & seen)
        if self._leaving:
            self._slot.arm(now + self._travel_us * max(0, _SENSOR_ZONE - gone) // STROKE + 1)
        else:
            self._slot.arm(self._arrival(now))

    def _arrival(self, now: int) -> int:
        way = STROKE - self._from if self.on else self._from
        return max(now + 1, self._since + self._travel_us * way // STROKE + 1)

    def _fire(self, now: int) -> None:
        if self._leaving:
            self._leaving = False
            self._terminals.clear(now, self._retracted if self.on else self._extended)
            self._slot.arm(self._arrival(now))
            return
        self._arrive(now)

    def _arrive(self, now: int) -> None:
        self._moving = False
        self._from = STROKE if self.on else 0
        self._terminals.set(now, self._extended if self.on else self._retracted)
        if self.reached is not None:
            self.reached(now, self.on)
