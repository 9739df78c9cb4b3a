"""Kill -9 under load, again and again: what was acknowledged is there, what was seen does not go back."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from pathlib import Path

import pytest

from protocols.modbus.client import PlantClient
from sector7.journal.folder import DATABASE
from sector7.journal.recovery import carry_on
from sector7.journal.replay import replay
from sector7.journal.store import Journal
from sector7.recipe import load
from tests.pty_console import PATIENCE_S
from tests.sector7.journal.actors import Memory, operator, reader
from tests.sector7.served import Served, serving

SEED = 5


async def stopped(served: Served) -> None:
    """SIGSTOP has arrived."""

    def is_stopped() -> bool:
        return Path(f"/proc/{served.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "T"

    async with asyncio.timeout(PATIENCE_S):
        while not is_stopped():  # noqa: ASYNC110 - nobody tells when another process stands
            await asyncio.sleep(0.005)


async def progress(enough: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Until the reader has read once more. Whoever gave up for good says why."""
    enough.clear()
    waiting = asyncio.create_task(enough.wait())
    try:
        await asyncio.wait({waiting, tasks[1]}, return_when=asyncio.FIRST_COMPLETED)
        if tasks[1].done():
            await tasks[1]
            raise AssertionError("the reader lost its plant")
    finally:
        waiting.cancel()


async def live_and_die(state: Path, memories: list[Memory], stream: random.Random) -> None:
    """One life of a server: it must know all that was; then load, and a sudden end."""
    arguments = ("--state", str(state), "--seed", str(SEED), "--quiet", "--speed", stream.choice(("1", "20", "200")))
    async with serving(*arguments) as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        values = await client.read(1)
        for memory in memories:
            memory.check({name: values[name] for name in {*memory.told, *memory.seen, *values}})
        await client.close()

        writing, reading = memories
        enough = asyncio.Event()
        writes, wanted = writing.writes, stream.randint(1, 150)
        tasks = [
            asyncio.create_task(operator(served.host, served.port, writing, stream)),
            asyncio.create_task(reader(served.host, served.port, reading, enough)),
        ]
        async with asyncio.timeout(PATIENCE_S):
            while not enough.is_set() or (writing.writes < writes + wanted and not tasks[0].done()):
                await progress(enough, tasks)
            if stream.random() < 0.4:
                served.send(signal.SIGSTOP)
                await stopped(served)
                if stream.random() < 0.5:
                    served.send(signal.SIGCONT)
                    await progress(enough, tasks)
        os.kill(served.process.pid, signal.SIGKILL)
        await served.process.wait()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*tasks)


@pytest.mark.parametrize("lives", [10, pytest.param(200, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)])])
async def test_nothing_acknowledged_is_lost_and_nothing_seen_goes_back(tmp_path: Path, lives: int) -> None:
    memories, stream = [Memory(), Memory()], random.Random(lives)
    for _ in range(lives):
        await live_and_die(tmp_path, memories, stream)
    assert memories[0].writes > lives

    # the plant as the next server would carry it on, and the journal from the empty plant, are the same
    carried = carry_on(tmp_path, load("castle"), SEED)
    now, count, sha256 = carried.rig.now, carried.rig.trace.count, carried.rig.trace.sha256()
    carried.folder.close()
    again = replay(Journal(tmp_path / DATABASE), now)
    assert (again.now_us, again.entries, again.sha256) == (now, count, sha256)
