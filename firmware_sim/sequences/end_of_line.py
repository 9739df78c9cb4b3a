"""Station 10: three bench tests; rejects go back to joint assembly at most twice, then on to be scrapped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import BLOCKED, REWORK, Branch, Builder, Program, Route, program
from protocols.stations.images import FLAWED, REWORKS
from protocols.stations.io_table import END_OF_LINE

TESTS: Final = 3


def end_of_line(settings: Mapping[str, int], route: Route) -> Program:
    """Robots that an earlier station rejected, or left out, are not tested, only sorted."""
    b = Builder(END_OF_LINE, settings)
    b.receive(route, first=(Branch(FLAWED, FLAWED, "sort"),))
    b.step("Clamp robot", on="clamp", until="clamped !bench_done", limit_s=5, label="work", starts=True)
    for test in range(1, TESTS + 1):
        current = test == TESTS
        window = (0, settings["current_high"]) if current else (settings["torque_low"], 1200)
        b.step(f"Test {test}", on="clamp bench_start", until="bench_done", limit_s=30, program=test,
               record="bench_current" if current else "bench_torque", window=window)  # fmt: skip
        b.step(f"Bench clear {test}", on="clamp", until="!bench_done", limit_s=5)
    b.step("Unclamp robot", until="!clamped", limit_s=5, program=0)
    b.step("Write verdict", dwell_s=0.06, judges=True)
    again = tuple(Branch(FLAWED | REWORKS, FLAWED | reworks << 26, "back") for reworks in (0, 1))
    b.step("Sort", branches=again, label="sort", goto="room")
    b.step("Write rework", mark=REWORK, dwell_s=0.06, label="back")
    b.step("Wait for rework lane", on="divert", until="rework_clear", waits=BLOCKED)
    b.step("Divert pallet", on="divert stopper_open", until="!pallet_present", goto="next")
    b.step("Wait for room", until="outfeed_clear", waits=BLOCKED, label="room")
    b.step("Release pallet", on="stopper_open", until="!pallet_present")
    b.take_over(route, "Flash and calibrate here")
    return program(b, home="!bench_done !clamped")
