"""Station 12: weigh, label and lift off good robots; remove rejects."""

from __future__ import annotations

from collections.abc import Mapping

from firmware_sim.plc.sequence import BLOCKED, Branch, Builder, Program, Route, program
from protocols.stations.images import FLAWED
from protocols.stations.io_table import PACK_OUT


def pack_out(settings: Mapping[str, int], route: Route) -> Program:
    """A robot outside the mass window, or rejected or incomplete, is lifted off as scrap."""
    b = Builder(PACK_OUT, settings)
    b.receive(route, first=(Branch(FLAWED, FLAWED, "reject"),))
    b.step("Weigh robot", dwell_s=3.0, record="robot_mass", window=(settings["mass_low"], settings["mass_high"]),
           label="work", starts=True)  # fmt: skip
    b.step("Grip robot", on="gripper", until="robot_gripped", limit_s=5)
    b.step("Print label", on="gripper label_start", until="label_done", limit_s=15)
    b.step("Labeller clear", on="gripper", until="!label_done", limit_s=5, goto="lift")
    # after a reset the gripper has only begun to open: what it shows in the first moment is no longer true
    b.step("Grip reject", on="gripper", until="robot_gripped", dwell_s=0.5, limit_s=5, label="reject", starts=True,
           rejects=True)  # fmt: skip
    b.step("Lift robot", on="gripper lift", until="lift_up", limit_s=20, label="lift")
    b.step("Transfer", on="gripper lift", until="lift_up", dwell_s=20.0)
    b.step("Take robot over", on="gripper lift", dwell_s=0.06, judges=True)
    b.step("Lower lift", on="gripper", until="lift_down", limit_s=20)
    b.step("Open gripper", until="!robot_gripped", limit_s=5)
    b.step("Wait for room", until="outfeed_clear", waits=BLOCKED, label="room")
    b.step("Release pallet", on="stopper_open", until="!pallet_present")
    return program(b, home="lift_down", home_on="gripper")
