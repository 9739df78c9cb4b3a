"""Hidden defects of a dormant plant: what they are to the fault layer, and which ones a seed deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from protocols.commissioning import Finding
from protocols.stations.io_table import BY_NUMBER
from protocols.stations.station_io import StationIO
from sector7.faults.fault import Fault, make

if TYPE_CHECKING:  # the rig runs without pydantic
    from sector7.reactivation.recipe import DefectRecipe

#: Who has broken it, in the record of faults. Operators are told nothing of these until they are found.
DORMANT: Final = "the dormant years"

#: Kinds of defects by the word of the recipe: what a check calls it, the kind of fault that it is, its root cause.
#: Those that not every station can have come first: they are dealt in this order.
KINDS: Final = {
    "dead_board": (Finding.DEAD_BOARD, "undervoltage", "the board's regulator has burnt out"),
    "seized_axis": (Finding.SEIZED, "jammed", "rust: nothing has moved for years"),
    "drifted_sensor": (Finding.DRIFTED, "offset", "the transmitter has aged"),
    "swapped_inputs": (Finding.SWAPPED, "swapped", "somebody took the terminals apart and put them back from memory"),
    "inverted_input": (Finding.INVERTED, "inverted", "the sensor was replaced by one with the opposite contact"),
    "corroded_contact": (Finding.CORRODED, "stuck_off", "verdigris on the contact"),
    "lost_calibration": (Finding.UNCALIBRATED, "gain", "the transmitter's battery is flat: its span is lost"),
}
_T = TypeVar("_T")
#: What a check calls each kind of fault.
FINDINGS: Final = {fault: finding for finding, fault, _ in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Defect:
    """One hidden defect: its kind (a key of KINDS), and the fault that it is to the plant."""

    kind: str
    fault: Fault

    @property
    def why(self) -> str:
        """Its root cause."""
        return KINDS[self.kind][2]


def listed(rows: Sequence[DefectRecipe]) -> list[Defect]:
    """The defects that a recipe lists."""
    return [Defect(row.kind, _fault(row.kind, row.on, row.other or "", row.amount)) for row in rows]


def dealt(numbers: Sequence[int], boards: Sequence[int], seed: int) -> list[Defect]:
    """One defect of each kind, on stations (of `numbers`) that the seed picks; a dead board among `boards`."""
    stream = Random(int.from_bytes(sha256(f"{seed}|0|defects".encode()).digest(), "big"))
    free = list(numbers)
    found = []
    for kind in KINDS:
        able = [n for n in free if _able(kind, BY_NUMBER[n], boards)]
        if not able:
            continue
        number = _pick(stream, able)
        free.remove(number)
        found.append(_deal(kind, BY_NUMBER[number], stream))
    return found


def _able(kind: str, io: StationIO, boards: Sequence[int]) -> bool:
    if kind == "seized_axis":
        return io.axis is not None
    return kind != "dead_board" or io.number in boards


def _deal(kind: str, io: StationIO, stream: Random) -> Defect:
    if kind == "seized_axis":
        return Defect(kind, _fault(kind, f"{io.code}.{AXES[io.number]}"))
    if kind == "dead_board":
        return Defect(kind, _fault(kind, io.code))
    if kind in ("drifted_sensor", "lost_calibration"):
        analog = _pick(stream, io.analogs)
        share = (0.06 + 0.08 * stream.random()) * (1 if stream.random() < 0.5 else -1)
        span = (analog.high - analog.low) / 10**analog.decimals
        amount = share * span if kind == "drifted_sensor" else 1.0 + 2.0 * share
        return Defect(kind, _fault(kind, f"{io.code}.{analog.name}", amount=amount))
    own = [name for name in io.inputs if name != "outfeed_clear"]
    name = _pick(stream, own)
    other = _pick(stream, [each for each in own if each != name]) if kind == "swapped_inputs" else ""
    return Defect(kind, _fault(kind, f"{io.code}.{name}", f"{io.code}.{other}" if other else ""))


def _pick(stream: Random, choice: Sequence[_T]) -> _T:
    return choice[int(stream.random() * len(choice))]


#: The mechanism that a station's axis is.
AXES: Final = {1: "gantry", 4: "feed axis", 8: "transfer axis"}


def _fault(kind: str, on: str, other: str = "", amount: float | None = None) -> Fault:
    fault = KINDS[kind][1]
    names = {"undervoltage": "millivolts", "offset": "value", "gain": "factor"}
    return make(fault, on, {names[fault]: amount or 0.0} if fault in names else {}, other=other)


def lost_drawings(number: int, seed: int) -> list[Defect]:
    """The inputs of a station are wired in an order that nobody remembers: exchanges, one after the other."""
    io = BY_NUMBER[number]
    stream = Random(int.from_bytes(sha256(f"{seed}|{number}|map".encode()).digest(), "big"))
    found = []
    for i in range(len(io.inputs) - 1, 0, -1):
        j = int(stream.random() * i)  # never itself: one long round, so no input is where it should be
        on, other = (f"{io.code}.{io.inputs[n]}" for n in (i, j))
        found.append(Defect("swapped_inputs", _fault("swapped_inputs", on, other)))
    return found
