"""Station 9: firmware is flashed through a bed of needles, then every joint is calibrated."""

from __future__ import annotations

from plant.cylinder import Cylinder
from plant.device import Device
from plant.mechanism import MAINS
from plant.station import Station


class Calibrate(Station):
    """Bed of needles, flasher with CRC check, joint master."""

    title = "Flash and calibrate"
    sensors = ("needles_down", "needles_up", "flash_done")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.needles = Cylinder(
            a,
            t,
            "bed of needles",
            self.streams.stream(self.number, "needles"),
            extended="needles_down",
            retracted="needles_up",
            extend_us=1_100_000,
            retract_us=900_000,
        )
        self.flasher = Device(
            a,
            t,
            "flasher",
            self.streams.stream(self.number, "flasher"),
            done="flash_done",
            seconds={0: 25.0},
            needs=MAINS,
            begins=self._erased,
            ends=self._flashed,
        )
        self.mechanisms = [self.needles, self.flasher]
        self.switches["needles"] = self.needles.drive
        self.switches["flash_start"] = self.flasher.start
        self.switches["joint_enable"] = self._joint
        self.crc_ok = self.terminals.bit("crc_ok")

    def arrived(self, now: int) -> None:
        self.signals["supply_current"].hold(now, self.draw(2.2, 0.2))

    def _erased(self, now: int, program: int) -> None:
        self.terminals.clear(now, self.crc_ok)

    def _flashed(self, now: int, program: int) -> None:
        if self.stream.random() >= 0.002:
            self.terminals.set(now, self.crc_ok)

    def _joint(self, now: int, on: bool) -> None:
        if on:
            self.signals["joint_offset"].approach(now, self.draw(0.0, 0.013), 200_000)
