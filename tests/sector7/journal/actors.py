"""Operators, PLCs and readers for a plant under load: what they do is random, what they saw they remember."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import Final

from protocols.errors import EmulatorError, Refusal
from protocols.modbus.client import PlantClient
from protocols.packml import Command
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Writer

#: Values of unit 1 that never become smaller while a plant runs.
GROWING: Final = (
    "Line.SimulatedTime", "Line.RobotsStarted", "Line.RobotsCompleted", "Line.RobotsScrapped",
    *(
        f"ST{n:02d}.{name}"
        for n in range(1, 13)
        for name in ("ProdProcessedCount", "ProdDefectiveCount", "TimeExecute", "TimeHeld", "TimeAborted", "Failures")
    ),
)  # fmt: skip
#: Set points and configuration: written at random, they must read back.
KEPT: Final = tuple(
    tag.name
    for unit, tag in PLANT_MAP.rows()
    if unit.unit == 1 and tag.writer is Writer.MASTER and (tag.name.endswith("_sp") or "HeartbeatTimeout" in tag.name)
)


class Memory:
    """What a client was told and has read."""

    def __init__(self) -> None:
        #: The last acknowledged value of each tag, and a value that was sent but not acknowledged.
        self.told: dict[str, int] = {}
        self.open: dict[str, int] = {}
        self.seen: dict[str, int] = {}
        self.writes = 0

    def look(self, values: dict[str, int]) -> None:
        """Nothing that was seen goes back."""
        back = {name: (self.seen[name], values[name]) for name in self.seen if values[name] < self.seen[name]}
        assert not back, back
        self.seen = {name: values[name] for name in GROWING}

    def check(self, values: dict[str, int]) -> None:
        """Every acknowledged write is there (or the one behind it, whose answer got lost)."""
        lost = {
            name: (told, values[name])
            for name, told in self.told.items()
            if values[name] not in (told, self.open.get(name, told))
        }
        assert not lost, lost
        self.look(values)
        self.told = {name: values[name] for name in self.told}
        self.open.clear()


async def write(client: PlantClient, memory: Memory, name: str, raw: int) -> bool:
    """Write and remember; False if the plant refused or is gone."""
    memory.open[name] = raw
    try:
        await client.write(name, raw)
    except Refusal:
        memory.open.pop(name)
        raise
    memory.told[name] = memory.open.pop(name)
    memory.writes += 1
    return True


async def operator(host: str, port: int, memory: Memory, stream: random.Random) -> None:
    """Writes set points and gives commands until the plant is gone."""
    client = PlantClient(host, port)
    with suppress(EmulatorError):
        await client.connect()
        while True:
            name = stream.choice(KEPT)
            low, high = PLANT_MAP[name].bounds
            await write(client, memory, name, stream.randint(low, high))
            if stream.random() < 0.2:
                owner = stream.choice(("Line", *(f"ST{n:02d}" for n in range(1, 13))))
                await command(client, owner, stream.choice(tuple(Command)))
    await client.close()


async def command(client: PlantClient, owner: str, number: Command) -> None:
    """A PackML command as a master gives it."""
    await client.write(f"{owner}.CmdChangeRequest", 0)
    await client.write(f"{owner}.CntrlCmd", int(number))
    await client.write(f"{owner}.CmdChangeRequest", 1)


async def reader(host: str, port: int, memory: Memory, enough: asyncio.Event) -> None:
    """Reads counters until the plant is gone; says when it has read some."""
    client = PlantClient(host, port)
    with suppress(EmulatorError):
        await client.connect()
        while True:
            memory.look(await client.read(1))
            enough.set()
    await client.close()
