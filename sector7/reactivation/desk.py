"""What masters command in commissioning, and what they are told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from firmware_sim.commissioning.commissioner import Commissioner
from firmware_sim.commissioning.ledger import Book
from firmware_sim.commissioning.program import Commissioning
from plant.technician import Technician
from protocols.commissioning import ENTRY_WORDS, MAP_ITEM, Activity, By, Command, Finding, Result, Stage, entry_words
from protocols.tags.commissioning_map import EVIDENCE_FILE, NO_MAP
from sector7.reactivation.repairs import Repairs

_NOW: Final = {True: Result.TAKEN, False: Result.NOT_NOW}


class CommissioningDesk:
    """Takes commands at scan boundaries. `result` is what became of the last, `maps` the scores of maps."""

    STATE: ClassVar[tuple[str, ...]] = ("result", "maps")

    def __init__(self, program: Commissioning, book: Book, technicians: Mapping[int, Technician]) -> None:
        self.program = program
        self.book = book
        self._stations: dict[int, Commissioner] = {s.unit.io.number: s for s in program.stations}
        self._technicians = technicians
        #: Who knows how a station is wired; whoever knows its defects sets them.
        self.repairs: Mapping[int, Repairs] = {}
        self.result = int(Result.NONE)
        self.maps: dict[int, int] = {}

    def command(self, now: int, asked: Mapping[str, int]) -> None:
        """Carry out what the registers `asked` (by name behind `Line.`) say."""
        number, command = asked["CommissionStation"], asked["CommissionCommand"]
        value, other = asked["CommissionValue"], asked["CommissionOther"]
        if not number:
            self.result = int(self._line(now, command))
        elif number not in self._stations:
            self.result = int(Result.NO_STATION)
        elif command == Command.SUBMIT_MAP:
            self.result = int(self._submit(now, number, [asked[f"MapInput{i}"] for i in range(6)]))
        else:
            self.result = int(self._station(now, number, command, value, other))

    def _line(self, now: int, command: int) -> Result:
        if command in (Command.AUTOMATIC, Command.PRODUCE):
            return _NOW[self.program.begin(now, produce=command == Command.PRODUCE)]
        if command == Command.STOP:
            self.program.stop(now)
            return Result.TAKEN
        return Result.NO_STATION

    def _station(self, now: int, number: int, command: int, value: int, other: int) -> Result:
        station = self._stations[number]
        if command == Command.AUTOMATIC:
            return _NOW[station.begin(now, By.PROGRAM)]
        if command == Command.STEP:
            return _NOW[station.begin(now, By.OPERATOR)]
        if command == Command.CONFIRM:
            return self._confirm(station, value)
        if command == Command.REPAIR:
            if not Finding.DEAD_BOARD <= value <= Finding.SEIZED:
                return Result.NO_SUCH_VALUE
            return _NOW[station.repair(now, value, other)]
        if command == Command.RELEASE:
            return _NOW[station.release(now)]
        if command == Command.HOLD_SENSOR:
            return self._hold(now, number, value)
        if command == Command.STOP:
            station.stop(now)
            self._technicians[number].hold(now, 0)
            return Result.TAKEN
        return Result.NO_SUCH_VALUE

    def _confirm(self, station: Commissioner, value: int) -> Result:
        if station.activity != Activity.CONFIRM:
            return Result.NOT_NOW
        if not station.io_check.agrees(value):
            return Result.DISAGREES
        station.io_check.confirmed = True
        return Result.TAKEN

    def _hold(self, now: int, number: int, sensor: int) -> Result:
        """Have a sensor held until another one is, or Stop; 15 lets go."""
        station = self._stations[number]
        if station.active or station.ledger.stage == Stage.RELEASED:
            return Result.NOT_NOW
        names = station.unit.io.inputs
        if sensor >= len(names) and sensor != 15:
            return Result.NO_SUCH_VALUE
        self._technicians[number].hold(now, 0 if sensor == 15 else 1 << sensor)
        return Result.TAKEN

    def _submit(self, now: int, number: int, sensors: Sequence[int]) -> Result:
        """A map of the inputs; its score is evidence."""
        station = self._stations[number]
        if station.active or station.ledger.stage >= Stage.IO_CHECKED:
            return Result.NOT_NOW
        count = len(station.unit.io.inputs)
        score = self.repairs[number].take_over(now, tuple(sensors[:count]))
        self.maps[number] = score
        stage = int(Stage.IO_CHECKED)
        self.book.write(now, number, stage, MAP_ITEM, int(By.OPERATOR), count, count, score, 0, 0)
        return Result.TAKEN

    # ---- what is shown
    def line_values(self) -> dict[str, int]:
        """Raw values of the line's tags."""
        program = self.program
        return {
            "Line.Commissioning": program.outcome,
            "Line.StationsReleased": program.released,
            "Line.CommissionResult": self.result,
            "Line.EvidenceCount": self.book.count & 0xFFFF,
            "Line.AllReleased": program.released == len(program.stations),
        }

    def station_values(self, number: int) -> dict[str, int]:
        """Raw values of one station's tags."""
        station = self._stations[number]
        code = station.unit.io.code
        return {
            f"{code}.CommissionStage": station.ledger.stage,
            f"{code}.CommissionActivity": station.activity,
            f"{code}.CommissionItem": station.item,
            f"{code}.CommissionFinding": station.finding,
            f"{code}.MapScore": self.maps.get(number, NO_MAP),
            f"{code}.Released": station.unit.released,
        }

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`: the evidence."""
        if file != EVIDENCE_FILE:
            return None
        words = [len(self.book.rows), ENTRY_WORDS]
        for entry in self.book.entries():
            words += entry_words(entry)
        part = words[record : record + count]
        return part if len(part) == count else None
