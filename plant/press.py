"""A ram that advances to contact and then builds force: hydraulic press and servo press."""

from __future__ import annotations

from random import Random
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.mechanism import Mechanism
from plant.power.load import FULL, NEVER
from plant.signal import Signal
from plant.terminals import Terminals

#: Time in which a motion shows.
_GLANCE_US: Final = 1_000


def _unheard(now: int) -> None:
    pass


class Press(Mechanism):
    """Advances while `advance` is on; without it the ram holds (if a return valve is fitted) or returns by itself.

    Lengths in mm, forces in kN. The stiffness of the part spreads from stroke to stroke, so the time to force does.
    While the ram is inhibited its valves are shut: it stands, and the force under it neither rises nor falls.
    """

    __slots__ = (
        "_advance_mm_s",
        "_advancing",
        "_contact",
        "_double",
        "_force",
        "_leak",
        "_low",
        "_position",
        "_return_mm_s",
        "_returning",
        "_slot",
        "_slowness",
        "_stiffness",
        "_stream",
        "_terminals",
        "_top",
        "_touching",
        "switched",
    )
    STATE: ClassVar[tuple[str, ...]] = ("inhibited", "void", "_advancing", "_returning", "_touching")
    stopping_us = 200_000
    impairments = ("slow", "leaking")

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        name: str,
        stream: Random,
        *,
        position: Signal,
        force: Signal,
        top: str,
        low: str = "",
        contact_mm: float,
        advance_mm_s: float,
        return_mm_s: float,
        stiffness_kn_s: float,
        needs: int,
        return_valve: bool,
    ) -> None:
        super().__init__(name, needs)
        self._terminals = terminals
        self._stream = stream
        self._position = position
        self._force = force
        self._top = terminals.bit(top)
        self._low = terminals.bit(low)
        self._contact = contact_mm
        self._advance_mm_s = advance_mm_s
        self._return_mm_s = return_mm_s
        self._stiffness = stiffness_kn_s
        self._slowness = 1.0
        self._leak = 0.0
        self._double = return_valve
        #: Told (now) when a valve is switched.
        self.switched = _unheard
        self._slot = agenda.slot(self._fire)
        self._advancing = False
        self._returning = not return_valve
        self._touching = False
        terminals.initial(self._top)

    def moves(self, now: int) -> bool:
        return any(signal.value(now + _GLANCE_US) != signal.value(now) for signal in (self._position, self._force))

    @property
    def driven(self) -> bool:
        return self._double or self._advancing

    @property
    def clash(self) -> str:
        """Which valves are on that must never be on together; empty if none are."""
        return "advance and return" if self._double and self._advancing and self._returning else ""

    def advance(self, now: int, on: bool) -> None:
        """The advance valve (or the servo's advance command) is switched."""
        if on == self._advancing:
            return
        self._advancing = on
        if not self._double:
            self._returning = not on
        self.void = False
        self.switched(now)
        self._follow(now)

    def retract(self, now: int, on: bool) -> None:
        """The return valve is switched."""
        if on != self._returning:
            self._returning = on
            self.void = False
            self.switched(now)
            self._follow(now)

    def impair(self, slowness: float, leak: float) -> None:
        self._slowness, self._leak = slowness, leak

    def freeze(self, now: int) -> None:
        here = self._position.value(now)
        self._position.hold(now, here)
        self._force.hold(now, self._force.value(now))
        self._slot.cancel()
        self._draw(now, 0)
        if here <= 0.0:
            self._terminals.set(now, self._top)

    def resume(self, now: int) -> None:
        self._follow(now)

    def _follow(self, now: int) -> None:
        """Motion after any change of a valve."""
        if self.inhibited:
            return
        here = self._position.value(now)
        if self._returning and not (self.void and self._double):
            if self._touching:
                self._touching = False
                self._force.hold(now, 0.0)
                self._terminals.clear(now, self._low)
            if here > 0.0 or not self._terminals.actual & self._top:
                speed = self._return_mm_s / self._slowness
                self._position.ramp(now, 0.0, speed)
                self._slot.arm(now + 1 + int(here / speed * 1e6))
                self._draw(now, FULL, self._slot.at)
        elif not self._advancing or self.void:
            self._slot.cancel()
            self._position.hold(now, here)
            self._force.hold(now, self._force.value(now))
            self._draw(now, 0)
        elif self._touching:
            self._draw(now, FULL)
            self._build(now)
        else:
            self._draw(now, FULL)
            self._terminals.clear(now, self._top)
            speed = self._advance_mm_s / self._slowness * (1.0 - self._leak)
            self._position.ramp(now, self._contact, speed)
            self._slot.arm(now + 1 + int((self._contact - here) / speed * 1e6))

    def _draw(self, now: int, level: int, until: int = NEVER) -> None:
        if self.load is not None:
            self.load.set(now, level, until)

    def _build(self, now: int) -> None:
        rate = self._stiffness * (0.9 + 0.2 * self._stream.random()) / self._slowness * (1.0 - self._leak)
        self._force.ramp(now, self._force.high * (1.0 - self._leak), rate)

    def _fire(self, now: int) -> None:
        if self._returning:
            self._position.hold(now, 0.0)
            self._terminals.set(now, self._top)
        else:
            self._touching = True
            self._position.hold(now, self._contact)
            self._terminals.set(now, self._low)
            self._build(now)
