"""Station 7: fit the cell, precharge the bus, close the contactor, soak twice."""

from __future__ import annotations

from collections.abc import Mapping

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import POWER_CELL

BUS_WINDOW = (450, 520)  # 0.1 V
CELL_WINDOW = (150, 400)  # 0.1 °C


def power_cell(settings: Mapping[str, int], route: Route) -> Program:
    """The contactor closes only onto a precharged bus; the bus is discharged before the lift goes down."""
    b = Builder(POWER_CELL, settings)
    reach = {"bus_voltage": settings["precharge_level"]}
    low = {"bus_voltage": 120}
    soak = settings["soak_time"] / 10
    b.receive(route)
    b.step("Raise cell", on="lift", until="lift_up cell_seated", limit_s=15, label="work", starts=True)
    b.step("Precharge", on="lift precharge", until="at_bus_voltage", limit_s=15, reach=reach)
    b.step("Close contactor", on="lift precharge contactor", until="contactor_closed", limit_s=3, reach=reach)
    b.step("Soak", on="lift precharge contactor", until="contactor_closed at_bus_voltage", dwell_s=soak, reach=reach,
           record="bus_voltage", window=BUS_WINDOW)  # fmt: skip
    b.step("Soak under load", on="lift precharge contactor", until="contactor_closed", dwell_s=soak, program=1,
           record="cell_temperature", window=CELL_WINDOW)  # fmt: skip
    b.step("Open contactor", on="lift", until="!contactor_closed", limit_s=3, program=0)
    b.step("Discharge bus", on="lift", until="!at_bus_voltage", dwell_s=0.5, limit_s=15, reach=low)
    b.step("Lower lift", until="lift_down", limit_s=15)
    b.dispatch()
    b.take_over(route, "Fit harness here")
    return program(b, home="lift_down !contactor_closed")
