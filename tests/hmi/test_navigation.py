"""The way between screens: any page in two actions from any other, and always back."""

from __future__ import annotations

from pathlib import Path

from hmi.screens.pages import BY_NAME, PAGES
from protocols.modbus.server import PlantServer
from tests.hmi.bench import Bench
from tests.hmi.conftest import Open

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"


def opened(bench: Bench) -> str:
    """The name of the page on top."""
    return next(name for name, page in bench.app.pages.items() if page is bench.app.screen)


async def test_every_page_is_two_keys_away_from_others(bench: Bench) -> None:
    frame = bench.desk.frame()
    pages = [page for page in PAGES if not page.lacking(frame)]
    for place, start in enumerate(pages):
        for step in (1, 4, 7):  # with each of these from each page every page is come to by several ways
            goal = pages[(place + step) % len(pages)]
            bench.app.open_page("overview")
            bench.app.open_page(start.name)
            await bench.pilot.pause()
            key = goal.keys.partition(",")[0]
            if start is not goal:
                await bench.press(key)
                if opened(bench) != goal.name:  # the letter means something else there: by way of the overview
                    await bench.press("escape", *(["y"] if bench.dialog else []))
                    bench.app.open_page("overview")
                    await bench.press("f1", key)
            assert opened(bench) == goal.name, f"{start.name}: {key} does not lead to {goal.name}"


async def test_escape_leads_back_over_the_pages_one_came_by(bench: Bench) -> None:
    await bench.press("w", "5", "question_mark", "w")
    assert opened(bench) == "power"
    for before in ("help", "station", "overview", "overview"):
        await bench.press("escape")
        assert opened(bench) == before
    await bench.press("B", "2", "f1", "escape")
    assert opened(bench) == "overview", "there the way begins anew"
    assert opened(bench) == "overview"
    assert len(bench.app.screen_stack) == 2


async def test_the_key_of_a_page_toggles_it(bench: Bench) -> None:
    for page in PAGES:
        if page.name not in ("overview", "alarms") and not page.lacking(bench.desk.frame()):
            await bench.press(page.keys.partition(",")[0])
            assert opened(bench) == page.name
            await bench.press(page.keys.partition(",")[0])
            assert opened(bench) == "overview"


def test_no_key_opens_two_pages() -> None:
    keys = [key for page in PAGES for key in page.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert len(BY_NAME) == len(PAGES)
    assert not set(keys) & {*"jeq", "f4", "f5", "f6", "f7", "f8", "f9"}, "these are commands"


def test_the_manual_names_every_page_and_its_keys() -> None:
    rows = OPERATING.read_text(encoding="utf-8").splitlines()
    for page in PAGES:
        assert any(row.startswith(f"| {page.shown} | {page.help}") for row in rows), f"{page.shown}: {page.help}"


async def test_capitals_open_what_the_key_bar_says(server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, 140, 42)
    await hmi.shows("LINK OK", "B Boards")
    hmi.press("B")
    await hmi.shows("B BOARDS")
    hmi.press("Y")  # no use of its own on this page, and no page: nothing happens
    hmi.press("?")
    await hmi.shows("? HELP", "SCREENS", *(page.shown for page in PAGES))
    hmi.press("Q")
    assert await hmi.ends() == 0
