"""Station 2: form and coin the chassis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.sequence import Builder, Program, Route, program
from protocols.stations.io_table import PRESS

#: Half width of the accepted force window, 0.1 kN: what the valve overshoots within one exchange and one scan.
OVERSHOOT: Final = 200


def chassis_press(settings: Mapping[str, int], route: Route) -> Program:
    """Clamp, two strokes to the force window with a hold each, retract, unclamp."""
    b = Builder(PRESS, settings)
    force = settings["press_force"]
    b.receive(route)
    b.step("Clamp die", on="die_clamp", until="die_clamped ram_top curtain_clear", limit_s=5, label="work", starts=True,
           duty=1024, record="oil_pressure")  # fmt: skip
    for stroke in ("Form", "Coin"):
        b.step(f"{stroke}: advance", on="die_clamp ram_advance", until="ram_low", limit_s=14)
        b.step(f"{stroke}: build force", on="die_clamp ram_advance", until="at_ram_force", limit_s=10,
               reach={"ram_force": force})  # fmt: skip
        b.step(f"{stroke}: hold", on="die_clamp", dwell_s=settings["hold_time"] / 10, record="ram_force",
               window=(force - 20, force + OVERSHOOT))  # fmt: skip
        b.step(f"{stroke}: retract", on="die_clamp ram_return", until="ram_top", limit_s=10)
    b.step("Unclamp die", until="!die_clamped", dwell_s=0.5, limit_s=5)
    b.dispatch()
    return program(b, home="ram_top !die_clamped", home_on="ram_return")
