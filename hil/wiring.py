"""Which pin of an Arduino Uno or Nano is which terminal of a station: the firmware's pins and the station's tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from protocols.stations.station_io import Analog, StationIO
from protocols.tags.station_map import board_map
from protocols.tags.tag import Table

#: Pins of the firmware (`firmware/hal/avr`), by the names printed on the board.
SAFETY: Final = "D2"
INPUTS: Final = ("D3", "D4", "D5", "D6", "D7", "D8")
ANALOGS: Final = ("A0", "A1", "A2", "A3")
OUTPUTS: Final = ("A4", "A5", "D12", "D9", "D10")
STEP: Final = "D11"
DIRECTION: Final = "D13"
MODULATORS: Final = ("D9", "D10")

#: Kinds of wires.
SAFETY_CHAIN, INPUT, ANALOG, OUTPUT, AXIS = "safety chain", "input", "analogue input", "output", "axis"

_SAFETY_BIT: Final = 6
_POSITION_REGISTER: Final = 6


@dataclass(frozen=True, slots=True)
class Wire:
    """One wire: pin, kind, the tag that shows or commands it, its place in the board's tables, what to connect."""

    pin: str
    kind: str
    tag: str
    register: str
    connect: str


def wires(io: StationIO) -> tuple[Wire, ...]:
    """All wires of a station's board but power and USB."""
    tags = {(tag.table, tag.address): tag for tag in board_map(io).tags}

    def wire(pin: str, kind: str, table: Table, address: int, connect: str) -> Wire:
        return Wire(pin, kind, tags[table, address].name, f"{table} {address}", connect)

    found = [wire(SAFETY, SAFETY_CHAIN, Table.DISCRETE, _SAFETY_BIT, "chain's contact to GND: closed = ok")]
    found += [
        wire(INPUTS[i], INPUT, Table.DISCRETE, i, "contact to GND: closed = on") for i in range(len(io.inputs))
    ]  # fmt: skip
    found += [wire(ANALOGS[i], ANALOG, Table.INPUT, i, _range(a)) for i, a in enumerate(io.analogs)]
    found += [wire(OUTPUTS[i], OUTPUT, Table.COIL, i, _output(io, name)) for i, name in enumerate(io.outputs)]
    if io.axis:
        unit = io.axis.unit
        found.append(wire(STEP, AXIS, Table.INPUT, _POSITION_REGISTER, f"STEP of the drive: a pulse each 0.1 {unit}"))
        found.append(wire(DIRECTION, AXIS, Table.INPUT, _POSITION_REGISTER, "DIR of the drive: high = away from home"))
    return tuple(found)


def short(wire: Wire) -> str:
    """A tag's name without its station and what they all share."""
    name = wire.tag.rsplit(".", 1)[1].removesuffix("_counts")
    return {STEP: "axis step", DIRECTION: "axis direction"}.get(wire.pin, name)


def table(io: StationIO) -> str:
    """A Markdown table."""
    rows = ["| pin | terminal | kind | register | connect |", "|---|---|---|---|---|"]
    rows += [f"| {w.pin} | `{w.tag}` | {w.kind} | {w.register} | {w.connect} |" for w in wires(io)]
    return "\n".join(rows)


def _range(analog: Analog) -> str:
    low, high = (value / 10**analog.decimals for value in (analog.low, analog.high))
    return f"0 to 5 V = {low:g} to {high:g} {analog.unit}"


def _output(io: StationIO, name: str) -> str:
    said = ["PWM"] if name == io.modulated else []
    needs = [condition for output, condition in io.forbid if output == name]
    if needs:
        said.append(f"only while {' and '.join(needs)}")
    if name in io.keep:
        said.append("stays in the safe state")
    return ", ".join(said) or "5 V = on"
