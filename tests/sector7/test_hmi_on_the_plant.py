"""The whole chain, with nothing left out: plant, boards, PLC, Modbus server, and the HMI on a real terminal."""

from __future__ import annotations

import asyncio

from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from sector7.serve import PlantService
from tests.hmi.painted import Painted
from tests.pty_console import PATIENCE_S

STATIONS = range(1, 13)


async def states(client: PlantClient) -> set[int]:
    """The states of all stations."""
    values = await client.read(1)
    return {values[f"ST{n:02d}.StateCurrent"] for n in STATIONS}


async def reach(client: PlantClient, wanted: State) -> None:
    """Wait until every station is in `wanted`."""
    async with asyncio.timeout(PATIENCE_S):
        while await states(client) != {wanted}:
            pass


def count(hmi: Painted, word: str) -> int:
    """How often a state stands on the screen: once for the line and once for each station."""
    return hmi.text.count(word)


async def test_hold_on_the_line_is_seen_by_every_master(service: PlantService) -> None:
    """A Modbus client commands Hold; all stations reach Held, and the operator's screen says so."""
    client, hmi = PlantClient("127.0.0.1", service.server.port), Painted()
    await client.connect()
    try:
        await reach(client, State.EXECUTE)
        await hmi.start(service.server.port)
        await hmi.until(lambda: count(hmi, "EXECUTE") >= 13, "twelve stations and the line in Execute")
        await client.write("Line.CntrlCmd", Command.HOLD)
        await client.write("Line.CmdChangeRequest", 1)
        await reach(client, State.HELD)
        await hmi.until(lambda: count(hmi, "HELD") >= 13, "twelve stations and the line Held")
    finally:
        await hmi.stop()
        await client.close()


async def test_the_operator_holds_and_unholds_the_line(service: PlantService) -> None:
    """F9 and a confirmation on the screen reach the plant; F6 brings it back."""
    hmi = Painted()
    units = [cabinet.unit for cabinet in service.rig.cabinets]
    try:
        await hmi.start(service.server.port)
        await hmi.until(lambda: count(hmi, "EXECUTE") >= 13, "twelve stations and the line in Execute")
        for key, goal in (("f9", State.HELD), ("f6", State.EXECUTE)):
            hmi.press(key)
            await hmi.shows("Cancel")
            hmi.press("y")
            await hmi.until(lambda word=goal.name: count(hmi, word) >= 13, f"the line {goal.name}")  # type: ignore[misc]
            assert {unit.state for unit in units} <= {goal, State.SUSPENDED}
    finally:
        await hmi.stop()
