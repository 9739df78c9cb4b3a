"""Station 7: the 48 V cell is lifted in, precharged, switched on and soaked."""

from __future__ import annotations

from plant.contactor import Contactor
from plant.cylinder import Cylinder
from plant.mechanism import MAINS, SAFETY
from plant.source import Source
from plant.station import Station


class PowerCell(Station):
    """Lift, precharge path, main contactor, cell temperature."""

    title = "Power cell"
    sensors = ("lift_up", "lift_down", "contactor_closed")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.lift = Cylinder(
            a,
            t,
            "lift",
            self.streams.stream(self.number, "lift"),
            extended="lift_up",
            retracted="lift_down",
            extend_us=5_500_000,
            retract_us=4_800_000,
            needs=SAFETY | MAINS,
        )
        self.precharge = Source(
            a, t, "precharge", self.signals["bus_voltage"], level=48.0, tau_us=2_000_000, needs=SAFETY
        )
        self.contactor = Contactor(
            a,
            t,
            "contactor",
            closed="contactor_closed",
            pull_us=60_000,
            drop_us=30_000,
            needs=SAFETY,
            switched=self._loaded,
        )
        self.mechanisms = [self.lift, self.precharge, self.contactor]
        self.switches["lift"] = self.lift.drive
        self.switches["precharge"] = self.precharge.drive
        self.switches["contactor"] = self.contactor.drive

    def arrived(self, now: int) -> None:
        self.terminals.set(now, self.terminals.bit("cell_seated"))
        self.signals["cell_temperature"].hold(now, self.draw(24.0, 1.5))

    def departed(self, now: int) -> None:
        self.terminals.clear(now, self.terminals.bit("cell_seated"))

    def _loaded(self, now: int, closed: bool) -> None:
        """The cell warms up under load and keeps its heat."""
        temperature = self.signals["cell_temperature"]
        temperature.ramp(now, temperature.value(now) + (6.0 if closed else 0.0), 0.4)
