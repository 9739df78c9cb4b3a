"""The overview as it is painted on a real terminal, fed by a real server."""

from __future__ import annotations

import re

from protocols.modbus.server import PlantServer
from protocols.stations.io_table import STATIONS
from tests.hmi.conftest import Open
from tests.hmi.toy_plant import ToyPlant

_COLOURS = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


async def test_the_overview_tells_the_line_at_a_glance(server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "12 Pack-out", "F8 Line stop", "Q Quit")
    for io in STATIONS:
        assert re.search(rf"[┌┏] {io.number} {re.escape(io.title[:5])}", hmi.text), io.title
    assert "ST05 Joint assembly HELD 3m31s (Seat joint 1 timed out) -> starving ST06, blocking ST04" in hmi.text
    assert "LINE ● EXECUTE" in hmi.lines[0]
    assert "Order 4711 38/60" in hmi.lines[0]
    assert "14:12:12" in hmi.lines[0]
    assert "ST05 Joint assembly  ■ HELD 3m31s  Seat joint 1 timed out" in hmi.lines[1]
    assert "┏ 5 Joint assembly ━━┓" in hmi.text
    assert "◁ STARVED" in hmi.text
    assert "▷ BLOCKED" in hmi.text
    assert "OEE 71.4 %" in hmi.text
    assert "Air 6.42 bar" in hmi.text
    assert "─ ALARMS AND STOPS ─" in hmi.text
    assert "─ TRENDS ─" in hmi.text
    assert re.search(r"Boards  ● 12 ok .*No command was given", hmi.text)
    assert "F8 Line stop" in hmi.lines[-1]


async def test_values_follow_the_plant(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("OEE 71.4 %")
    plant.set(**{"Line.OEE": 333, "ST07.StateCurrent": 9, "ST07.StopReason": 2, "Line.SpeedFactor": 0, "Line.AirOk": 0})
    await hmi.shows("OEE 33.3 %", "× ABORTED", "Safety chain open", "PAUSED", "6.42 bar !")
    assert "┏ 7 Power cell" in hmi.text


async def test_twelve_stations_on_80x24(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK", "12  Pack-out", "F8 Line stop", "Q Quit")
    for io in STATIONS:
        row = hmi.line(f"{io.number:>2}  {io.title[:5]}")
        assert re.search(r"EXECUTE|HELD|STARVED|BLOCKED", row), io.title
    assert "■ HELD      3m31s" in hmi.line(" 5  Joint")
    assert "Seat joint 1 t" in hmi.line(" 5  Joint")
    assert "Boards  ● 12 ok" in hmi.text
    assert "Starved ◁ ST06   Blocked ▷ ST04" in hmi.text
    assert "Line stop" in hmi.lines[-1]
    assert "F6" not in hmi.lines[-1], "keys that do not work now give way first"
    assert "Help" in hmi.lines[-1]


async def test_readable_without_colours(server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, env={"NO_COLOR": "1"})
    await hmi.shows("LINK OK", "■ HELD", "┏ 5 Joint", "Q Quit")
    assert not _COLOURS.search(hmi.raw)
    assert b"\x1b[1;7;39;49m" in hmi.raw, "what is abnormal is still inverted"


async def test_readable_in_sixteen_colours(server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, env={"TEXTUAL_COLOR_SYSTEM": "standard", "TERM": "xterm"})
    await hmi.shows("LINK OK", "■ HELD", "┏ 5 Joint", "Q Quit")
    assert b"38;2;" not in hmi.raw
    assert b"38;5;" not in hmi.raw


async def test_every_size_is_drawn_and_too_small_is_said(server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    for size in ((80, 24), (200, 60), (30, 5), (97, 31), (81, 25), (160, 50), (60, 15), (1, 1), (140, 42), (60, 15)):
        hmi.resize(*size)
    await hmi.shows("60x15 is too small: 80x24")
    hmi.press("f9")
    await hmi.shows("Line Hold  REFUSED")
    hmi.resize(100, 32)
    await hmi.shows("┌ 12 Pack-out", "REFUSED  the terminal is too small")
    hmi.resize(140, 42)
    await hmi.shows("┌ 12 Pack-out", "LAST ACTIONS")
    assert hmi.lines[0].startswith(" 1 OVERVIEW")
    assert hmi.line("┌ 7 Power cell").count("┐") == 6
