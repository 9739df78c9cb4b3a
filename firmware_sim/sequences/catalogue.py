"""Which sequence runs at which station."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from firmware_sim.plc.sequence import Program, Route
from firmware_sim.sequences.assembly import assembly
from firmware_sim.sequences.burn_in import burn_in
from firmware_sim.sequences.calibrate import calibrate
from firmware_sim.sequences.chassis_press import chassis_press
from firmware_sim.sequences.end_of_line import end_of_line
from firmware_sim.sequences.harness import harness
from firmware_sim.sequences.kitting import kitting
from firmware_sim.sequences.machining import machining
from firmware_sim.sequences.marriage import marriage
from firmware_sim.sequences.pack_out import pack_out
from firmware_sim.sequences.power_cell import power_cell
from firmware_sim.sequences.weld import weld

#: `(active set points by name, which robots are the station's work) -> program`
MakeProgram = Callable[[Mapping[str, int], Route], Program]

SEQUENCES: dict[int, MakeProgram] = {
    1: kitting,
    2: chassis_press,
    3: weld,
    4: machining,
    5: assembly,
    6: harness,
    7: power_cell,
    8: marriage,
    9: calibrate,
    10: end_of_line,
    11: burn_in,
    12: pack_out,
}
