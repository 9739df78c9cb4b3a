"""Station 9: flash the controller, then calibrate three joints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Branch, Builder, Program, Route, program
from protocols.stations.io_table import CALIBRATE

JOINTS: Final = 3


def calibrate(settings: Mapping[str, int], route: Route) -> Program:
    """A wrong CRC is flashed once more; an offset outside the window is a reject."""
    b = Builder(CALIBRATE, settings)
    offset = settings["offset_window"]
    settle = settings["settle_time"] / 10
    good = b.condition("crc_ok")
    b.receive(route)
    b.step("Needles down", on="needles", until="needles_down !flash_done", limit_s=5, label="work", starts=True)
    b.step("Flash", on="needles flash_start", until="flash_done", limit_s=40, label="flash")
    b.step("CRC?", on="needles", branches=(Branch(*good, "joints"),), dwell_s=0.1)
    b.step("Flash again", on="needles", until="!flash_done", limit_s=5, goto="flash")
    b.step("Flasher clear", on="needles", until="!flash_done", limit_s=5, label="joints")
    for joint in range(1, JOINTS + 1):
        b.step(f"Settle joint {joint}", on="needles joint_enable", dwell_s=settle, program=joint, record="joint_offset",
               window=(-offset, offset))  # fmt: skip
        b.step(f"Release joint {joint}", on="needles", dwell_s=0.5)
    b.step("Needles up", until="needles_up", limit_s=5, program=0)
    b.dispatch()
    return program(b, home="needles_up !flash_done")
