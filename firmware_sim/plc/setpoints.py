"""Set points of a unit: what is requested, what is active, and the ramp between them."""

from __future__ import annotations

from typing import ClassVar, Final

from protocols.ports import NEVER
from protocols.stations.station_io import StationIO

#: How often a ramped set point moves.
RAMP_STEP_US: Final = 100_000


class Setpoints:
    """Raw values by the station's declaration. A ramp keeps its pace however often its target is written."""

    __slots__ = ("_io", "_ramp_us", "active", "due_us", "requested")
    STATE: ClassVar[tuple[str, ...]] = ("_ramp_us", "active", "requested", "due_us")

    def __init__(self, io: StationIO) -> None:
        self._io = io
        self.requested = [s.default for s in io.setpoints]
        self.active = list(self.requested)
        self.due_us = NEVER
        self._ramp_us = 0

    def request(self, index: int, raw: int) -> None:
        """A new target (the range was checked at the door)."""
        if raw != self.requested[index]:
            self.requested[index] = raw
            self.due_us = 0

    def move(self, now: int) -> bool:
        """Take every active value one ramp step further; True if one changed."""
        moved = False
        ramping = False
        for index, declared in enumerate(self._io.setpoints):
            way = self.requested[index] - self.active[index]
            if not way:
                continue
            step = abs(way)
            if declared.ramp:
                if now < self._ramp_us:
                    ramping = True
                    continue
                step = min(step, max(1, declared.ramp * RAMP_STEP_US // 1_000_000))
                ramping = ramping or step < abs(way)
            self.active[index] += step if way > 0 else -step
            moved = True
        if now >= self._ramp_us:
            self._ramp_us = now + RAMP_STEP_US
        self.due_us = self._ramp_us if ramping else NEVER
        return moved

    def by_name(self) -> dict[str, int]:
        """Active raw values by name."""
        return {s.name: value for s, value in zip(self._io.setpoints, self.active, strict=True)}
