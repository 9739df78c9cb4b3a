"""Station 6: the wiring harness is mated and tested for continuity and insulation at 500 V."""

from __future__ import annotations

from plant.cylinder import Cylinder
from plant.device import Device
from plant.mechanism import MAINS, SAFETY
from plant.source import Source
from plant.station import Station


class Harness(Station):
    """Clamp, connector drive, continuity tester, insulation tester."""

    title = "Harness"
    sensors = ("clamped", "connector_mated", "continuity_ok", "discharged")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.clamp = self.part_clamp()
        self.mate = Cylinder(
            a,
            t,
            "connector",
            self.streams.stream(self.number, "mate"),
            extended="connector_mated",
            extend_us=1_500_000,
            retract_us=1_200_000,
        )
        self.tester = Device(
            a,
            t,
            "continuity tester",
            self.streams.stream(self.number, "tester"),
            done="continuity_ok",
            seconds={0: 1.5},
            needs=MAINS,
        )
        self.voltage = Source(
            a,
            t,
            "insulation tester",
            self.signals["test_voltage"],
            level=500.0,
            rise_per_s=220.0,
            fall_per_s=250.0,
            flag="discharged",
            normally=True,
            delay_us=2_300_000,
            needs=SAFETY | MAINS,
        )
        self.mechanisms = [self.clamp, self.mate, self.tester, self.voltage]
        self.switches["clamp"] = self.clamp.drive
        self.switches["connector_mate"] = self.mate.drive
        self.switches["high_voltage"] = self._voltage
        self.selects = self._circuit

    def _circuit(self, now: int, program: int) -> None:
        """The tester takes a circuit by its program number and tests it anew; 0 disconnects it."""
        self.tester.start(now, False)
        self.tester.select(now, program)
        self.tester.start(now, program != 0)

    def _voltage(self, now: int, on: bool) -> None:
        self.voltage.drive(now, on)
        if on:
            damaged = self.stream.random() < 0.003
            self.signals["insulation"].hold(now, 4.0 if damaged else max(12.0, self.draw(55.0, 9.0)))
