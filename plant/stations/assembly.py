"""Station 5: a servo press seats the joint bearings, a nutrunner tightens them. Rework enters the line here again."""

from __future__ import annotations

from plant.device import Device
from plant.mechanism import MAINS, SAFETY
from plant.press import Press
from plant.station import Station


class Assembly(Station):
    """Clamp, servo press 8-25 kN, nutrunner 6 N·m."""

    title = "Joint assembly"
    sensors = ("clamped", "press_home", "nutrunner_done")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.clamp = self.part_clamp()
        # the strip has no room for the press position: the drive keeps it to itself
        self.position = self.private_signal(0.0, 200.0)
        self.press = Press(
            a,
            t,
            "servo press",
            self.streams.stream(self.number, "press"),
            position=self.position,
            force=self.signals["press_force"],
            top="press_home",
            contact_mm=120.0,
            advance_mm_s=60.0,
            return_mm_s=150.0,
            stiffness_kn_s=6.0,
            needs=SAFETY | MAINS,
            return_valve=False,
        )
        self.nutrunner = Device(
            a,
            t,
            "nutrunner",
            self.streams.stream(self.number, "nutrunner"),
            done="nutrunner_done",
            fault="nutrunner_fault",
            seconds={0: 11.0},
            ends=self._tightened,
        )
        self.mechanisms = [self.clamp, self.press, self.nutrunner]
        self.switches["clamp"] = self.clamp.drive
        self.switches["press_advance"] = self.press.advance
        self.switches["nutrunner_start"] = self.nutrunner.start
        self.selects = self.nutrunner.select

    def _tightened(self, now: int, program: int) -> None:
        self.signals["nut_torque"].hold(now, self.draw(6.0, 0.17))
