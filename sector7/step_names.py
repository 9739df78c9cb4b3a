"""The names of all sequence steps, taken from the programs and written where the register map can read them.

The map belongs to `protocols`, the programs to `firmware_sim`, and neither may import the other: so the names cross
over as a generated file. `python -m sector7.step_names` renews it; where it differs from the programs a test fails.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from firmware_sim.plc.sequence import Route
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.stations.io_table import STATIONS

FILE: Final = "protocols/stations/step_names.py"
_HEAD: Final = '''"""Step names by station number. Written by `python -m sector7.step_names`: do not edit."""

from __future__ import annotations

STEP_NAMES: dict[int, tuple[str, ...]] = {
'''


def render() -> str:
    """The text of the generated file."""
    text = _HEAD
    for io in STATIONS:
        settings = {s.name: s.default for s in io.setpoints}
        names = [step.name for step in SEQUENCES[io.number](settings, Route(io.number - 1)).steps]
        text += f"    {io.number}: (\n" + "".join(f'        "{name}",\n' for name in names) + "    ),\n"
    return text + "}\n"


if __name__ == "__main__":
    (Path(__file__).resolve().parent.parent / FILE).write_text(render(), encoding="utf-8")
