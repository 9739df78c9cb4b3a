"""Station 6: mate the harness and test two circuits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import HARNESS

CIRCUITS: Final = 2
TEST_VOLTS: Final = 490


def harness(settings: Mapping[str, int], route: Route) -> Program:
    """For every circuit: continuity, then insulation at 500 V, then discharge."""
    b = Builder(HARNESS, settings)
    window = (settings["insulation_low"], 1000)
    reach = {"test_voltage": TEST_VOLTS}
    b.receive(route)
    b.step("Clamp harness", on="clamp", until="clamped discharged", limit_s=6, label="work", starts=True)
    b.step("Mate connector", on="clamp connector_mate", until="connector_mated", limit_s=6)
    for circuit in range(1, CIRCUITS + 1):
        b.step(f"Continuity {circuit}", on="clamp connector_mate", until="continuity_ok", program=circuit, limit_s=8)
        b.step(f"Raise voltage {circuit}", on="clamp connector_mate high_voltage", until="at_test_voltage", limit_s=8,
               reach=reach)  # fmt: skip
        b.step(f"Insulation {circuit}", on="clamp connector_mate high_voltage", until="at_test_voltage", reach=reach,
               dwell_s=settings["test_time"] / 10, record="insulation", window=window)  # fmt: skip
        b.step(f"Discharge {circuit}", on="clamp connector_mate", until="discharged !continuity_ok", limit_s=8,
               program=0)  # fmt: skip
    b.step("Unmate connector", on="clamp", until="!connector_mated", limit_s=6)
    b.step("Unclamp harness", until="!clamped", limit_s=6)
    b.dispatch()
    return program(b, home="discharged !connector_mated !clamped")
