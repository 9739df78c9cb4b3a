"""What a journal tells, on a real terminal: the write log beside the registers, the events. And the next order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from protocols.alarms.alarm import LOG_ALARM, AlarmState, status_word
from protocols.alarms.table import ALARMS
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.records.event_text import What
from protocols.tags.plant_map import PLANT_MAP
from sector7.journal.logs import Logs
from sector7.journal.rows import DONE, Write
from sector7.rig.trace import STRIDE
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
    made.add_events([(40, (70_000_000, 5 * STRIDE + What.STATE, State.HELD)), (41, (70_000_001, What.AIR, 0))])
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
    await the_next_order_begins(hmi, plant)
    await events_are_followed(hmi, logs)


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


async def the_next_order_begins(hmi: Painted, plant: ToyPlant) -> None:
    plant.writes.clear()
    hmi.press("f1", "p")
    await hmi.shows("P PRODUCTION", "Order 4711", "N Next order")
    hmi.press("n")
    await hmi.shows("Begin an order", "Order number", "4712_")
    hmi.press("enter", "2", "5", "enter")
    await hmi.shows("Begin order 4712 ?", "4711 → 4712: 25 robots", "38 of 60, which stays unfinished")
    hmi.press("y")
    await hmi.until(lambda: plant.get("Line.OrderChangeRequest"), "the request")
    plant.set(**{"Line.OrderNumber": 4712, "Line.OrderTarget": 25, "Line.OrderDone": 0})
    await hmi.shows("Begin order 4712  after order 4711: 25 robots  OK", "0 of 25 robots")


async def events_are_followed(hmi: Painted, logs: Logs) -> None:
    hmi.press("f1", "i")
    await hmi.shows(
        "I EVENTS", "2 of 2, newest first", "Line  supply   Compressed air is missing", "ST05  state    Held"
    )
    hmi.press("down")
    await hmi.shows("Home follows again", "ST05 Joint assembly  at 00:01:10.000")
    alarm = next(one for one in ALARMS if one.station == 5)
    word = status_word(AlarmState.UNACKNOWLEDGED, alarm.priority, 0)
    logs.add_events([(42, (71_000_000, LOG_ALARM + alarm.number, word))])
    await hmi.shows("3 of 3, newest first", f"{alarm.title}: unacknowledged", "ST05 Joint assembly  at 00:01:10.000")
    hmi.press("\x1b[H")
    await hmi.shows(f"Action  {alarm.action[:40]}")
    hmi.press("/", "st05 sta")
    await hmi.shows("EVENTS  / st05 sta", "1 of 3")
    hmi.press("enter")
    await hmi.shows_no_longer("Enter keep")
    hmi.press("enter")
    await hmi.shows("2 STATION 05")
