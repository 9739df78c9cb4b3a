"""What a role may not do is said before it is tried, and refused by the server all the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from hmi.desk import Desk, desk
from hmi.link.actions import Result
from hmi.link.commander import forbidden
from hmi.link.connect import plant_client
from hmi.operations.packml import PackmlOrder
from hmi.operations.setpoint import SetPoint
from protocols.errors import Refusal
from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.packml import Command
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.conftest import Open
from tests.hmi.painted import SLOWER
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S

HOLD = PackmlOrder("Line", Command.HOLD)
TORQUE = SetPoint("ST05.torque_low_sp", 550)


async def serve(plant: ToyPlant, role: Role) -> PlantServer:
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, role=role)])
    await server.start()
    return server


@pytest.fixture(params=[Role.VIEWER, Role.OPERATOR, Role.ENGINEER], ids=str)
async def console(plant: ToyPlant, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Role, Desk]]:
    """A desk at a door of one role."""
    server = await serve(plant, request.param)
    shared = desk(plant_client("127.0.0.1", server.port), lambda: time.monotonic() / SLOWER)
    task = asyncio.create_task(shared.acquisition.run())
    async with asyncio.timeout(PATIENCE_S):
        while not shared.frame().live:
            await shared.acquisition.next_poll()
    yield request.param, shared
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await server.stop()


async def test_a_role_commands_what_it_may(console: tuple[Role, Desk], plant: ToyPlant) -> None:
    role, shared = console
    commander = shared.commander
    assert shared.frame().role_text == role.upper()
    assert shared.frame().can_command is (role is not Role.VIEWER)
    refused = {Role.VIEWER: "the role viewer may only look", Role.OPERATOR: "", Role.ENGINEER: ""}[role]
    assert commander.refusal(HOLD) == refused
    assert await commander.give(HOLD) is (Result.REFUSED if refused else Result.OK)
    if role is Role.OPERATOR:
        refused = "the role operator may not do this: engineer may"
    assert commander.refusal(TORQUE) == refused
    assert await commander.give(TORQUE) is (Result.REFUSED if refused else Result.OK)
    assert (("ST05.torque_low_sp", 550) in plant.writes) is (role is Role.ENGINEER)


async def test_the_server_refuses_too(console: tuple[Role, Desk], plant: ToyPlant) -> None:
    role, shared = console
    if role is Role.ENGINEER:
        await shared.acquisition.write("ST05.torque_low_sp", 550)
        assert plant.get("ST05.torque_low_sp") == 550
        return
    with pytest.raises(Refusal, match=r"exception 01, .* the role may not use it"):
        await shared.acquisition.write("ST05.torque_low_sp", 550)
    assert plant.writes == []


def test_an_unknown_role_is_left_to_the_server() -> None:
    assert forbidden(None, ["ST05.torque_low_sp"]) == ""
    assert forbidden(Role.PLC, ["Line.ForceStation"]) == "the role plc may not do this: engineer may"
    assert forbidden(Role.PLC, ["ST05.torque_low_sp", "Line.CntrlCmd"]) == ""


async def test_an_operator_sees_the_role_and_the_reason(plant: ToyPlant, open_hmi: Open) -> None:
    server = await serve(plant, Role.OPERATOR)
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "OPERATOR")
    hmi.press("5")
    await hmi.shows("2 STATION 05")
    hmi.press("e")
    await hmi.shows("ST05.joint_force_sp  REFUSED  the role operator may not do this: engineer may")
    hmi.press("f6")
    await hmi.shows("ST05 Unhold ?")
    hmi.press("y")
    await hmi.shows("ST05 Unhold  from Held  OK  Execute")
    await server.stop()


async def test_what_blocks_a_start_is_named(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    plant.set(**{"ST07.StateCurrent": 4, "ST07.StartInterlock": 0b101})
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "ENGINEER")
    hmi.press("7", "f5")
    await hmi.shows("ST07 Start  REFUSED  blocked by: the safety chain is open, the board is tripped")
    plant.set(**{"ST07.StartInterlock": 0, "ST07.Owner": 1})
    await hmi.shows("Owner External PLC")
    hmi.press("f5")
    await hmi.shows("REFUSED  ST07 is commanded by its owner: External PLC")
    assert plant.writes == []
