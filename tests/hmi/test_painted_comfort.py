"""Palette, jump mode, themes and memory on a real terminal."""

from __future__ import annotations

import json
from pathlib import Path

from protocols.modbus.server import PlantServer
from tests.hmi.conftest import Open
from tests.hmi.painted import Painted
from tests.hmi.toy_plant import ToyPlant


async def find(hmi: Painted, typed: str) -> None:
    """Open the palette, type, take the first answer."""
    hmi.press("ctrl+p")
    await hmi.shows("type to find")
    hmi.press(typed, "enter")
    await hmi.shows_no_longer("type to find")


async def test_anything_is_found_by_a_few_letters(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press("ctrl+p")
    await hmi.shows("type to find", "F9  Hold", "Enter  Station")
    assert "F5  Start" not in hmi.text, "only what works here now"
    hmi.press("pow", "enter")
    await hmi.shows("W POWER")
    await find(hmi, "st07 pow")
    await hmi.shows("STATION 07 POWER CELL")
    await find(hmi, "st05 torque")
    await hmi.shows("T TRENDS", "ST05.torque")
    await find(hmi, "register ST05.Board.supply")
    await hmi.shows("G REGISTERS", "UNIT 15", "ST05.Board.supply")
    hmi.press("ctrl+p")
    await hmi.shows("type to find")
    hmi.press("zzqqxx")
    await hmi.shows("nothing has this in its name")
    hmi.press("enter")
    await hmi.shows_no_longer("type to find")
    await find(hmi, "line hold")
    await hmi.shows("Line Hold ?", "Cancel")
    assert plant.writes == [], "a command found is a command asked back"
    hmi.press("y")
    await hmi.shows("LINE ■ HELD")


async def test_jump_mode_reaches_every_station(server: PlantServer, open_hmi: Open) -> None:
    for size in ((140, 42), (80, 24)):
        hmi = await open_hmi(server.port, *size)
        await hmi.shows("LINK OK")
        hmi.press("ctrl+o")
        await hmi.shows("[a]", "[s]", "[w]")
        hmi.press("g")
        await hmi.shows("STATION 05 JOINT ASSEMBLY")
        hmi.press("ctrl+o", "?")
        await hmi.shows_no_longer("[a]")
        assert "STATION 05" in hmi.text, "another key only leaves"


async def test_themes_change_what_is_painted(server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, env={"COLORTERM": "truecolor"})
    await hmi.shows("LINK OK")
    assert b"48;2;31;35;39" in hmi.raw
    assert b"48;2;216;218;219" not in hmi.raw
    hmi.press("ctrl+t")
    await hmi.until(lambda: b"48;2;216;218;219" in hmi.raw, "the light theme's paper")
    await find(hmi, "theme mono")
    await hmi.until(
        lambda: hmi.raw.rfind(b"48;2;31;35;39") > hmi.raw.rfind(b"48;2;216;218;219"), "the dark paper again"
    )


async def test_a_console_is_as_it_was_left(server: PlantServer, open_hmi: Open, tmp_path: Path) -> None:
    home = {"XDG_STATE_HOME": str(tmp_path), "COLORTERM": "truecolor"}
    hmi = await open_hmi(server.port, env=home)
    await hmi.shows("LINK OK")
    hmi.press("ctrl+t")
    await find(hmi, "ST05.press_force")
    await hmi.shows("T TRENDS", "press_force")
    await find(hmi, "store 1")
    hmi.press("f1")
    await hmi.shows("1 OVERVIEW")
    hmi.press("w")
    await hmi.shows("W POWER")
    hmi.press("q")
    assert await hmi.ends() == 0
    again = await open_hmi(server.port, env=home)
    await again.shows("W POWER", "LINK OK")
    assert b"48;2;216;218;219" in again.raw, "the light theme"
    await find(again, "preset 1")
    await again.shows("T TRENDS", "ST05.press_force")
    again.press("q")
    assert await again.ends() == 0


async def test_a_damaged_memory_is_ignored_with_a_note(server: PlantServer, open_hmi: Open, tmp_path: Path) -> None:
    file = tmp_path / "sector7" / "hmi.json"
    file.parent.mkdir()
    file.write_text('{"version": 1, "page":', "utf-8")
    hmi = await open_hmi(server.port, env={"XDG_STATE_HOME": str(tmp_path)})
    await hmi.shows("LINK OK", "1 OVERVIEW", "Settings of last time", "damaged and ignored")
    hmi.press("q")
    assert await hmi.ends() == 0
    assert json.loads(file.read_text("utf-8"))["page"] == "overview"
