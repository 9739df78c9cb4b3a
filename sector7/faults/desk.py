"""Where masters inject faults: what the command registers say becomes a fault, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from protocols.faults.kinds import KINDS, FaultKind
from protocols.faults.targets import target_name
from protocols.tags.fault_map import MOST, UNITS_US, FaultResult, number
from sector7.faults.fault import Fault, FaultError, make
from sector7.faults.injector import Faults

#: Who breaks things here: the role that the tags ask for.
WHO: Final = "an engineer over Modbus"
_CODES: Final = {kind.code: kind for kind in KINDS}
#: Faults of one run; their numbers fit a register.
_MOST_OF_ALL: Final = 9_999


class FaultDesk:
    """Takes commands and tells what became of the last: `result` (FaultResult), `number` of its fault, and `taken`,
    which counts."""

    STATE: ClassVar[tuple[str, ...]] = ("result", "number", "taken")

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.result = 0
        self.number = 0
        self.taken = 0

    def inject(self, now: int, values: Mapping[str, int]) -> None:
        """What FaultChangeRequest asks for; `values`: the command registers by tag name."""
        said = {name.removeprefix("Line.Fault"): raw for name, raw in values.items() if name.startswith("Line.Fault")}
        kind = _CODES.get(said["Kind"])
        if kind is None:
            self._end(FaultResult.UNKNOWN_KIND)
            return
        if len(self._faults.active) >= MOST or len(self._faults.records) >= _MOST_OF_ALL:
            self._end(FaultResult.TOO_MANY)
            return
        fault = _fault(kind, said)
        if isinstance(fault, Fault):
            try:
                self._end(FaultResult.INJECTED, self._faults.inject(now, fault, WHO).number)
            except FaultError:
                self._end(FaultResult.UNKNOWN_TARGET)
        else:
            self._end(fault)

    def clear(self, now: int, number: int) -> None:
        """What FaultClearRequest asks for; 0: all."""
        records = self._faults.records
        if number > len(records) or (number and records[number - 1].active and records[number - 1].hidden):
            self._end(FaultResult.UNKNOWN_FAULT, number)
            return
        for each in [number] if number else [record.number for record in self._faults.shown]:
            self._faults.clear(now, each, WHO)
        self._end(FaultResult.CLEARED, number)

    def _end(self, result: FaultResult, number: int = 0) -> None:
        self.result, self.number = int(result), number
        self.taken = self.taken + 1 & 0xFFFF


def _fault(kind: FaultKind, said: Mapping[str, int]) -> Fault | FaultResult:
    """The fault that the registers describe, or what is wrong with them."""
    target = target_name(kind.name, said["Station"], said["Place"])
    other = target_name(kind.name, said["Station"], said["Other"]) if kind.other else ""
    if not target or (kind.other and not other):
        return FaultResult.UNKNOWN_TARGET
    lasts, on, off = (said[name] * UNITS_US[said["TimeUnit"]] for name in ("Lasts", "On", "Off"))
    if (kind.momentary and (lasts or on or off)) or bool(on) is not bool(off):
        return FaultResult.BAD_TIME
    parameters = {
        parameter.name: number(said[f"Value{n}"], said[f"Exponent{n}"])
        for n, parameter in enumerate(kind.parameters, 1)
        if said["Given"] >> n - 1 & 1
    }
    try:
        return make(kind.name, target, parameters, other=other, lasts_us=lasts, on_us=on, off_us=off)
    except FaultError:
        return FaultResult.BAD_PARAMETER
