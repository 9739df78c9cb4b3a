"""Station 4: cut the joint seats in two passes; change the tool when its life is over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import MACHINING

RAPID: Final = 4000  # 0.1 mm/s
PASSES = (1000, 3000)  # where the cuts begin, 0.1 mm
CUT: Final = 1600  # length of a cut, 0.1 mm
TOOL_CHANGER: Final = 5800
LOAD_HIGH: Final = 900  # 0.1 %
COOLANT_LOW: Final = 60  # 0.1 l/min
FULL_SPEED: Final = 10000  # rpm at full duty
#: Longer than it takes a new target to reach the board and come back as "not in position".
SETTLE_S: Final = 0.06


def machining(settings: Mapping[str, int], route: Route) -> Program:
    """Coolant and spindle up to speed, two cuts at the feed set point, home, spindle down."""
    b = Builder(MACHINING, settings)
    speed = settings["spindle_speed"]
    duty = min(1024, speed * 1024 // FULL_SPEED + 8)
    reach = {"spindle_speed": speed * 97 // 100, "coolant_flow": COOLANT_LOW}
    b.receive(route)
    b.step("Clamp part", on="clamp", until="clamped tool_ok axis_home", limit_s=5, label="work", starts=True, duty=duty,
           target=0, speed=RAPID)  # fmt: skip
    b.step("Coolant on", on="clamp coolant", until="coolant_ok at_coolant_flow", limit_s=5, reach=reach)
    b.step("Spindle up", on="clamp coolant spindle", until="at_spindle_speed", limit_s=12, reach=reach)
    for number, begin in enumerate(PASSES, 1):
        b.step(f"To cut {number}", on="clamp coolant spindle", target=begin, speed=RAPID,
               until="in_position !axis_home", dwell_s=SETTLE_S, reach=reach)  # fmt: skip
        b.step(f"Cut {number}", on="clamp coolant spindle", target=begin + CUT, speed=settings["feed"],
               until="in_position at_coolant_flow", dwell_s=SETTLE_S, limit_s=40, reach=reach, record="spindle_load",
               window=(0, LOAD_HIGH))  # fmt: skip
    b.step("Axis home", on="clamp coolant spindle", target=0, speed=RAPID, until="axis_home", reach=reach)
    b.step("Spindle down", on="clamp coolant", until="!at_spindle_speed", dwell_s=2.5, limit_s=10, reach=reach)
    b.step("Coolant off", on="clamp", until="!coolant_ok", limit_s=5)
    b.step("Tool due?", on="clamp", every=settings["tool_life"], goto="open", when_due="change")
    b.step("Change tool", on="clamp", target=TOOL_CHANGER, speed=RAPID, until="in_position tool_ok !axis_home",
           dwell_s=8.0, label="change")  # fmt: skip
    b.step("From tool changer", on="clamp", target=0, until="axis_home")
    b.step("Unclamp part", until="!clamped", limit_s=5, label="open")
    b.dispatch()
    return program(b, home="axis_home !clamped", home_speed=1000)
