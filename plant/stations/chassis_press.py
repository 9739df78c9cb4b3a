"""Station 2: a hydraulic ram forms the chassis in a clamped die."""

from __future__ import annotations

from plant.cylinder import Cylinder
from plant.mechanism import OIL, SAFETY
from plant.press import Press
from plant.station import Station


class ChassisPress(Station):
    """Die clamp, hydraulic ram with advance and return valves, light curtain."""

    title = "Chassis press"
    sensors = ("die_clamped", "ram_top", "curtain_clear")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.clamp = Cylinder(
            a,
            t,
            "die clamp",
            self.streams.stream(self.number, "clamp"),
            extended="die_clamped",
            extend_us=1_200_000,
            retract_us=900_000,
        )
        self.ram = Press(
            a,
            t,
            "ram",
            self.streams.stream(self.number, "ram"),
            position=self.signals["ram_position"],
            force=self.signals["ram_force"],
            top="ram_top",
            low="ram_low",
            contact_mm=400.0,
            advance_mm_s=60.0,
            return_mm_s=100.0,
            stiffness_kn_s=75.0,
            needs=SAFETY | OIL,
            return_valve=True,
        )
        self.mechanisms = [self.clamp, self.ram]
        self.switches["die_clamp"] = self.clamp.drive
        self.switches["ram_advance"] = self.ram.advance
        self.switches["ram_return"] = self.ram.retract
        self.terminals.initial(self.terminals.bit("curtain_clear"))
