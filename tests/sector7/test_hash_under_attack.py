"""Whatever clients do to the server, the plant behind it goes on as if nobody had been there."""

from __future__ import annotations

import asyncio
import contextlib
import random

from protocols.modbus.doors import TcpDoor
from protocols.roles import Role
from sector7.recipe import load
from sector7.rig.rig import Rig
from sector7.serve import PlantService

UNTIL_US = 60 * 1_000_000


async def rude(port: int, draw: random.Random) -> None:
    """Noise, half frames, refused writes, floods of reads; each connection does one of them, until cancelled."""
    read, write = bytes.fromhex("0001 0000 0006 01 04 0000 007D"), bytes.fromhex("0001 0000 0006 01 06 0014 0514")
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(draw.choice((draw.randbytes(300), read[:-3], write * 20, read * 200)))
            await writer.drain()
            await reader.read(4096 if draw.random() < 0.5 else 1)
            writer.transport.abort()


async def test_the_trace_is_the_same_with_and_without_rude_clients() -> None:
    alone = Rig(load("castle"), 3)
    alone.run(UNTIL_US)
    rig = Rig(load("castle"), 3)
    service = PlantService(rig, "127.0.0.1", 0, 60.0, 1, doors=[TcpDoor(port=0, role=Role.VIEWER)])
    tasks: list[asyncio.Task[None]] = []

    def announced(_: str, port: int) -> None:
        tasks.extend(asyncio.ensure_future(rude(port, random.Random(n))) for n in range(8))

    await service.run(announced, UNTIL_US)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert service.server.counters.connections > 20
    assert service.server.counters.exceptions > 0
    assert (rig.now, rig.trace.sha256()) == (alone.now, alone.trace.sha256())
