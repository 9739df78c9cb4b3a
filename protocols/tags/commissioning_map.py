"""Commissioning in unit 1: how far each station is, what goes on there, and the commands; evidence is file 20.

Input registers 1888-1947 (a station's five from 1892 + 5 (n-1)), holding registers 336-347, discrete inputs 208-220.
"""

from __future__ import annotations

from typing import Final

from protocols.commissioning import (
    ACTIVITY_TEXTS,
    COMMAND_TEXTS,
    ENTRY_WORDS,
    FINDING_TEXTS,
    RESULT_TEXTS,
    STAGE_TEXTS,
)
from protocols.stations.io_table import STATIONS
from protocols.tags.tag import Kind, Table, Tag, Writer

#: The file of evidence: register 0 is how many entries it holds, register 1 the registers of one, then the entries,
#: the oldest first.
EVIDENCE_FILE: Final = 20
#: Entries that are kept.
MOST_ENTRIES: Final = 600
assert 2 + MOST_ENTRIES * ENTRY_WORDS <= 10_000, "a file has 10,000 registers"

#: `MapScore` of a station whose map nobody has submitted.
NO_MAP: Final = 255

_LINE: Final = (
    (1888, "Commissioning", tuple(enumerate(("Idle", "Running", "Given up"))), "what the automatic commissioning does"),
    (1889, "StationsReleased", (), "stations that are released for production"),
    (1890, "CommissionResult", tuple(enumerate(RESULT_TEXTS)), "what became of the last commissioning command"),
    (1891, "EvidenceCount", (), "rows of evidence so far, modulo 65536"),
)
#: Offset from 1892 + 5 (n-1).
_STATION: Final = (
    (0, "CommissionStage", tuple(enumerate(STAGE_TEXTS)), 0, "step of the ledger that the station has reached"),
    (1, "CommissionActivity", tuple(enumerate(ACTIVITY_TEXTS)), 0, "what goes on in commissioning"),
    (2, "CommissionItem", (), 0, "item that is being checked: input, analogue input or stroke, see docs/modbus.md"),
    (
        3,
        "CommissionFinding",
        tuple(enumerate(FINDING_TEXTS)),
        0,
        "what the last failed check says, 0 once it has passed",
    ),
    (4, "MapScore", (), NO_MAP, "inputs that the submitted map has right, 255 = none was submitted"),
)
_REQUESTS: Final = (
    (336, "CommissionStation", 12, (), "station that is meant, 0 = the whole line"),
    (337, "CommissionCommand", len(COMMAND_TEXTS) - 1, tuple(enumerate(COMMAND_TEXTS)), "what shall be done"),
    (338, "CommissionValue", 15, (), "input that was seen to change (15 = none), diagnosis, or sensor to hold"),
    (339, "CommissionOther", 15, (), "the other input of a diagnosis of swapped inputs"),
    (340, "CommissionChangeRequest", 1, (), "0 to 1 does it"),
)  # fmt: skip


def commissioning_tags() -> list[Tag]:
    """All of them."""
    inputs, plc, u16 = Table.INPUT, Writer.PLC, Kind.U16
    tags = [Tag(f"Line.{name}", inputs, a, u16, plc, doc, labels=labels) for a, name, labels, doc in _LINE]
    tags += [
        Tag(f"Line.{name}", Table.HOLDING, a, u16, Writer.MASTER, doc, "", 0, 0, high, labels=labels)
        for a, name, high, labels, doc in _REQUESTS
    ]
    tags += [
        Tag(f"Line.MapInput{n}", Table.HOLDING, 342 + n, u16, Writer.MASTER,
            f"map to submit: the sensor (its number in the I/O table) that is wired to input {n}", "", 0, 0, 5, default=n)
        for n in range(6)
    ]  # fmt: skip
    for io in STATIONS:
        tags += [
            Tag(
                f"{io.code}.{name}",
                inputs,
                1892 + 5 * (io.number - 1) + offset,
                u16,
                plc,
                doc,
                labels=labels,
                default=default,
            )
            for offset, name, labels, default, doc in _STATION
        ]
        tags.append(
            Tag(f"{io.code}.Released", Table.DISCRETE, 207 + io.number, Kind.BOOL, plc, "released for production")
        )
    tags.append(
        Tag("Line.AllReleased", Table.DISCRETE, 220, Kind.BOOL, plc, "every station is released for production")
    )
    return tags


#: Names of the commands, for whoever carries them out.
COMMISSION_COMMANDS: Final = frozenset(
    tag.name.partition(".")[2] for tag in commissioning_tags() if tag.writer is Writer.MASTER
)
