"""Station 5: seat and tighten three joints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import ASSEMBLY

JOINTS: Final = 3
OVERSHOOT: Final = 12  # 0.1 kN


def assembly(settings: Mapping[str, int], route: Route) -> Program:
    """For every joint: press to the force window, retract, tighten to the torque window."""
    b = Builder(ASSEMBLY, settings)
    force = settings["joint_force"]
    torque = (settings["torque_low"], settings["torque_high"])
    b.receive(route)
    b.step("Clamp robot", on="clamp", until="clamped press_home", limit_s=5, label="work", starts=True)
    for joint in range(1, JOINTS + 1):
        b.step(f"Press joint {joint}", on="clamp press_advance", until="at_press_force", limit_s=15,
               reach={"press_force": force}, program=joint, label=f"press {joint}")  # fmt: skip
        b.step(f"Seat joint {joint}", on="clamp press_advance", dwell_s=0.04, record="press_force",
               window=(force - 10, force + OVERSHOOT), again=f"press {joint}")  # fmt: skip
        b.step(f"Retract {joint}", on="clamp", until="press_home", limit_s=6)
        b.step(f"Tighten joint {joint}", on="clamp nutrunner_start", until="nutrunner_done", limit_s=20,
               record="nut_torque", window=torque)  # fmt: skip
        b.step(f"Nutrunner clear {joint}", on="clamp", until="!nutrunner_done", dwell_s=0.7, limit_s=5)
    b.step("Unclamp robot", until="!clamped", limit_s=5)
    b.dispatch()
    return program(b, home="press_home !nutrunner_done !clamped")
