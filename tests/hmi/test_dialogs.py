"""Questions and set points, driven by Textual's pilot in front of a real server."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmi.dialogs.confirm import ConfirmDialog
from hmi.dialogs.setpoint import SetpointDialog
from hmi.link.actions import Result
from hmi.link.typed import parse
from hmi.screens.overview import OverviewScreen
from hmi.screens.station import StationScreen
from hmi.screenshot import main as take_picture
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.bench import Bench
from tests.hmi.toy_plant import ToyPlant


async def test_enter_alone_changes_nothing(bench: Bench, plant: ToyPlant) -> None:
    for keys in (("f9", "enter"), ("f9", "escape"), ("f9", "n"), ("f9", "right", "right", "enter"), ("j", "enter")):
        await bench.press(*keys)
        assert not bench.dialog, keys
    assert plant.writes == []
    assert bench.desk.log.latest() == ()


async def test_the_other_button_confirms(bench: Bench, plant: ToyPlant) -> None:
    await bench.press("f9", "tab", "enter")
    await bench.until(lambda: plant.get("Line.StateCurrent") == State.HELD)
    await bench.until(lambda: bench.last[0] is Result.OK)


async def test_the_buttons_can_be_clicked(bench: Bench, plant: ToyPlant) -> None:
    await bench.press("f9")
    await bench.pilot.click("#question", offset=(4, 7))
    assert not bench.dialog
    await bench.press("f9")
    await bench.pilot.click("#question", offset=(20, 7))
    assert not bench.dialog
    await bench.until(lambda: ("Line.CntrlCmd", 4) in plant.writes)
    await bench.until(lambda: bench.last[0] is Result.OK)


async def test_a_question_expires(bench: Bench, plant: ToyPlant) -> None:
    await bench.press("f9")
    assert bench.dialog
    bench.ahead_s += 15.1
    await bench.until(lambda: not bench.dialog)
    assert bench.last == (Result.REFUSED, "not confirmed in time")
    assert plant.writes == []


async def test_the_link_takes_its_question_along(bench: Bench, server: PlantServer, plant: ToyPlant) -> None:
    await bench.press("f8")
    await server.stop()
    await bench.until(lambda: not bench.dialog)
    assert bench.last == (Result.REFUSED, "the link is lost")
    assert plant.writes == []


async def test_commands_that_packml_refuses_ask_nothing(bench: Bench) -> None:
    for key in ("f5", "f6", "f7", "f4"):
        await bench.press(key)
        assert not bench.dialog
        assert bench.last == (Result.REFUSED, "not accepted in Execute")


async def test_jam_clear_of_one_station(bench: Bench, plant: ToyPlant) -> None:
    await bench.press("4", "j", "y")
    await bench.until(lambda: plant.writes == [("ST04.JamClear", 1), ("ST04.JamClear", 0)])


async def test_the_way_between_screens(bench: Bench) -> None:
    app = bench.app
    await bench.press("right", "down", "enter")
    assert isinstance(app.screen, StationScreen)
    assert app.screen.number == 6, "four columns at this width"
    await bench.press("left", "left")
    assert app.screen.number == 4
    await bench.press("=", "right")
    assert app.screen.number == 1, "around the end"
    await bench.press("?", "-")
    assert app.screen.number == 11
    await bench.press("?", "f1")
    assert isinstance(app.screen, OverviewScreen)
    await bench.press("0", "escape")
    assert isinstance(app.screen, OverviewScreen)
    await bench.until(lambda: bench.desk.acquisition.board_unit == 0)
    await bench.pilot.click("#body", offset=(30, 10))
    assert isinstance(app.screen, StationScreen)
    assert app.screen.number == 2


async def test_a_page_keeps_its_board_behind_a_question(bench: Bench) -> None:
    await bench.press("5", "f6")
    assert bench.dialog
    assert bench.desk.acquisition.board_unit == 15
    await bench.press("escape")
    assert bench.desk.acquisition.board_unit == 15


async def test_from_one_page_of_a_board_to_another_of_the_same(bench: Bench) -> None:
    """Whichever page is told first that it is left or entered: the one that is seen has its board polled."""
    await bench.press("b", *["down"] * 4, "m", *["down"] * 4)
    for page, unit in (
        ("5", 15),
        ("b", 15),
        ("5", 15),
        ("m", 15),
        ("b", 15),
        ("m", 15),
        ("f1", 0),
        ("b", 15),
        ("g", 0),
    ):
        await bench.press(page)
        await bench.until(lambda unit=unit: bench.desk.acquisition.board_unit == unit)  # type: ignore[misc]
        for _ in range(3):
            await bench.pilot.pause()
            assert bench.desk.acquisition.board_unit == unit, page


async def test_a_set_point_out_of_range_goes_nowhere(bench: Bench, plant: ToyPlant) -> None:
    await bench.press("5", "e", "9", "9", "enter")
    assert bench.shows(SetpointDialog)
    await bench.press("backspace", "backspace", "1", "7", "enter")
    assert bench.shows(ConfirmDialog)
    await bench.press("enter")
    assert not bench.dialog
    assert plant.writes == [], "Cancel is the default"
    await bench.press("e", "1", "7", ".", "5", "enter", "y")
    await bench.until(lambda: plant.get("ST05.joint_force_active") == 175)
    await bench.until(lambda: bench.last[0] is Result.OK)


async def test_an_abandoned_entry_expires(bench: Bench) -> None:
    await bench.press("5", "e", "1")
    bench.ahead_s += 15.1
    await bench.until(lambda: not bench.dialog)
    assert bench.last == (Result.REFUSED, "not entered in time")


TAG = PLANT_MAP["ST05.torque_low_sp"]


@pytest.mark.parametrize(
    ("typed", "raw", "wrong"),
    [
        ("5.4", 540, ""),
        (" 5,45 ", 545, ""),
        ("3", 300, ""),
        ("6.001", None, "outside 3.00..6.00"),
        ("2.99", None, "outside 3.00..6.00"),
        ("5.401", None, "at most 2 digits behind the point"),
        ("", None, ""),
        ("5.4.", None, "type a number"),
        ("nan", None, "type a number"),
    ],
)
def test_typed_values(typed: str, raw: int | None, wrong: str) -> None:
    assert parse(typed, TAG) == (raw, wrong)


@given(st.text("0123456789.,-eE+", max_size=12))
def test_what_is_accepted_lies_in_range(typed: str) -> None:
    raw, wrong = parse(typed, TAG)
    assert (raw is None) or (TAG.bounds[0] <= raw <= TAG.bounds[1] and not wrong)


async def test_a_picture_refers_to_no_other_host(server: PlantServer, tmp_path: object) -> None:
    file = f"{tmp_path}/overview.svg"
    arguments = [f"127.0.0.1:{server.port}", file, "--settle", "0", "--size", "140x42", "--screen", "station:5"]
    assert await asyncio.to_thread(take_picture, arguments) == 0
    with open(file, encoding="utf-8") as picture:  # noqa: ASYNC230, PTH123
        svg = picture.read()
    assert "@font-face" not in svg
    assert "url(http" not in svg
    assert ">ASSEMBLY<" in svg
    assert ">HELD<" in svg
