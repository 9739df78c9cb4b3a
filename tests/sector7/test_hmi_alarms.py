"""The alarm summary on a terminal, in front of the real plant: seen, acknowledged, shelved, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.hmi.painted import Painted
from tests.sector7.lines import MINUTE, QUIET, line
from tests.sector7.real_time import running


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A line without compressed air, in which a board was cut off too; at real speed on a free port."""
    rig = Rig(line(**QUIET), 3)
    rig.run(10 * MINUTE)
    rig.plant.utilities["air"].fail(rig.now)
    rig.run(11 * MINUTE)
    rig.cabinets[4].link(rig.now, False)
    rig.run(13 * MINUTE)
    plant = PlantService(rig, "127.0.0.1", 0, 1.0, epoch=1)
    async with running(plant):
        yield plant.server.port


async def test_alarms_are_seen_and_acknowledged(port: int) -> None:
    hmi = Painted()
    try:
        await hmi.start(port)
        await hmi.shows(
            "LINK OK", "◆ 2 med · 0 low  2 unack", "*◆ MED ST05 first out  Joint assembly: board does not answer"
        )
        hmi.press("a")
        await hmi.shows(
            "3 ALARMS", "2 unacknowledged", "13 suppressed", "[first out, 13 behind it] Compressed air low",
            "[first out] Joint assembly: board does not answer",
        )  # fmt: skip
        # the newer of the two medium ones comes first; its help text says what to do
        await hmi.shows("SELECTED  502", "Look at the board's supply and its connector")
        hmi.press("down")
        await hmi.shows("SELECTED  3 ", "Look at the compressor's panel", "13 consequences suppressed")
        hmi.press("a")
        await hmi.shows("Acknowledge Line.Alarm.air_low ?", "[  Cancel  ]")
        hmi.press("enter")
        await hmi.shows_no_longer("[  Cancel  ]")
        assert "2 unacknowledged" in hmi.text, "Cancel is the default"
        hmi.press("a")
        await hmi.shows("[  Cancel  ]")
        hmi.press("y")
        await hmi.shows("1 unacknowledged", "Acknowledge Line.Alarm.air_low  OK", "SELECTED  3 ")
        hmi.press("up", "enter")
        await hmi.shows("2 STATION 05")
        hmi.press("escape")
        await hmi.shows("3 ALARMS")
        hmi.press("escape")
        await hmi.shows("1 OVERVIEW", "1 unack")
    finally:
        await hmi.stop()


async def test_an_alarm_is_shelved_for_a_reason_and_taken_back(port: int) -> None:
    hmi = Painted(80, 24)
    try:
        await hmi.start(port)
        await hmi.shows("LINK OK")
        hmi.press("a")
        await hmi.shows("2 unacknowledged", "SELECTED  502")
        hmi.press("s")
        await hmi.shows("Shelve ST05.Alarm.board_lost ?", "30 min", "● Nuisance")
        hmi.press("down", "down", "right")
        await hmi.shows("● Instrument fault", "60 min")
        hmi.press("y")
        await hmi.shows("Shelve ST05.Alarm.board_lost for 60 min  OK", "1 unacknowledged", "1 shelved", "SHELVED")
        hmi.press("u")
        await hmi.shows("Unshelve ST05.Alarm.board_lost ?")
        hmi.press("y")
        await hmi.shows("2 unacknowledged", "0 shelved")
        hmi.press("A")
        await hmi.shows("Acknowledge 2 shown ?", "2 alarms on this screen are acknowledged.")
        hmi.press("y")
        await hmi.shows("0 unacknowledged", "2 standing", "Acknowledge 2 shown  OK")
    finally:
        await hmi.stop()


async def test_a_read_only_console_acknowledges_nothing(port: int) -> None:
    hmi = Painted()
    try:
        await hmi.start(port, read_only=True)
        await hmi.shows("LINK OK")
        hmi.press("a")
        await hmi.shows("3 ALARMS", "2 unacknowledged")
        hmi.press("a")
        await hmi.shows("Acknowledge ST05.Alarm.board_lost  REFUSED  this console is read-only")
        hmi.press("s")
        await hmi.shows("Shelve ST05.Alarm.board_lost  REFUSED  this console is read-only")
        assert "2 unacknowledged" in hmi.text
    finally:
        await hmi.stop()
