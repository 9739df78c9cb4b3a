"""A served plant in this process, in real time, and what tests wait for."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from protocols.modbus.client import PlantClient
from protocols.packml import Command
from sector7.journal.recovery import carry_on
from sector7.recipe import Recipe, SerialRecipe, load
from sector7.rig.cabinet import Cabinet
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.pty_console import PATIENCE_S

CASTLE = load("castle")


@contextmanager
def favoured() -> Iterator[None]:
    """This process and those that it starts come before the other tests, where that is allowed, and are not stopped to
    look through all that the tests hold in memory: a real board would not wait either. Emulated boards live on threads
    of this process; they get their turn every half a millisecond, not every five."""
    usual, switch = os.nice(0), sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    try:
        yield
    finally:
        sys.setswitchinterval(switch)
        gc.unfreeze()
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, usual)


@asynccontextmanager
async def serving(recipe: Recipe, port: int = 0) -> AsyncIterator[PlantService]:
    """A plant server on loopback."""
    async with running(PlantService(Rig(recipe, 3), "127.0.0.1", port, 1.0, epoch=1)) as service:
        yield service


@asynccontextmanager
async def recording(folder: Path, recipe: Recipe) -> AsyncIterator[PlantService]:
    """The same with a journal, carried on if there is one."""
    state = carry_on(folder, recipe, 3)
    async with running(PlantService(state.rig, "127.0.0.1", 0, 1.0, state.epoch, state=state)) as service:
        yield service


@asynccontextmanager
async def running(service: PlantService) -> AsyncIterator[PlantService]:
    """A plant server while it listens. Raises what it has to say against that."""
    listening = asyncio.Event()
    task = asyncio.create_task(service.run(lambda host, port: listening.set()))
    heard = asyncio.create_task(listening.wait())
    await asyncio.wait({task, heard}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        heard.cancel()
        await task
    try:
        yield service
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def true(holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Wait until `holds`."""
    async with asyncio.timeout(patience_s):
        while True:
            if holds():
                return
            await asyncio.sleep(0.01)


def cabinet_of(service: PlantService, number: int) -> Cabinet:
    """The cabinet of station `number`."""
    return cabinet_in(service.rig, number)


def cabinet_in(rig: Rig, number: int) -> Cabinet:
    """The same, of a rig."""
    return next(c for c in rig.cabinets if c.station.number == number)


def with_serial(boards: dict[int, SerialRecipe], *, fitted: bool = True) -> Recipe:
    """The castle line with real boards in these stations, or only the places for them."""
    rows = [
        row.model_copy(update={"serial": boards[row.number]} | ({"board": "serial"} if fitted else {}))
        if row.number in boards
        else row
        for row in CASTLE.station
    ]
    return CASTLE.model_copy(update={"station": rows})


@asynccontextmanager
async def client_of(service: PlantService) -> AsyncIterator[PlantClient]:
    """A connected client, an engineer."""
    client = PlantClient("127.0.0.1", service.server.port)
    await client.connect()
    try:
        yield client
    finally:
        await client.close()


async def give(client: PlantClient, code: str, command: Command) -> None:
    """A PackML command by its edge."""
    await client.write(f"{code}.CntrlCmd", command)
    await client.write(f"{code}.CmdChangeRequest", 1)
    await client.write(f"{code}.CmdChangeRequest", 0)
