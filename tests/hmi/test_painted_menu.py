"""The list of commands on a real terminal: reasons beforehand, forms, and a link that drops under them."""

from __future__ import annotations

import pytest

from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.conftest import Open
from tests.hmi.toy_plant import ToyPlant


async def test_what_is_refused_says_why(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    hmi.press("7", "c")
    await hmi.shows("Commands to ST07", "ST07 Start", "× not accepted in Execute", "ST07 Hold")
    assert "× " not in hmi.line("ST07 Hold")
    hmi.press("enter")
    await hmi.shows("Commands to ST07")
    hmi.press("down", "enter")
    await hmi.shows("ST07 Hold ?", "EXECUTE → HOLDING", "[  Cancel  ]")
    hmi.press("y")
    await hmi.shows("ST07 Hold  from Execute  OK  Held")


async def test_an_order_is_filled_in(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press("c")
    await hmi.shows("Commands to the line", "Begin an order ...", "Automatic recovery off")
    hmi.press(*["down"] * 12, "enter")
    await hmi.shows("Begin an order", "Order number", "4712_")
    hmi.press("enter", "9", "9", "9", "9", "9")
    await hmi.shows("▲ outside 0..65535")
    hmi.press("enter", "\x7f", "\x7f", "\x7f", "enter")
    await hmi.shows("Begin order 4712 ?", "4711 → 4712: 99 robots", "38 of 60, which stays unfinished")
    hmi.press("escape")
    await hmi.shows_no_longer("Begin order 4712 ?")
    assert plant.writes == []


@pytest.mark.parametrize("keys", [("c",), ("c", *["down"] * 12, "enter"), ("f9",), ("5", "e")], ids=" ".join)
async def test_a_lost_link_closes_every_dialog(
    keys: tuple[str, ...], plant: ToyPlant, server: PlantServer, open_hmi: Open
) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press(*keys)
    await hmi.shows("Esc cancel")
    await server.stop()
    await hmi.shows("LINK LOST", "REFUSED  the link is lost")
    await hmi.shows_no_longer("Esc cancel")
    again = PlantServer(plant, plant, PLANT_MAP, port=server.port)
    await again.start()
    await hmi.shows("LINK OK")
    assert plant.writes == []
    await again.stop()


async def test_a_role_is_told_in_the_list_what_it_may_not_do(plant: ToyPlant, open_hmi: Open) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, role=Role.OPERATOR)])
    await server.start()
    plant.set(**{"ST07.StateCurrent": State.STOPPED})
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "OPERATOR")
    hmi.press("7", "c")
    await hmi.shows("ST07 to Manual mode", "× the role operator may not do this")
    await server.stop()
