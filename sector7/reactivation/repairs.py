"""What a crew does about a diagnosis: it ends the hidden defects that are what it was told, and no others."""

from __future__ import annotations

from typing import Final

from plant.terminals import Terminals
from protocols.commissioning import LOW_ITEM, Finding
from protocols.stations.io_table import BY_NUMBER
from protocols.stations.station_io import StationIO
from sector7.faults.fault import Fault, Record
from sector7.faults.injector import Faults
from sector7.reactivation.defects import DORMANT, FINDINGS

_CREW: Final = "the crew"


class Repairs:
    """Repairs at one station."""

    def __init__(self, number: int, terminals: Terminals, faults: Faults) -> None:
        self._io: StationIO = BY_NUMBER[number]
        self._terminals = terminals
        self._faults = faults

    def mend(self, now: int, diagnosis: tuple[int, int, int]) -> bool:
        """Kind, item and other item of what is wrong. False if the crew finds nothing of the kind."""
        if diagnosis[0] == Finding.SWAPPED:
            return self._exchange(now, *diagnosis[1:])
        right = [record for record in self._defects() if self._is(record, *diagnosis[:2])]
        for record in right:
            self._faults.clear(now, record.number, _CREW)
        return bool(right)

    def take_over(self, now: int, wiring: tuple[int, ...]) -> int:
        """Somebody says which sensor is connected to each input; returns how many are right. If all are, the inputs
        are assigned accordingly, and from then on every sensor is seen where it belongs."""
        score = sum(said == true for said, true in zip(wiring, self._terminals.wiring, strict=True))
        if score == len(wiring):
            for record in self._exchanges():
                self._faults.clear(now, record.number, "the engineer's map")
        return score

    def _exchange(self, now: int, sensor: int, found_at: int) -> bool:
        """The wires at two terminals are exchanged, if the sensor is indeed connected to the wrong one of them."""
        names = self._io.inputs
        if not (sensor < len(names) and found_at < len(names)) or self._terminals.wiring[found_at] != sensor:
            return False
        before = self._exchanges()
        wires = list(self._terminals.wiring)
        wires[sensor], wires[found_at] = wires[found_at], wires[sensor]
        if wires == list(range(len(names))):
            for record in before:
                self._faults.clear(now, record.number, _CREW)
        else:
            on, other = (f"{self._io.code}.{names[n]}" for n in (sensor, found_at))
            exchange = Fault("swapped", on, (), other)
            self._faults.inject(now, exchange, DORMANT, "two wires of many were put right", hidden=True)
        return True

    def _defects(self) -> list[Record]:
        own = (record for record in self._faults.active if record.who == DORMANT)
        return [record for record in own if record.fault.target.partition(".")[0] == self._io.code]

    def _exchanges(self) -> list[Record]:
        return [record for record in self._defects() if record.fault.kind == "swapped"]

    def _is(self, record: Record, finding: int, item: int) -> bool:
        fault, io = record.fault, self._io
        if FINDINGS.get(fault.kind) != finding:
            return False
        if finding in (Finding.SEIZED, Finding.DEAD_BOARD):
            return True
        names = tuple(a.name for a in io.analogs) if item >= LOW_ITEM else io.inputs
        number = item % 4 if item >= LOW_ITEM else item
        return number < len(names) and fault.target == f"{io.code}.{names[number]}"
