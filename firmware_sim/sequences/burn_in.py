"""Station 11: load, soak, index the carousel, unload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import BLOCKED, STARVED, Branch, Builder, Program, Route, program
from protocols.stations.images import CONDITION, DONE, GOOD
from protocols.stations.io_table import BURN_IN

#: Index steps between loading and unloading, and the seconds of a cycle in which the carousel is not soaking.
STEPS_INSIDE: Final = 7
HANDLING_S: Final = 6.0
BELOW_SET_POINT: Final = 30  # 0.1 °C that the chamber may lag


def burn_in(settings: Mapping[str, int], route: Route) -> Program:
    """Whatever stands at the unloading slot goes out before anything new comes in."""
    b = Builder(BURN_IN, settings)
    wanted = settings["chamber_temperature"]
    set_point = BURN_IN.analogs[0].counts(wanted)
    warm = {"chamber_temperature": wanted - BELOW_SET_POINT}
    here = b.condition("unload_present")
    soaked = Branch(CONDITION | DONE | here[0], GOOD | route.previous << 28 | here[1], "verdict")
    b.step("Unload slot?", on="heater", branches=(soaked, Branch(*here, "room")), duty=set_point, goto="load")
    b.step("Write verdict", on="heater", dwell_s=0.06, judges=True, label="verdict")
    b.step("Wait for room", on="heater", until="outfeed_clear", waits=BLOCKED, label="room")
    b.step("Eject", on="heater eject", until="!unload_present")
    b.step("Ejector home", on="heater", until="ejector_home", limit_s=6)
    b.step("Loading slot?", on="heater", branches=(Branch(*b.condition("slot_occupied"), "soak"),), label="load")
    b.step("Wait for robot", on="heater", until="pallet_present", waits=STARVED)
    b.step("Load", on="heater stopper_open", until="slot_occupied", limit_s=8, starts=True)
    dwell = max(1.0, settings["soak_time"] / STEPS_INSIDE - HANDLING_S)
    b.step("Soak", on="heater", until="at_chamber_temperature", dwell_s=dwell, limit_s=900, reach=warm,
           record="chamber_temperature", label="soak")  # fmt: skip
    b.step("Index", on="heater index", until="index_done", limit_s=12)
    b.step("Index off", on="heater", until="!index_done", limit_s=5)
    return program(b, home="ejector_home !index_done", home_on="heater", idle_on="heater")
