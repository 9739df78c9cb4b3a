"""Commands from key press to verified feedback, on a real terminal against a real server."""

from __future__ import annotations

from protocols.modbus.server import PlantServer
from protocols.packml import State
from tests.hmi.conftest import Open
from tests.hmi.toy_plant import ToyPlant


async def test_hold_asks_then_holds_the_line(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press("f9")
    await hmi.shows("Line Hold ?", "EXECUTE → HOLDING", "[  Cancel  ]")
    hmi.press("enter")
    await hmi.shows_no_longer("Line Hold ?")
    assert plant.writes == [], "Cancel is the default"
    hmi.press("f9")
    await hmi.shows("Line Hold ?")
    hmi.press("y")
    await hmi.shows("LINE ■ HELD", "Line Hold  from Execute  OK  Held")
    assert plant.writes == [("Line.CntrlCmd", 4), ("Line.CmdChangeRequest", 1), ("Line.CmdChangeRequest", 0)]


async def test_values_stay_live_behind_a_question(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press("f8")
    await hmi.shows("Line stop ?", "not an emergency stop")
    plant.set(**{"Line.OEE": 123})
    await hmi.shows("Line stop ?", "OEE 12.3 %")
    plant.set(**{"Line.StateCurrent": State.STOPPING})
    await hmi.shows("REFUSED  not accepted in Stopping")
    assert "Line stop ?" not in hmi.text
    assert plant.writes == []


async def test_a_station_is_commanded_from_its_page(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press("5")
    await hmi.shows("2 STATION 05 JOINT ASSEMBLY", "[■ HELD 3m31s]", "Supply 4980 mV", "● Clamped")
    hmi.press("f6")
    await hmi.shows("ST05 Unhold ?", "ST05 only", "HELD → UNHOLDING")
    hmi.press("right", "enter")
    await hmi.shows("[● EXECUTE", "ST05 Unhold  from Held  OK  Execute")
    assert plant.writes[:2] == [("ST05.CntrlCmd", 5), ("ST05.CmdChangeRequest", 1)]
    hmi.press("right")
    await hmi.shows("2 STATION 06 HARNESS", "unit 16", "[◌ SUSPENDED")
    hmi.press("escape")
    await hmi.shows("1 OVERVIEW", "┌ 12 Pack-out")


async def test_a_set_point_is_typed_confirmed_and_read_back(
    plant: ToyPlant, server: PlantServer, open_hmi: Open
) -> None:
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    hmi.press("5")
    await hmi.shows("Torque low")
    hmi.press("down", "e")
    await hmi.shows("Set point ST05.torque_low", "3.00..6.00 N·m")
    hmi.press("9")
    await hmi.shows("▲ outside 3.00..6.00")
    hmi.press("enter", "\x7f", "5,5")
    await hmi.shows_no_longer("▲ outside")
    hmi.press("enter")
    await hmi.shows("Change set point ?", "5.40 → 5.50 N·m")
    assert plant.writes == []
    hmi.press("y")
    await hmi.shows("ST05.torque_low_sp  5.40 -> 5.50 N·m  OK")
    assert plant.get("ST05.torque_low_sp") == 550


async def test_a_read_only_console_commands_nothing(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, read_only=True)
    await hmi.shows("LINK OK", "READ-ONLY")
    hmi.press("f9")
    await hmi.shows("Line Hold  REFUSED  this console is read-only")
    hmi.press("j")
    await hmi.shows("Jam clear  REFUSED  this console is read-only")
    assert plant.writes == []
