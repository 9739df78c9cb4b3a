"""Every page of the table of screens on a real terminal: sizes, no colours, sixteen, and every disturbance.

The pages come from the table, so a new one is covered by its line there.
"""

from __future__ import annotations

import random
import re

import pytest

from hmi.screens.pages import PAGES, Page
from protocols.alarms.alarm import AlarmState, status_word
from protocols.alarms.table import ALARMS
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.tags.alarm_map import WORST_COUNT
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.conftest import Open
from tests.hmi.painted import Painted
from tests.hmi.toy_plant import ToyPlant

_COLOURS = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
_NO_COLOUR = {"NO_COLOR": "1"}
_SIXTEEN = {"TEXTUAL_COLOR_SYSTEM": "standard", "TERM": "xterm"}
_NAMES = {"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "question_mark": "?"}


def key(page: Page) -> str:
    """What the terminal sends for the page's key."""
    first = page.keys.partition(",")[0]
    return _NAMES.get(first, first)


async def opened(hmi: Painted, page: Page) -> bool:
    """Go to a page by way of the overview. False where this plant lacks what the page shows, and it says so."""
    hmi.press("f1")
    await hmi.until(lambda: hmi.lines[0].startswith(" 1 OVERVIEW"), "the overview")
    hmi.press(key(page))
    # by its name: what another page lacked may stand there still
    await hmi.until(lambda: f"Open {page.title.lower()}" in hmi.text or _on(hmi, page), f"the page {page.title}")
    return _on(hmi, page)


def _on(hmi: Painted, page: Page) -> bool:
    return hmi.lines[0].startswith(f" {getattr(page.make, 'heading', '') or '2 STATION'}"[:9])


@pytest.mark.parametrize(("size", "env"), [
    ((140, 42), {}), ((80, 24), {}), ((80, 24), _NO_COLOUR), ((140, 42), _SIXTEEN),
], ids=["140x42", "80x24", "no colour", "sixteen colours"])  # fmt: skip
async def test_every_page_is_painted(
    server: PlantServer, open_hmi: Open, size: tuple[int, int], env: dict[str, str]
) -> None:
    hmi = await open_hmi(server.port, *size, env=env)
    await hmi.shows("LINK OK", "Q Quit" if size[0] > 100 else "Help", "Kitting")
    seen = 0
    for page in PAGES:
        if not await opened(hmi, page):
            assert "Open " in hmi.text, "what is lacking is said"
            continue
        seen += 1
        await hmi.until(lambda: hmi.lines[-1].strip(), f"the key bar of {page.title}")
        await hmi.until(lambda: "LINK OK" in hmi.lines[0] and " 14:12:12" in hmi.lines[0], f"the link on {page.title}")
        assert sum(bool(line.strip()) for line in hmi.lines[2:-2]) >= 3, f"{page.title} is empty:\n{hmi.text}"
    assert seen >= 8
    assert b"Traceback" not in hmi.raw
    if env is _NO_COLOUR:
        assert not _COLOURS.search(hmi.raw)
    if env is _SIXTEEN:
        assert b"38;2;" not in hmi.raw
        assert b"38;5;" not in hmi.raw


async def test_every_page_survives_a_storm_of_sizes(server: PlantServer, open_hmi: Open) -> None:
    dice = random.Random(7)
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    for page in PAGES:
        if not await opened(hmi, page):
            continue
        for _ in range(12):
            hmi.resize(dice.randint(1, 200), dice.randint(1, 60))
        hmi.resize(60, 15)
        await hmi.shows("60x15 is too small: 80x24")
        hmi.resize(140, 42)
        await hmi.until(lambda page=page: _on(hmi, page) and "LINK OK" in hmi.lines[0], f"{page.title} again")  # type: ignore[misc]
        await hmi.until(lambda: hmi.lines[-1].strip(), f"the key bar of {page.title}")


async def test_a_plc_that_restarts_is_told_and_the_page_stays(
    plant: ToyPlant, server: PlantServer, open_hmi: Open
) -> None:
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    for epoch, page in enumerate(PAGES[1::4], 8):
        if not await opened(hmi, page):
            continue
        await server.stop()
        await hmi.shows("LINK LOST", "values are the last known (?)")
        plant.set(**{"Line.RunEpoch": epoch, "Line.SimulatedTime": epoch * 60_000_000})
        server = PlantServer(plant, plant, PLANT_MAP, port=server.port)
        await server.start()
        await hmi.until(lambda at=epoch: f"00:{at:02d}:00" in hmi.lines[0] and "LINK OK" in hmi.lines[0], "the new run")  # type: ignore[misc]
        assert _on(hmi, page), "the page stays"
    await server.stop()


async def test_a_dialog_does_not_outlive_its_link(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    """Whatever question is open when the link drops is withdrawn, and nothing is written afterwards."""
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    for keys, question in ((("f1", "f9"), "Line Hold ?"), (("5", "f6"), "ST05 Unhold ?"), (("5", "e"), "Set point")):
        hmi.press(*keys)
        await hmi.shows(question)
        await server.stop()
        await hmi.shows("LINK LOST", "the link is lost")
        await hmi.shows_no_longer(question)
        hmi.press("y")
        server = PlantServer(plant, plant, PLANT_MAP, port=server.port)
        await server.start()
        await hmi.shows("LINK OK")
    assert plant.writes == []
    await server.stop()


async def test_a_flood_of_alarms_is_told_and_can_be_read(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    words = {one.tag: status_word(AlarmState.UNACKNOWLEDGED, one.priority, 0) for one in ALARMS}
    worst = sorted(ALARMS, key=lambda one: -one.priority)[:WORST_COUNT]
    for place, one in enumerate(worst, 1):
        words |= {f"Line.Worst{place:02d}.Number": one.number, f"Line.Worst{place:02d}.Word": words[one.tag]}
    standing = {
        "Line.AlarmsStanding": 200,
        "Line.AlarmsUnacknowledged": 200,
        "Line.AlarmsHigh": 5,
        "Line.AlarmFlood": 1,
    }
    plant.set(**words, **standing, **{"Line.AlarmRate": 200})
    await hmi.shows("200 unack FLOOD")
    hmi.press("a")
    await hmi.shows("ALARMS", "FLOOD", worst[0].title, "200 unacknowledged", "low-priority alarms", "Z Open low")
    hmi.press("down", "down")
    await hmi.shows(worst[2].action[:40])
    hmi.press("z")
    await hmi.shows("Z Roll up low")
    await hmi.shows_no_longer("low-priority alarms")
    plant.set(**{"Line.AlarmFlood": 0})
    await hmi.shows_no_longer("Z Roll up low")
    plant.set(**{"Line.AlarmFlood": 1})
    await hmi.shows("low-priority alarms", "Z Open low")
    plant.set(**dict.fromkeys((*words, *standing), 0))
    await hmi.shows("No alarm stands")
    await hmi.shows_no_longer("FLOOD")


async def play(hmi: Painted, plant: ToyPlant, dice: random.Random, rounds: int) -> None:
    """Keys at random on every page; after each handful the plant's clock must still be painted."""
    keys = [
        *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789-=?/.,+ \t",
        *(f"\x1bO{end}" for end in "PQRS"), *(f"\x1b[{number}~" for number in (1, 3, 4, 5, 6, 15, 17, 18, 19, 20, 21)),
        *(f"\x1b[{end}" for end in "ABCD"), "\x1b[1;2C", "\x1b[1;2D", "\r", "\x7f",
        "escape", "ctrl+p", "ctrl+o", "ctrl+t",
    ]  # fmt: skip
    for step in range(rounds):
        if step % 8 == 0:
            hmi.press("escape", "escape", key(dice.choice(PAGES)))
        if dice.random() < 0.1:
            hmi.resize(dice.randint(80, 180), dice.randint(24, 50))
        if dice.random() < 0.2:
            state = dice.choice([State.EXECUTE, State.HELD, State.ABORTED, State.STOPPED, State.IDLE])
            plant.set(**{f"ST{dice.randint(1, 12):02d}.StateCurrent": state, "Line.StateCurrent": state})
        hmi.press(*dice.choices(keys, k=dice.randint(1, 8)))
        plant.set(**{"Line.SimulatedTime": (step + 1) * 1_000_000})
        clock = f"{(step + 1) // 3600:02d}:{(step + 1) // 60 % 60:02d}:{(step + 1) % 60:02d}"
        await hmi.until(lambda clock=clock: clock in hmi.lines[0] or b"Traceback" in hmi.raw, f"clock {clock}")  # type: ignore[misc]
        assert b"Traceback" not in hmi.raw, hmi.raw[-4000:].decode(errors="replace")


async def test_any_keys_on_any_page_never_break_it(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    await play(hmi, plant, random.Random(4711), 80)
    assert hmi.process is not None
    assert hmi.process.returncode is None


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(6))
async def test_any_keys_for_ten_minutes(plant: ToyPlant, server: PlantServer, open_hmi: Open, seed: int) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    await play(hmi, plant, random.Random(seed), 450)
