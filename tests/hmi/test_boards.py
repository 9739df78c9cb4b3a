"""The boards' page: every kind of board and link is told, in words and not by colour alone."""

from __future__ import annotations

import pytest

from hmi.draw.ink import CURSOR
from hmi.link.snapshot import LinkState
from hmi.panels.board_detail import board_detail, differing_sensors, next_step
from hmi.panels.boards import boards
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.records.board_rows import BoardRow
from protocols.tags.station_map import BOARD_FINGERPRINT
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.toy_plant import ToyPlant

REAL = {
    "ST05.BoardTier": 3, "ST05.BoardLink": 1, "ST05.LinkRttMean": 783, "ST05.LinkRttMax": 2878, "ST05.LinkJitter": 65,
    "ST05.LinkRetries": 41, "ST05.LinkGarbled": 12, "ST05.LinkTimeouts": 29, "ST05.LinkLate": 7, "ST05.LinkLost": 2,
    "ST05.LinkAsked": 123456, "ST05.LinkAnswered": 123454, "ST05.Board.fingerprint": BOARD_FINGERPRINT,
}  # fmt: skip
DIFFERING = {"ST05.TwinDiffering": 1 << 2 | 1 << 7, "ST05.TwinDifferences": 3, "ST05.TwinChannel": 7,
             "ST05.TwinWorst": 290, "ST05.TwinSince": 75}  # fmt: skip
ROW = BoardRow(5, 1 << 2 | 1 << 0, (96, 392, 416), "usb:2341:0043", "sector7 S7-BOARD 1.0")


def row(changes: dict[str, int], width: int = 80, number: int = 5) -> str:
    return text(boards(frame(changes), width, 42, 1)).splitlines()[1 + number]


def detail(changes: dict[str, int], row: BoardRow | None = ROW, width: int = 140) -> str:
    return text(board_detail(frame(changes, board=5).station(5), row, width))


# ---- the list
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
    changes = REAL | {f"ST05.{name}": value for name, value in link.items()}
    assert says in row(changes)
    assert says in text(boards(frame(changes), 80, 20, 1)), "on a low screen too"
    assert f"Link {says}" in detail(changes)


def test_on_a_low_screen_all_boards_stand_in_four_lines() -> None:
    lines = text(boards(frame(REAL), 80, 20, 5)).splitlines()
    assert len(lines) == 5
    assert lines[1].split() == ["1", "None", "●", "ok", "5", "Serial", "●", "connected", "9", "None", "●", "ok"]
    assert "12 None" in lines[4]


@pytest.mark.parametrize("height", [20, 42])
def test_the_cursor_is_on_one_board(height: int) -> None:
    chosen = [part for line in boards(frame(REAL), 140, height, 5) for part, ink in line if ink == CURSOR]
    assert [part.strip() for part in chosen] == ["5", "Serial"]


def test_without_a_link_to_the_plant_nothing_is_said_for_certain() -> None:
    stale = frame(REAL, state=LinkState.LOST, age_s=9)
    assert "?● connect" in text(boards(stale, 80, 42, 1))
    assert "?● connected" in text(board_detail(stale.station(5), ROW, 140))


# ---- the selected board
def test_a_real_board_says_who_and_how_it_is() -> None:
    said = detail(REAL)
    assert "ST05 JOINT ASSEMBLY: SERIAL BOARD ─ unit 15" in said
    assert "Link ● connected   at usb:2341:0043" in said
    for fact in ("mean 7.83 ms", "longest 28.78 ms", "jitter 0.65 ms", "retries 41", "wrong CRC 12", "no answer 29",
                 "late 7", "lost 2", "Firmware 1.2", f"layout {BOARD_FINGERPRINT:08X} as expected",
                 "last reset Power-on (1)", "scan 392 us (96..416)", "sector7 S7-BOARD 1.0"):  # fmt: skip
        assert fact in said, fact
    assert "TRIPPED" not in said
    assert "■ TRIPPED" in detail(REAL | {"ST05.Board.tripped": 1})
    assert f"layout 00001234 ≠ {BOARD_FINGERPRINT:08X}" in detail(REAL | {"ST05.Board.fingerprint": 0x1234})


