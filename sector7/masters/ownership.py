"""Who owns a station, as masters see it: owner requests, what an owner writes to the board unit, what it reports."""

from __future__ import annotations

from collections.abc import Sequence

from firmware_sim.plc.seat import Seat
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.station_map import COMMAND_REGISTERS
from protocols.tags.tag import Table, Tag
from sector7.rig.cabinet import Cabinet


class Ownership:
    """Carries what masters wrote about ownership to the seats of the stations, at scan boundaries."""

    def __init__(self, cabinets: Sequence[Cabinet]) -> None:
        self.cabinets = {cabinet.station.number: cabinet for cabinet in cabinets}

    def owns(self, unit: int) -> bool:
        """True if a master owns the station behind board unit 11..22: its writes count."""
        cabinet = self.cabinets.get(unit - 10)
        return cabinet is not None and cabinet.seat.taken

    def takes(self, unit: int, tag: Tag) -> bool:
        """True if a master's write to a board unit counts: a command of whoever owns the station. How a board is
        configured is settled with the board itself, when its link begins."""
        return self.owns(unit) and (tag.table is Table.COIL or tag.address < COMMAND_REGISTERS)

    def apply(self, now: int, number: int, item: str, raw: int) -> None:
        """One written value of station `number` (`item`: the tag's name behind the station's code)."""
        cabinet = self.cabinets[number]
        seat = cabinet.seat
        if item == "OwnerRequest":
            cabinet.hand_over(now, raw)
        elif item == "ExternalState":
            seat.reported = raw
        elif item == "ExternalAlive":
            cabinet.hear(now, bool(raw))
        elif item.startswith("Board.") and seat.taken:
            _write(seat, PLANT_MAP[f"{cabinet.unit.io.code}.{item}"], raw)

    def holds(self, number: int, item: str, raw: int) -> bool:
        """True if a value that was written before still stands: giving it to the seat again would change nothing."""
        cabinet = self.cabinets.get(number)
        if cabinet is None:
            return True
        seat = cabinet.seat
        if item == "OwnerRequest":
            return seat.owner == raw
        if item == "ExternalState":
            return seat.reported == raw
        if item.startswith("Board.") and seat.taken:
            before = seat.image
            _write(seat, PLANT_MAP[f"{cabinet.unit.io.code}.{item}"], raw)
            same, seat.image = seat.image == before, before
            return same
        return True


def _write(seat: Seat, tag: Tag, raw: int) -> None:
    if tag.table is Table.COIL:
        seat.write_coil(tag.address, raw)
    else:
        seat.write_word(tag.address + 1, raw)
