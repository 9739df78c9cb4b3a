"""The step generator of a board: where the axis is by step count, in closed form."""

from __future__ import annotations

from typing import ClassVar

from firmware_sim.board.trapezoid import duration, travelled
from protocols.ports import NEVER


class Stepper:
    """A trapezoidal profile from rest to rest. Positions in 0.1 mm, 0..`stroke`.

    `until` is the instant at which the profile ends at the commanded target, NEVER if the axis was stopped before it.
    """

    __slots__ = ("_acceleration", "_from", "_goal", "_since", "_speed", "_stroke", "_to", "_total", "until")
    STATE: ClassVar[tuple[str, ...]] = ("_from", "_goal", "_to", "_since", "_speed", "_total", "until")

    def __init__(self, acceleration: int, stroke: int) -> None:
        self._acceleration = acceleration
        self._stroke = stroke
        self.home()

    def home(self) -> None:
        """The step count is taken as 0 (after a boot: the reference run will tell)."""
        self._from = self._to = self._goal = self._since = self._total = self.until = 0
        self._speed = 1

    def position(self, now: int) -> int:
        """Position by step count."""
        way = abs(self._to - self._from)
        gone = travelled(way, self._speed, self._acceleration, now - self._since, self._total)
        return self._from + gone if self._to >= self._from else self._from - gone

    def move(self, now: int, target: int, speed: int) -> None:
        """A new profile from here to `target` (clamped to the stroke) at `speed` 0.1 mm/s; 0: stop here."""
        self._goal = min(target, self._stroke)
        if not speed:
            self.stop(now)
            return
        here = self.position(now)
        self._from = here
        self._to = self._goal
        self._since = now
        self._speed = speed
        way = abs(self._to - here)
        self._total = duration(way, speed, self._acceleration) if way else 0
        self.until = now + self._total

    def stop(self, now: int) -> None:
        """Step pulses end at once."""
        self._from = self._to = self.position(now)
        self._since = now
        self._total = 0
        self.until = now if self._to == self._goal else NEVER
