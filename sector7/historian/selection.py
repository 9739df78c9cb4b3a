"""Which tags are recorded, and how far a value must move to be worth a row. Declared here and nowhere else.

Recorded is the status in unit 1 that the plant or a PLC tells: measurements, states, counters, KPIs, utilities.
Commands are the journal's, and so is every single alarm; what the server tells about itself is no history of the plant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from protocols.tags.line_map import LINE_MAP
from protocols.tags.tag import Kind, Table, Tag, Writer

#: The parts of the tables that are looked at: (table, first, behind the last). Input registers from 832 on hold the
#: single alarms, boards' links and forces.
PARTS: Final = ((Table.INPUT, 0, 832), (Table.DISCRETE, 0, 256))
WRITERS: Final = (Writer.PLANT, Writer.PLC)
#: Clocks tell nothing but that time goes on, and the time of every row is known; generation numbers nothing but that
#: something did; ignored writes are counted by the server, and begin anew with it. How long a change of mode will
#: take is known when it begins.
LEFT_OUT: Final = frozenset(
    (
        "Heartbeat",
        "SimulatedTime",
        "StateElapsed",
        "StepElapsed",
        "AlarmGenerationBefore",
        "IgnoredWrites",
        "DegradedLeft",
    )
)

#: The smallest change worth a row for tags without a range of their own, by unit, in that unit.
BY_UNIT: Final = {"%": 0.5, "bar": 0.05, "V": 1.0}
#: Cumulated times grow every second; the states they are summed from are recorded exactly. Seconds.
TOTALS: Final = 60
#: Of a measurement's range: half a percent, about five counts of a board's converter.
OF_RANGE: Final = 0.005


@dataclass(frozen=True, slots=True)
class Recorded:
    """A tag that is recorded. A value that differs from the last row's by no more than `deadband` (raw) has no row."""

    tag: Tag
    deadband: int


def select(tags: Iterable[Tag] = LINE_MAP.tags) -> tuple[Recorded, ...]:
    """What is to be recorded of `tags`, by name."""
    chosen = (Recorded(tag, deadband(tag)) for tag in tags if _worth_it(tag))
    return tuple(sorted(chosen, key=lambda r: r.tag.name))


def deadband(tag: Tag) -> int:
    """How far a raw value may move without a row: 0 for states, counts and bits, every change of which counts."""
    if not tag.unit or tag.labels or tag.table.is_bits:
        return 0
    if tag.low is not None and tag.high is not None:
        return int((tag.high - tag.low) * OF_RANGE)
    if tag.unit == "s" and tag.kind is Kind.U32:
        return TOTALS
    return int(BY_UNIT.get(tag.unit, 0.0) * 10**tag.decimals)


def _worth_it(tag: Tag) -> bool:
    return (
        tag.writer in WRITERS
        and tag.name.rpartition(".")[2] not in LEFT_OUT
        and any(tag.table is table and first <= tag.address < end for table, first, end in PARTS)
    )
