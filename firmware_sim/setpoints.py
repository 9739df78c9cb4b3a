"""Set points of a unit: what is requested, what is active, and the ramp between them."""

from __future__ import annotations

from typing import ClassVar, Final

from protocols.ports import NEVER
from protocols.station_io import StationIO

#: How often a ramped set point moves.
RAMP_STEP_US: Final = 100_000


class Setpoints:
    """Raw values by the station's declaration. `moves` is True when an active value changed at the last call."""

    __slots__ = ("_io", "active", "due_us", "requested")
    STATE: ClassVar[tuple[str, ...]] = ("active", "requested", "due_us")

    def __init__(self, io: StationIO) -> None:
        self._io = io
        self.requested = [s.default for s in io.setpoints]
        self.active = list(self.requested)
        self.due_us = NEVER

    def request(self, index: int, raw: int) -> None:
        """A new target (the range was checked at the door)."""
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
            moved = True
            most = declared.ramp * RAMP_STEP_US // 1_000_000 if declared.ramp else abs(way)
            step = min(abs(way), max(1, most))
            self.active[index] += step if way > 0 else -step
            ramping = ramping or step < abs(way)
        self.due_us = now + RAMP_STEP_US if ramping else NEVER
        return moved

    def by_name(self) -> dict[str, int]:
        """Active raw values by name."""
        return {s.name: value for s, value in zip(self._io.setpoints, self.active, strict=True)}
