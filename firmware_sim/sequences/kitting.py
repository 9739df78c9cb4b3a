"""Station 1: fill the tray of an empty pallet with two sets of parts and weigh the kit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Branch, Builder, Program, Route, program
from protocols.stations.images import CONDITION, EMPTY
from protocols.stations.io_table import KITTING

BINS = (7000, 14000)
SPEED: Final = 1300


def kitting(settings: Mapping[str, int], route: Route) -> Program:
    """Empty pallets are kitted; a kit outside its mass window is picked anew."""
    b = Builder(KITTING, settings)
    b.receive(route, otherwise="room", also=(Branch(CONDITION, EMPTY, "work"),))
    b.step("Tray in place", until="tray_present", limit_s=5, label="work", starts=True, target=0, speed=SPEED)
    b.step("Lock tray", on="tray_lock", dwell_s=0.3)
    for number, place in enumerate(BINS, 1):
        b.step(f"To bin {number}", on="tray_lock", target=place, until="in_position !axis_home", limit_s=20)
        b.step(f"Lower to part {number}", on="tray_lock gripper_lower", until="gripper_down")
        b.step(f"Grip part {number}", on="tray_lock gripper_lower gripper_close", until="part_gripped")
        b.step(f"Raise part {number}", on="tray_lock gripper_close", until="!gripper_down", dwell_s=0.6)
        b.step(f"To tray with {number}", on="tray_lock gripper_close", target=0, until="axis_home", limit_s=20)
        b.step(f"Lower part {number}", on="tray_lock gripper_lower gripper_close", until="gripper_down")
        b.step(f"Let go part {number}", on="tray_lock gripper_lower", until="!part_gripped", dwell_s=0.2)
        b.step(f"Raise from tray {number}", on="tray_lock", until="!gripper_down", dwell_s=0.6)
    mass, tolerance = settings["kit_mass"], settings["kit_tolerance"]
    b.step("Weigh kit", on="tray_lock", dwell_s=1.0, record="tray_mass", window=(mass - tolerance, mass + tolerance),
           when_failed="again")  # fmt: skip
    b.step("Kit complete", goto="write")
    b.step("Empty tray", dwell_s=2.0, label="again", goto="work")
    b.step("Unlock tray", dwell_s=0.3, label="write")
    b.dispatch()
    return program(b, home="axis_home !gripper_down !part_gripped", home_speed=2000)
