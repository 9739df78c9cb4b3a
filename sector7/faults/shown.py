"""What unit 1 shows of injected faults: how many, where, and the files that tell their root causes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from protocols.faults.kinds import Level
from protocols.faults.targets import target_numbers
from protocols.ports import NEVER
from protocols.stations.io_table import STATIONS
from protocols.tags.fault_map import ACTIVE_FILE, MOST, PAST_FILE, ROW_WORDS, FaultRow, row_words
from protocols.tags.station_map import BOARD_FINGERPRINT
from sector7.faults.desk import FaultDesk
from sector7.faults.fault import Fault, Record
from sector7.faults.injector import Faults

_OWNERS: Final = ("Line", *(io.code for io in STATIONS))
_MARKS: Final = ("InjectedFaults", "InjectedKind", "InjectedTerminals", "InjectedMechanisms")
_NOTHING: Final = {
    f"{owner}.{mark}": 0 for owner in _OWNERS for mark in (_MARKS if owner != "Line" else _MARKS[:2])
} | {"Line.Injected": 0}
#: Bit of a transmitter among the terminals; inputs begin at 0.
_FIRST_ANALOG: Final = 8


def fault_values(faults: Faults, desk: FaultDesk) -> dict[str, int]:
    """Raw values of the tags about injected faults."""
    active = faults.shown
    values = {
        "Line.FaultResult": desk.result,
        "Line.FaultResultNumber": desk.number,
        "Line.FaultCommandsTaken": desk.taken,
        "Line.InjectionsActive": len(active),
        "Line.InjectionsTotal": sum(not faults.kept_back(record) for record in faults.records),
    } | _NOTHING
    for record in active:
        _mark(record.fault, values)
    return values


def _mark(fault: Fault, values: dict[str, int]) -> None:
    kind = fault.declared
    station, place = target_numbers(kind.name, fault.target)
    owner = _OWNERS[station]
    values["Line.Injected"] = 1
    values[f"{owner}.InjectedFaults"] += 1
    values[f"{owner}.InjectedKind"] = kind.code
    if kind.level is Level.SENSOR:
        values[f"{owner}.InjectedTerminals"] |= 1 << place
        if fault.other:
            values[f"{owner}.InjectedTerminals"] |= 1 << target_numbers(kind.name, fault.other)[1]
    elif kind.level is Level.TRANSMITTER:
        values[f"{owner}.InjectedTerminals"] |= 1 << _FIRST_ANALOG + place
    elif kind.level is Level.ACTUATOR:
        values[f"{owner}.InjectedMechanisms"] |= 1 << place


def strange_identity(faults: Faults, code: str) -> dict[str, int]:
    """What the board of a station says of itself while it has a firmware that is refused."""
    wrong = [r.fault for r in faults.active if r.fault.kind == "wrong_firmware"]
    versions = [fault["version"] for fault in wrong if fault.target == code]
    return {"fingerprint": BOARD_FINGERPRINT ^ 0xFFFF_FFFF, "firmware_version": int(versions[-1]) if versions else 0}


class FaultFiles:
    """Port `FileSource`: the faults that have not ended, and the last that have."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        if file == ACTIVE_FILE:
            rows = self._faults.shown[:MOST]
        elif file == PAST_FILE:
            ended = (each for each in self._faults.records if not each.active)
            rows = [each for each in ended if not self._faults.kept_back(each)][-MOST:]
        else:
            return None
        part = _words(rows)[record : record + count]
        return part if len(part) == count else None


def _words(records: Sequence[Record]) -> list[int]:
    rows: Iterable[tuple[int, ...]] = (row_words(fault_row(each)) for each in records)
    return [len(records), ROW_WORDS, *chain.from_iterable(rows)]


def fault_row(record: Record) -> FaultRow:
    """A fault as its file tells it."""
    fault = record.fault
    station, place = target_numbers(fault.kind, fault.target)
    return FaultRow(
        record.number, fault.declared.code, station, place,
        target_numbers(fault.kind, fault.other)[1] if fault.other else 0,
        record.present, record.since_us, 0 if record.ended_us == NEVER else record.ended_us, fault.lasts_us,
        record.strikes, tuple(value for _, value in fault.parameters), record.who, record.why, record.ended_by,
    )  # fmt: skip
