"""Station 3: weld three seams under gas; dress the tip when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import WELD

SEAMS: Final = 3
TIP_DRESS: Final = 9
GAS_LOW: Final = 120  # 0.1 l/min
CURRENT_HIGH: Final = 260  # A


def weld(settings: Mapping[str, int], route: Route) -> Program:
    """A seam with too little current is a reject; the tip is dressed after `dress_after` robots."""
    b = Builder(WELD, settings)
    b.receive(route)
    b.step("Clamp frame", on="clamp", until="clamped !robot_done", limit_s=5, label="work", starts=True)
    b.step("Gas on", on="clamp gas_valve", until="gas_ok at_gas_flow", limit_s=5, reach={"gas_flow": GAS_LOW})
    for seam in range(1, SEAMS + 1):
        b.step(f"Weld seam {seam}", on="clamp gas_valve robot_start", until="robot_done", limit_s=25, program=seam,
               record="weld_current", window=(settings["current_low"], CURRENT_HIGH))  # fmt: skip
        b.step(f"Robot clear {seam}", on="clamp gas_valve", until="!robot_done", limit_s=5)
    b.step("Gas off", on="clamp", until="!gas_ok", limit_s=5)
    b.step("Tip due?", on="clamp", every=settings["dress_after"], goto="open", when_due="dress")
    b.step("Dress tip", on="clamp robot_start", until="robot_done", limit_s=30, program=TIP_DRESS, label="dress")
    b.step("Robot clear", on="clamp", until="!robot_done", limit_s=5)
    b.step("Unclamp frame", until="!clamped", limit_s=5, label="open")
    b.dispatch()
    return program(b, home="!robot_done !clamped")
