"""Station 1: a gantry picks two sets of parts from their bins into the tray of an empty pallet; a robot begins."""

from __future__ import annotations

from typing import Final

from plant.axis import Axis
from plant.cylinder import Cylinder
from plant.pallet import GOOD, Pallet
from plant.station import PASS, Station

SET_KG: Final = 6.0
#: The tray is at the axis' reference position; a part let go further away is lost.
_OVER_TRAY: Final = 50


class Kitting(Station):
    """Gantry axis, gripper, tray lock and load cell."""

    title = "Kitting"
    sensors = ("gripper_down", "part_gripped", "axis_home")
    STATE = (*Station.STATE, "holding")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.axis = Axis(a, t, "gantry", home="axis_home", acceleration=self.acceleration)
        self._axis = self.axis.move
        self.lower = Cylinder(
            a,
            t,
            "gripper lift",
            self.streams.stream(self.number, "lift"),
            extended="gripper_down",
            extend_us=700_000,
            retract_us=600_000,
        )
        self.grip = Cylinder(
            a,
            t,
            "gripper",
            self.streams.stream(self.number, "grip"),
            extended="part_gripped",
            extend_us=400_000,
            retract_us=300_000,
        )
        self.mechanisms = [self.axis, self.lower, self.grip]
        self.switches["gripper_lower"] = self.lower.drive
        self.switches["gripper_close"] = self._grip
        self.switches["tray_lock"] = self._lock
        self.mass = self.signals["tray_mass"]
        self.holding = False

    def arrived(self, now: int) -> None:
        self.mass.hold(now, 0.0)
        self.terminals.set(now, self.terminals.bit("tray_present"))

    def departed(self, now: int) -> None:
        self.terminals.clear(now, self.terminals.bit("tray_present"))

    def _grip(self, now: int, on: bool) -> None:
        """Closed down in a bin the gripper takes a set; what it lets go down over the tray lies in it."""
        self.grip.drive(now, on)
        over_tray = self.axis.position(now) <= _OVER_TRAY
        if on:
            self.holding = self.lower.on and not over_tray
        elif self.holding:
            self.holding = False
            if self.lower.on and over_tray:
                self.mass.hold(now, self.mass.value(now) + self.draw(SET_KG, 0.05))

    def _lock(self, now: int, on: bool) -> None:
        if on:
            self.mass.hold(now, 0.0)

    def due(self, pallet: Pallet, previous: int) -> bool:
        return pallet.robot is None

    def write(self, now: int, pallet: Pallet, verdict: int) -> None:
        """A kit that passed makes the empty pallet carry a new robot."""
        if pallet.robot is None and verdict == PASS:
            pallet.robot = self.ledger.start(now)
            pallet.condition = GOOD
        super().write(now, pallet, verdict)
