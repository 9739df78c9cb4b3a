"""The boards' page: every kind of board and link is told, in words and not by colour alone."""

from __future__ import annotations

import pytest

from hmi.link.snapshot import LinkState
from hmi.panels.boards import boards
from protocols.modbus_server import PlantServer
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.toy_plant import ToyPlant

REAL = {
    "ST05.BoardTier": 3, "ST05.BoardLink": 1, "ST05.LinkRttMean": 783, "ST05.LinkRttMax": 2878, "ST05.LinkJitter": 65,
    "ST05.LinkRetries": 41, "ST05.LinkGarbled": 12, "ST05.LinkTimeouts": 29, "ST05.LinkLate": 7, "ST05.LinkLost": 2,
    "ST05.LinkAsked": 123456, "ST05.LinkAnswered": 123454,
}  # fmt: skip


def row(changes: dict[str, int], width: int = 80, number: int = 5) -> str:
    return text(boards(frame(changes), width)).splitlines()[1 + number]


def test_a_real_board_shows_its_links_figures() -> None:
    assert row(REAL).split() == ["5", "Serial", "●", "connected", "7.83", "28.78", "0.65", "41", "12", "29", "7", "2"]
    assert row(REAL, 140).split()[-2:] == ["123456", "123454"]
    assert row(REAL, number=4).split() == ["4", "None", "●", "ok"], "the toy plant says nothing of its boards"


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"BoardLink": 3, "LinkOk": 0}, "■ LINK LOST"),
        ({"BoardLink": 2, "LinkOk": 0}, "◌ SEARCHING"),
        ({"BoardLink": 4, "LinkOk": 0}, "× REFUSED"),
        ({"BoardTier": 1, "BoardLink": 0, "LinkOk": 0}, "■ LINK LOST"),
    ],
)
def test_what_is_wrong_with_a_link_is_marked(link: dict[str, int], says: str) -> None:
    assert says in row(REAL | {f"ST05.{name}": value for name, value in link.items()})


def test_sensors_that_differ_are_named() -> None:
    assert "REAL SENSORS" not in text(boards(frame(REAL), 120))
    differing = {"ST05.TwinDiffering": 1 << 2 | 1 << 7, "ST05.TwinDifferences": 3, "ST05.TwinChannel": 7,
                 "ST05.TwinWorst": 290, "ST05.TwinSince": 75}  # fmt: skip
    said = text(boards(frame(REAL | differing), 120))
    assert "ST05 Clamped, Press force for 1m15s; 3 so far, worst Press force by 290" in said
    agreed = text(boards(frame(REAL | differing | {"ST05.TwinDiffering": 0}), 120))
    assert "ST05 agree now; 3 so far" in agreed


def test_without_a_link_to_the_plant_nothing_is_said_for_certain() -> None:
    stale = frame(REAL, state=LinkState.LOST, age_s=9)
    assert "?● connect" in text(boards(stale, 80))


async def test_b_opens_the_page(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    plant.set(**REAL)
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "B Boards")
    hmi.press("b")
    await hmi.shows("BOARDS", "Serial", "● connected", "28.78")
    plant.set(**{"ST05.BoardLink": 3, "ST05.LinkOk": 0})
    await hmi.shows("■ LINK LOST", within_s=5)
    hmi.press("5")
    await hmi.shows("BOARD LOST")
    hmi.press("b")
    await hmi.shows("■ LINK LOST")
    hmi.press("escape")
    await hmi.shows("BOARD LOST")
