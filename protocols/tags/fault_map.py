"""Injected faults in unit 1: the commands of an engineer, what is injected where, and the files of root causes.

Input registers 641-703, holding registers 368-399, discrete input 224, files 30 and 31. Kinds are numbered in
`fault_kinds`, targets in `fault_targets`. Write the block 368-383 whole with one request, so that two masters cannot mix
their words, and judge by FaultResult. The three parameters stand in the order in which the kind declares them:
value x 10^exponent, and only those count whose bit is set in FaultGiven; the others take their defaults.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from protocols.faults.kinds import BY_KIND, KINDS
from protocols.faults.targets import target_name, target_numbers
from protocols.roles import ENGINEERS
from protocols.stations.io_table import STATIONS
from protocols.tags.tag import Kind, Table, Tag, Writer, command_register

KIND_LABELS: Final = ((0, "None"), *((kind.code, kind.name) for kind in KINDS))
UNIT_LABELS: Final = ((0, "ms"), (1, "s"), (2, "min"))
#: Microseconds of the units of time.
UNITS_US: Final = (1_000, 1_000_000, 60_000_000)
PARAMETERS: Final = 3


class FaultResult(IntEnum):
    """FaultResult register: what became of the last command."""

    NONE = 0
    INJECTED = 1
    CLEARED = 2
    UNKNOWN_KIND = 3
    UNKNOWN_TARGET = 4
    BAD_PARAMETER = 5
    BAD_TIME = 6
    UNKNOWN_FAULT = 7
    TOO_MANY = 8


RESULT_LABELS: Final = tuple((int(result), result.name.replace("_", " ").capitalize()) for result in FaultResult)

_PARAMETER_ROWS: Final = tuple(
    row
    for n in range(PARAMETERS)
    for row in (
        (372 + 2 * n, f"FaultValue{n + 1}", -32768, 32767, 0, (), f"parameter {n + 1}: its digits"),
        (373 + 2 * n, f"FaultExponent{n + 1}", -6, 6, 0, (), f"parameter {n + 1}: the power of ten they are multiplied with"),
    )
)
#: Holding registers: (address, name, low, high, default, labels, doc).
COMMANDS: Final = (
    (368, "FaultKind", 0, 999, 0, KIND_LABELS, "what to inject, taken on a rising edge of FaultChangeRequest"),
    (369, "FaultStation", 0, 12, 0, (), "where: the station, 0: the line"),
    (370, "FaultPlace", 0, 15, 0, (), "where there: input, transmitter, mechanism, supply or source, from 0"),
    (371, "FaultOther", 0, 15, 0, (), "of inputs that are swapped: the second one"),
    *_PARAMETER_ROWS,
    (378, "FaultGiven", 0, 7, 0, (), "bits: which parameters are given"),
    (379, "FaultTimeUnit", 0, 2, 1, UNIT_LABELS, "unit of the three times that follow"),
    (380, "FaultLasts", 0, 65535, 0, (), "how long, 0: until it is cleared"),
    (381, "FaultOn", 0, 65535, 0, (), "of one that comes and goes: how long it is there, on average; 0: all the time"),
    (382, "FaultOff", 0, 65535, 0, (), "and how long it is gone, on average"),
    (383, "FaultChangeRequest", 0, 1, 0, (), "0 to 1 injects; may stay 1"),
    (384, "FaultNumber", 0, 65535, 0, (), "fault to clear, 0: all; taken on a rising edge of FaultClearRequest"),
    (385, "FaultClearRequest", 0, 1, 0, (), "0 to 1 clears; may stay 1"),
)  # fmt: skip

#: Input registers of the line: (address, name, labels, doc).
INPUTS: Final = (
    (641, "FaultResult", RESULT_LABELS, "what became of the last command to inject or clear"),
    (642, "FaultResultNumber", (), "the fault that it injected or cleared, 0: none, or all"),
    (643, "FaultCommandsTaken", (), "commands taken, modulo 65536"),
    (644, "InjectionsActive", (), "injected faults that have not ended"),
    (645, "InjectionsTotal", (), "faults injected since the run began"),
)
_COUNT, _TERMINALS, _MECHANISMS, _NEWEST = 648, 661, 673, 685

#: Files: faults that have not ended, and the last that have, each oldest first.
ACTIVE_FILE, PAST_FILE = 30, 31
ROW_WORDS: Final = 112
#: Faults that may be active at once, and ended ones that are told: as many as one file holds.
MOST: Final = 64
_WHO, _WHY, _ENDED_BY = 40, 96, 40  # bytes
_ROW: Final = struct.Struct(">HHBBBBQQQHHfff")


def fault_tags() -> list[Tag]:
    """The tags in unit 1."""
    u16, plant = Kind.U16, Writer.PLANT
    tags = [
        command_register(f"Line.{name}", address, low, high, default, labels, doc, ENGINEERS)
        for address, name, low, high, default, labels, doc in COMMANDS
    ]
    tags += [Tag(f"Line.{n}", Table.INPUT, a, u16, plant, doc, labels=labels) for a, n, labels, doc in INPUTS]
    tags.append(Tag("Line.Injected", Table.DISCRETE, 224, Kind.BOOL, plant, "a fault is injected somewhere"))
    for number, owner in ((0, "Line"), *((io.number, io.code) for io in STATIONS)):
        what = "at the station" if number else "at no station: supplies, sources of power"
        tags += [
            Tag(f"{owner}.InjectedFaults", Table.INPUT, _COUNT + number, u16, plant, f"injected faults that have not ended, {what}"),
            Tag(f"{owner}.InjectedKind", Table.INPUT, _NEWEST + number, u16, plant, f"the newest of them, {what}", labels=KIND_LABELS),
        ]  # fmt: skip
        if number:
            tags += [
                Tag(f"{owner}.InjectedTerminals", Table.INPUT, _TERMINALS + number - 1, u16, plant,
                    "bits: terminals with a fault injected, inputs from 0, transmitters from 8"),
                Tag(f"{owner}.InjectedMechanisms", Table.INPUT, _MECHANISMS + number - 1, u16, plant,
                    "bits: mechanisms with a fault injected, in their order"),
            ]  # fmt: skip
    return tags


#: Names of the commands, for whoever writes or carries them out.
FAULT_COMMANDS: Final = tuple(f"Line.{name}" for _, name, *_ in COMMANDS)
#: Those that one request writes to inject.
INJECT: Final = FAULT_COMMANDS[: FAULT_COMMANDS.index("Line.FaultChangeRequest") + 1]


def digits(value: float) -> tuple[int, int]:
    """Digits and exponent of a parameter. Raises ValueError for what they cannot carry (more than four digits)."""
    for exponent in range(6, -7, -1):
        raw = round(value * 10**-exponent) if exponent <= 0 else round(value / 10**exponent)
        if abs(raw) <= 32767 and number(raw, exponent) == value:
            return raw, exponent
    raise ValueError(f"{value!r} has too many digits: at most four, between 0.000001 and 32767000000")


def number(raw: int, exponent: int) -> float:
    """The parameter that digits and exponent carry."""
    return raw / 10**-exponent if exponent < 0 else float(raw * 10**exponent)


def duration(us: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """Unit and numbers of some times in us. Raises ValueError if there is no unit in which all of them are whole."""
    for unit, size in enumerate(UNITS_US):
        if all(each % size == 0 and each // size <= 0xFFFF for each in us):
            return unit, tuple(each // size for each in us)
    raise ValueError("times must be whole in one unit: up to 65.5 s in ms, up to 18 h in s, up to 45 days in minutes")


def injection(
    kind: str, target: str, parameters: Mapping[str, float], other: str = "", lasts_us: int = 0, on_us: int = 0,
    off_us: int = 0,
) -> dict[str, int]:  # fmt: skip
    """The tags to write, in their order, that inject a fault. Raises LookupError for a target, ValueError for a number
    that cannot be said."""
    declared = BY_KIND[kind]
    station, place = target_numbers(kind, target)
    unit, (lasts, on, off) = duration((lasts_us, on_us, off_us))
    values = dict.fromkeys(INJECT, 0)
    for n, parameter in enumerate(declared.parameters, 1):
        if parameter.name in parameters:
            values[f"Line.FaultValue{n}"], values[f"Line.FaultExponent{n}"] = digits(parameters[parameter.name])
            values["Line.FaultGiven"] |= 1 << n - 1
    return values | {
        "Line.FaultKind": declared.code, "Line.FaultStation": station, "Line.FaultPlace": place,
        "Line.FaultOther": target_numbers(kind, other)[1] if other else 0, "Line.FaultTimeUnit": unit,
        "Line.FaultLasts": lasts, "Line.FaultOn": on, "Line.FaultOff": off, "Line.FaultChangeRequest": 1,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One injected fault as files 30 and 31 tell it: the root cause. Times in us; `ended_us` 0: it has not ended.

    `station` and `place` number its target, `other` the second input of one that swaps; `present`: of one that comes and
    goes, it is there now. `parameters` are complete, in the order of the kind.
    """

    number: int
    code: int
    station: int
    place: int
    other: int
    present: bool
    since_us: int
    ended_us: int
    lasts_us: int
    strikes: int
    parameters: tuple[float, ...]
    who: str
    why: str
    ended_by: str

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return dict(KIND_LABELS)[self.code]

    @property
    def target(self) -> str:
        """Its target, as faults name it."""
        return target_name(self.kind, self.station, self.place)


