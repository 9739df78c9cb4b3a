"""Station 4: a spindle cuts the joint seats; the tool wears and is changed at the end of the axis."""

from __future__ import annotations

from typing import Final

from plant.axis import Axis
from plant.mechanism import COOLING, MAINS, SAFETY
from plant.source import Source
from plant.station import Station

#: From here on (0.1 mm) the axis is in the tool changer.
TOOL_CHANGER: Final = 5500


class Machining(Station):
    """Clamp, feed axis, spindle, cooling lubricant, mechanical tool changer."""

    title = "Machining"
    sensors = ("clamped", "axis_home", "coolant_ok", "tool_ok")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.clamp = self.part_clamp()
        self.axis = Axis(a, t, "feed axis", home="axis_home", acceleration=self.acceleration)
        self._axis = self._move
        self.coolant = Source(
            a, t, "coolant", self.signals["coolant_flow"], level=10.0, tau_us=400_000, flag="coolant_ok", needs=COOLING
        )
        self.spindle = Source(
            a,
            t,
            "spindle",
            self.signals["spindle_speed"],
            level=10000.0,
            rise_per_s=3000.0,
            fall_per_s=4000.0,
            modulated=True,
            needs=SAFETY | MAINS,
        )
        self.mechanisms = [self.clamp, self.axis, self.coolant, self.spindle]
        self.switches["clamp"] = self.clamp.drive
        self.switches["coolant"] = self.coolant.drive
        self.switches["spindle"] = self.spindle.drive
        self.modulates = self.spindle.modulate
        self.terminals.initial(self.terminals.bit("tool_ok"))

    def _move(self, now: int, target: int, speed: int) -> None:
        self.axis.move(now, target, speed)
        if target >= TOOL_CHANGER:
            self.worn = 0.0

    def arrived(self, now: int) -> None:
        self.signals["spindle_load"].hold(now, max(5.0, self.draw(45.0 + 25.0 * self.worn, 4.0)))

    def processed(self, now: int, robot_was_good: bool) -> None:
        self.worn += 0.017 * self.habits.wear
