"""Puts the commissioning of a rig together: ledger, checks, people, hidden defects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from firmware_sim.commissioning.commissioner import Commissioner
from firmware_sim.commissioning.ledger import Book, StationLedger
from firmware_sim.commissioning.program import Commissioning
from firmware_sim.plc.line import Line
from firmware_sim.plc.unit import Unit
from plant.line import Plant
from protocols.ports import Log
from sector7.faults.injector import Faults
from sector7.reactivation.defects import DORMANT, dealt, listed, lost_drawings
from sector7.reactivation.desk import CommissioningDesk
from sector7.reactivation.repairs import Repairs
from sector7.rig.trace import STRIDE

if TYPE_CHECKING:
    from sector7.recipe import Recipe


def commissioning(recipe: Recipe, plant: Plant, line: Line, log: Log) -> CommissioningDesk:
    """Everything but the defects. The stations of a warm plant are released, and of one that was only switched off."""
    warm = recipe.start == "warm" or recipe.dormant.commissioned
    book = Book()
    stations = []
    for unit in line.units:
        unit.released = warm
        ledger = StationLedger(unit.io, book, log, STRIDE * unit.io.number, released=warm)
        stations.append(_commissioner(unit, ledger, plant, line))
    return CommissioningDesk(Commissioning(line, stations), book, plant.technicians)


def _commissioner(unit: Unit, ledger: StationLedger, plant: Plant, line: Line) -> Commissioner:
    station = Commissioner(unit, ledger, plant.technicians[unit.io.number])
    station.supplied = line.supplied
    station.call_supplies = line.call_supplies
    return station


def let_age(recipe: Recipe, plant: Plant, faults: Faults, seed: int) -> None:
    """What the years have done to a dormant plant: hidden defects, each with its root cause on record."""
    dormant = recipe.dormant
    if recipe.start == "warm" or dormant.commissioned:
        return
    numbers = [row.number for row in recipe.station]
    boards = [row.number for row in recipe.station if row.board != "serial" and row.remote is None]
    defects = listed(dormant.defect)
    if dormant.defects == "random":
        defects += dealt([n for n in numbers if n not in dormant.unknown_maps], boards, seed)
    for defect in defects:
        faults.inject(0, defect.fault, DORMANT, defect.why, hidden=True)
    for number in dormant.unknown_maps:
        for defect in lost_drawings(number, seed):
            faults.inject(0, defect.fault, DORMANT, "the drawings are lost", hidden=True)


def send_for(plant: Plant, faults: Faults) -> dict[int, Repairs]:
    """The crews of the stations learn what they can repair."""
    repairs = {}
    for number, station in plant.stations.items():
        repairs[number] = Repairs(number, station.terminals, faults)
        plant.technicians[number].mend = repairs[number].mend
    return repairs
