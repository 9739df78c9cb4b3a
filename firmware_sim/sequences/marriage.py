"""Station 8: fetch, measure and insert two arms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import MARRIAGE

MAGAZINE: Final = 9000
SOCKETS = (1500, 4900)
SPEED: Final = 6000
#: Longer than it takes a new target to reach the board and come back as "not in position".
SETTLE_S: Final = 0.06


def marriage(settings: Mapping[str, int], route: Route) -> Program:
    """A limb outside the offset window makes the robot a reject."""
    b = Builder(MARRIAGE, settings)
    offset = settings["offset_window"]
    b.receive(route)
    b.step("Ready", until="axis_home curtain_clear !slide_done", limit_s=8, label="work", starts=True,
           target=0, speed=SPEED)  # fmt: skip
    for limb, socket in enumerate(SOCKETS, 1):
        b.step(f"To limb {limb}", target=MAGAZINE, program=limb, until="in_position !axis_home", dwell_s=SETTLE_S)
        b.step(f"Grip limb {limb}", on="gripper", until="limb_gripped", limit_s=5)
        b.step(f"To socket {limb}", on="gripper", target=socket, until="in_position", dwell_s=SETTLE_S)
        b.step(f"Measure limb {limb}", on="gripper camera_trigger", dwell_s=0.4, record="vision_offset",
               window=(-offset, offset))  # fmt: skip
        b.step(f"Insert limb {limb}", on="gripper slide_start", until="slide_done", limit_s=35)
        b.step(f"Let go limb {limb}", until="!limb_gripped !slide_done", limit_s=5)
    b.step("Axis home", target=0, until="axis_home")
    b.dispatch()
    return program(b, home="axis_home !slide_done !limb_gripped", home_speed=2000)