def row_words(row: FaultRow) -> tuple[int, ...]:
    """A fault as registers."""
    values = (*row.parameters, 0.0, 0.0, 0.0)[:PARAMETERS]
    data = _ROW.pack(
        row.number, row.code, row.station, row.place, row.other, row.present, row.since_us, row.ended_us, row.lasts_us,
        min(row.strikes, 0xFFFF), len(row.parameters), *values,
    )  # fmt: skip
    data += _text(row.who, _WHO) + _text(row.why, _WHY) + _text(row.ended_by, _ENDED_BY)
    return struct.unpack(f">{ROW_WORDS}H", data.ljust(2 * ROW_WORDS, b"\0"))


def read_row(words: Sequence[int]) -> FaultRow:
    """The fault in registers."""
    data = struct.pack(f">{ROW_WORDS}H", *words)
    number, code, station, place, other, present, since, ended, lasts, strikes, count, *values = _ROW.unpack_from(data)
    at = _ROW.size
    texts = []
    for size in (_WHO, _WHY, _ENDED_BY):
        texts.append(data[at : at + size].rstrip(b"\0").decode("utf-8", "ignore"))
        at += size
    return FaultRow(
        number, code, station, place, other, bool(present), since, ended, lasts, strikes, tuple(values[:count]), *texts
    )


def _text(text: str, size: int) -> bytes:
    return text.encode()[:size].decode("utf-8", "ignore").encode().ljust(size, b"\0")
