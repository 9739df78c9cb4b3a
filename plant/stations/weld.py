"""Station 3: a robot welds three seams; its tip wears and is dressed."""

from __future__ import annotations

from typing import Final

from plant.device import Device
from plant.source import Source
from plant.station import Station

TIP_DRESS: Final = 9
#: Amperes that a fully worn tip takes from the arc.
_WEAR_A: Final = 12.0


class Weld(Station):
    """Clamp, welding robot, shielding gas."""

    title = "Frame weld"
    sensors = ("clamped", "gas_ok", "robot_done")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.clamp = self.part_clamp()
        self.robot = Device(
            a,
            t,
            "robot",
            self.streams.stream(self.number, "robot"),
            done="robot_done",
            fault="robot_fault",
            seconds={0: 17.8, TIP_DRESS: 12.0},
            begins=self._arc,
            ends=self._seam,
        )
        self.gas = Source(
            a, t, "gas valve", self.signals["gas_flow"], level=16.0, tau_us=300_000, flag="gas_ok", needs=0
        )
        self.mechanisms = [self.clamp, self.robot, self.gas]
        self.switches["clamp"] = self.clamp.drive
        self.switches["robot_start"] = self.robot.start
        self.switches["gas_valve"] = self.gas.drive
        self.selects = self.robot.select

    def _arc(self, now: int, program: int) -> None:
        current = 0.0 if program == TIP_DRESS else self.draw(190.0 - _WEAR_A * self.worn, 4.0)
        self.signals["weld_current"].hold(now, current)

    def _seam(self, now: int, program: int) -> None:
        if program == TIP_DRESS:
            self.worn = 0.0
        else:
            self.worn += 0.0067 * self.habits.wear