def test_what_is_not_known_is_not_made_up() -> None:
    said = detail({"ST05.BoardTier": 1}, None)
    assert "scan not measured" in said
    assert "exchanged every 20 ms inside the plant" in said
    assert "Sensors all from the plant" in said
    assert "mean" not in said
    assert "no data from its unit" in text(board_detail(frame(REAL).station(5), ROW, 140)), "its unit was not polled"
    assert "no such station" in detail({"ST05.Fitted": 0})


def test_the_source_of_every_sensor_is_told() -> None:
    said = detail(REAL | DIFFERING)
    assert "Pallet present from its pin = plant   Clamped from its pin ≠ plant   others from the plant" in said
    assert "Sensors all from the plant" in detail(REAL, BoardRow(5))


def test_lamps_say_on_and_off_by_shape_and_mark_what_is_not_the_plants() -> None:
    marked = {"ST05.ForcedInputs": 1 << 0, "ST05.InjectedTerminals": 1 << 2 | 1 << 8}
    said = detail(REAL | marked, width=80)
    assert "F forced I fault injected" in said
    for lamp in ("● F Pallet present", "● I Clamped", "○ I At press force", "○ Outfeed clear", "● Clamp "):
        assert lamp in said, lamp


@pytest.mark.parametrize(
    ("state", "changes", "says"),
    [
        (State.EXECUTE, {}, ""),
        (State.HELD, {}, "F6 Unhold"),
        (State.ABORTED, {}, "F4 Clear; then the line"),
        (State.ABORTED, {"Line.AutoRecovery": 0}, "F4 Clear, F7 Reset, F5 Start"),
        (State.STOPPED, {}, "F7 Reset, F5 Start"),
        (State.EXECUTE, {"ST05.LinkOk": 0}, "does not answer"),
    ],
)
def test_what_to_do_next(state: State, changes: dict[str, int], says: str) -> None:
    shown = frame({"ST05.StateCurrent": state, "ST05.LinkOk": 1} | changes)
    step = next_step(shown.station(5))
    assert says in step
    assert bool(step) is bool(says)
    if step:
        problem = BoardRow(5, problem="another layout")
        assert "another layout" in text(board_detail(shown.station(5), problem, 140))


def test_sensors_that_differ_are_named() -> None:
    assert differing_sensors(frame(REAL), 120) == []
    said = text(differing_sensors(frame(REAL | DIFFERING), 120))
    assert "ST05 Clamped, Press force for 1m15s; 3 so far, worst Press force by 290" in said
    agreed = text(differing_sensors(frame(REAL | DIFFERING | {"ST05.TwinDiffering": 0}), 120))
    assert "ST05 agree now; 3 so far" in agreed


# ---- the page
async def test_the_page_follows_the_cursor(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    plant.set(**REAL)
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "B Boards")
    hmi.press("b")
    await hmi.shows("BOARDS", "Serial", "● connected", "28.78", "ST01 KITTING: NONE BOARD", "Firmware 1.2")
    hmi.press(*["down"] * 4)
    await hmi.shows("ST05 JOINT ASSEMBLY: SERIAL BOARD", "Link ● connected", "Firmware 1.2", "● Clamped", "Next: F6")
    plant.set(**{"ST05.BoardLink": 3, "ST05.LinkOk": 0})
    await hmi.shows("■ LINK LOST", "Next: its board does not answer", "?●Clamped")
    hmi.press("enter")
    await hmi.shows("2 STATION 05", "BOARD LOST")
    hmi.press("b")
    await hmi.shows("ST05 JOINT ASSEMBLY: SERIAL BOARD", "■ LINK LOST", "Firmware 1.2")
    hmi.resize(80, 24)
    await hmi.shows("↑↓ choose one", "12 None", "more lines (PgDn)")
    hmi.press("pagedown")
    await hmi.shows("Acknowledge")
    hmi.press("escape")
    await hmi.shows("2 STATION 05")
    hmi.press("b", "s")
    await hmi.shows("ST05: which board instead", "ST05 fit serial board", "× the serial board is fitted already")
    hmi.press("enter")
    await hmi.shows("ST05 fit simulated board ?", "Serial → Simulated", "1 ST05 Held: it stands already", "[  Canc")
    hmi.press("y")
    await hmi.shows("in place of serial  OK  next: F4 Clear", "SIMULATED BOARD", "× ABORTED", "Next: F4")
    hmi.press("f4")
    await hmi.shows("ST05 Clear ?")
