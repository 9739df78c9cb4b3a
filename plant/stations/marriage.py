"""Station 8: limbs are fetched, measured by a camera and inserted by a slide."""

from __future__ import annotations

from plant.axis import Axis
from plant.cylinder import Cylinder
from plant.device import Device
from plant.station import Station


class Marriage(Station):
    """Transfer axis, limb gripper, insertion slide (its own controller), camera, light curtain."""

    title = "Limb marriage"
    sensors = ("axis_home", "limb_gripped", "slide_done", "curtain_clear")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.axis = Axis(a, t, "transfer axis", home="axis_home", acceleration=self.acceleration)
        self._axis = self.axis.move
        self.grip = Cylinder(
            a,
            t,
            "limb gripper",
            self.streams.stream(self.number, "grip"),
            extended="limb_gripped",
            extend_us=500_000,
            retract_us=400_000,
        )
        self.slide = Device(
            a,
            t,
            "insertion slide",
            self.streams.stream(self.number, "slide"),
            done="slide_done",
            seconds={0: 21.0},
            ends=self._inserted,
        )
        self.mechanisms = [self.axis, self.grip, self.slide]
        self.switches["gripper"] = self.grip.drive
        self.switches["slide_start"] = self.slide.start
        self.switches["camera_trigger"] = self._picture
        self.selects = self.slide.select
        self.terminals.initial(self.terminals.bit("curtain_clear"))

    def _picture(self, now: int, on: bool) -> None:
        if on:
            self.signals["vision_offset"].hold(now, self.draw(0.0, 0.026))

    def _inserted(self, now: int, program: int) -> None:
        self.signals["insertion_force"].hold(now, self.draw(420.0, 50.0))
