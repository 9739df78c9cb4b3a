"""Degraded modes in unit 1: what stands in for a station's machine, how to ask for it, and what it would cost.

Input registers from 704: one of each kind for every station; holding registers 400-403 ask; file 40 holds the
expected cost of every choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from protocols.roles import COMMANDERS, ENGINEERS
from protocols.stations.io_table import STATIONS
from protocols.tags.tag import Kind, Table, Tag, Writer, command_register


class Degrade(IntEnum):
    """What is asked for a station. CANNIBALISE repairs it with the parts of a donor; the others change its mode."""

    NORMAL = 0
    BYPASS = 1
    MANUAL = 2
    REROUTE = 3
    CANNIBALISE = 4


class Refusal(IntEnum):
    """What became of a request. NONE: nothing was asked yet; ACCEPTED; else why not."""

    NONE = 0
    ACCEPTED = 1
    NO_STATION = 2
    RUNNING = 3
    BUSY = 4
    NOT_POSSIBLE = 5
    NO_ATTENDANT = 6
    NO_NEIGHBOUR = 7
    COVERING = 8
    OWNED = 9
    NOT_BROKEN = 10
    NO_DONOR = 11
    DONOR_RUNNING = 12
    NO_PARTS = 13
    ALREADY = 14


DEGRADE_LABELS: Final = tuple((int(d), d.name.title()) for d in Degrade)
REFUSAL_LABELS: Final = (
    (Refusal.NONE, "Nothing asked yet"),
    (Refusal.ACCEPTED, "Accepted"),
    (Refusal.NO_STATION, "Refused: no such station"),
    (Refusal.RUNNING, "Refused: the station runs; hold or stop it first"),
    (Refusal.BUSY, "Refused: a change is under way there"),
    (Refusal.NOT_POSSIBLE, "Refused: not possible at this station"),
    (Refusal.NO_ATTENDANT, "Refused: no attendant is free"),
    (Refusal.NO_NEIGHBOUR, "Refused: the neighbour cannot take over"),
    (Refusal.COVERING, "Refused: the station does its neighbour's work"),
    (Refusal.OWNED, "Refused: somebody else owns the station"),
    (Refusal.NOT_BROKEN, "Refused: nothing is broken there"),
    (Refusal.NO_DONOR, "Refused: no such donor"),
    (Refusal.DONOR_RUNNING, "Refused: the donor runs; stop or bypass it first"),
    (Refusal.NO_PARTS, "Refused: parts are missing there"),
    (Refusal.ALREADY, "Refused: it is so already"),
)
MODE_LABELS: Final = DEGRADE_LABELS[:4]
PHASE_LABELS: Final = (
    (0, "None"), (1, "Setting up"), (2, "In place"), (3, "Taking down"), (4, "Awaiting parts"),
)  # fmt: skip
PARTS_LABELS: Final = ((0, "Complete"), (1, "Given away"), (2, "Wanted, no crew yet"), (3, "Being fitted"))

#: One input register for each station from this address on: (address of station 1, name, labels, unit, doc).
_OF_STATION: Final = (
    (704, "DegradedMode", MODE_LABELS, "", "what stands in for the station's machine"),
    (716, "DegradedPhase", PHASE_LABELS, "", "where the change of mode stands"),
    (728, "DegradedParts", PARTS_LABELS, "", "whether the machine has its parts"),
    (740, "DegradedLeft", (), "s", "until the change under way is done, 0 = none, stops at 65535"),
)
_STATIONS: Final = (1, len(STATIONS))
_REQUESTS: Final = (
    (400, "DegradeStation", *_STATIONS, 1, (), COMMANDERS, "station that the next request is about"),
    (401, "DegradeMode", 0, 4, 0, DEGRADE_LABELS, COMMANDERS, "what is asked for it; Normal takes away what stands in"),
    (402, "DegradeDonor", 0, _STATIONS[1], 0, (), ENGINEERS, "station whose parts Cannibalise takes"),
    (403, "DegradeChangeRequest", 0, 1, 0, (), COMMANDERS, "0 to 1 asks for it"),
)
#: What the mode in DegradeMode would cost at DegradeStation, see `Cost`: an estimate of the server's, no measurement.
_COSTS: Final = (
    (754, "DegradeExpectedRate", "robots/h", 1, "good robots per hour to expect in the mode that is chosen"),
    (755, "DegradeExpectedRejects", "robots/h", 1, "robots scrapped per hour to expect"),
    (756, "DegradeExpectedDefects", "robots/h", 1, "robots with a defect of the handwork per hour to expect"),
    (757, "DegradeHandTime", "min/h", 1, "manual minutes per hour"),
    (758, "DegradeEffectTime", "s", 0, "until it takes effect, once accepted"),
)


def degraded_tags() -> list[Tag]:
    """All of them."""
    inputs, u16, plc = Table.INPUT, Kind.U16, Writer.PLC
    tags = [
        Tag(f"{io.code}.{name}", inputs, first + io.number - 1, u16, plc, doc, unit, labels=labels)
        for io in STATIONS for first, name, labels, unit, doc in _OF_STATION
    ]  # fmt: skip
    tags += [
        Tag("Line.DegradeResult", inputs, 752, u16, plc, "what became of the last request", labels=REFUSAL_LABELS),
        Tag("Line.DegradeTaken", inputs, 760, u16, plc, "requests taken, modulo 65536"),
        Tag("Line.AttendantsFree", inputs, 753, u16, plc, "people who can do a machine's work by hand now"),
        Tag("Line.DegradeAdvice", inputs, 759, u16, Writer.SERVER, "what would become of the request as it stands",
            labels=REFUSAL_LABELS),
        Tag("Line.Degraded", Table.DISCRETE, 232, Kind.BOOL, plc, "something stands in for a machine, or parts are missing"),
    ]  # fmt: skip
    tags += [
        Tag(f"Line.{name}", inputs, address, u16, Writer.SERVER, doc, unit, decimals)
        for address, name, unit, decimals, doc in _COSTS
    ]
    tags += [
        command_register(f"Line.{name}", address, low, high, default, labels, doc, roles)
        for address, name, low, high, default, labels, roles, doc in _REQUESTS
    ]
    return tags


# ---- the cost of every choice, as a file
#: Register 0 of file 40: number of rows; register 1: registers of a row; the rows follow.
COST_FILE: Final = 40
ROW_WORDS: Final = 9


@dataclass(frozen=True, slots=True)
class Cost:
    """What a mode at a station is expected to cost from when it is in place: good robots, rejects and robots with
    defects of handwork, each in 0.1/h; manual work in 0.1 min/h; until it takes effect (s). `advice` tells whether it
    would be accepted now. `line_rate`: the rate (0.1/h) to expect of the line if nothing is changed."""

    station: int
    mode: Degrade
    advice: Refusal
    rate: int
    rejects: int
    defects: int
    hand: int
    effect_s: int
    line_rate: int

    def words(self) -> tuple[int, ...]:
        """The row as registers."""
        return (self.station, int(self.mode), int(self.advice), self.rate, self.rejects, self.defects, self.hand,
                self.effect_s, self.line_rate)  # fmt: skip


def read_costs(words: Sequence[int]) -> list[Cost]:
    """The rows of a whole cost file. Raises ValueError if it has another format."""
    count, size = words[:2]
    if size != ROW_WORDS or len(words) < 2 + count * size:
        raise ValueError(f"a cost file with {size} registers a row, this program reads {ROW_WORDS}")
    rows = [words[2 + size * i : 2 + size * (i + 1)] for i in range(count)]
    return [Cost(s, Degrade(m), Refusal(a), *rest) for s, m, a, *rest in rows]
