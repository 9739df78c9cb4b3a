"""What a journal tells, on a real terminal: the write log beside the registers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from protocols.modbus_server import PlantServer
from protocols.plant_map import PLANT_MAP
from sector7.journal.logs import Logs
from sector7.journal.rows import DONE, Write
from tests.hmi.conftest import Open
from tests.hmi.painted import Painted
from tests.hmi.toy_plant import ToyPlant


@pytest.fixture
def logs() -> Logs:
    """The newest rows of a journal, as a server tells them."""
    made = Logs()
    for number, who, role, tag, old, new in (
        (5, "ada (plc) at 10.0.0.9:777", "plc", "ST05.torque_low_sp", 540, 550),
        (6, "127.0.0.1:7", "engineer", "Line.CntrlCmd", 0, 4),
    ):
        made.add_write(Write(number, number * 1_000_000, 0.0, who, role, 1, tag, old, new, DONE))
    return made


@pytest.fixture
async def journaled(plant: ToyPlant, logs: Logs) -> AsyncIterator[PlantServer]:
    plant.set(**{"Line.JournalState": 1})
    server = PlantServer(plant, plant, PLANT_MAP, port=0, files=logs)
    await server.start()
    yield server
    await server.stop()


async def test_what_a_journal_tells(plant: ToyPlant, journaled: PlantServer, logs: Logs, open_hmi: Open) -> None:
    hmi = await open_hmi(journaled.port, 100, 30)
    await hmi.shows("LINK OK")
    await a_register_is_written(hmi, plant, logs)


async def a_register_is_written(hmi: Painted, plant: ToyPlant, logs: Logs) -> None:
    hmi.press("g")
    await hmi.shows("WRITES to all tags", "every value, kept by the journal", "Line.CntrlCmd  None -> Hold  OK")
    await hmi.shows("ada 10.0.0.9:777 ST05.torque_low_sp  5.40 -> 5.50 N·m  OK")
    hmi.press("/", "hr6")
    await hmi.shows("/ hr6_", "HR6     Line.OrderTargetRequest")
    hmi.press("enter")
    await hmi.shows_no_longer("Enter keep")
    await hmi.shows("read 0.0 s ago")
    hmi.press("enter")
    await hmi.shows("Write Line.OrderTargetRequest", "HR6 of unit 1, for operator, engineer, plc", "0..65535 as u16")
    hmi.press("70000")
    await hmi.shows("▲ outside 0..65535")
    hmi.press("\x7f", "enter")
    await hmi.shows("Write Line.OrderTargetRequest ?", "0 → 7000", "[  Cancel  ]")
    hmi.press("y")
    await hmi.shows("0 -> 7000  OK  reads back")
    assert plant.writes == [("Line.OrderTargetRequest", 7000)]
    logs.add_write(Write(7, 63_000_000, 0.0, "127.0.0.1:7", "engineer", 1, "Line.OrderTargetRequest", 0, 7000, DONE))
    await hmi.shows("127.0.0.1:7      Line.OrderTargetRequest  0 -> 7000  OK")
    hmi.press("v")
    await hmi.shows("WRITES to Line.OrderTargetRequest")
    await hmi.shows_no_longer("Line.CntrlCmd")
    hmi.press("v")
    await hmi.shows_no_longer("WRITES")
