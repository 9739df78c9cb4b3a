"""Clients that misbehave in every way we know, at a server in its own process; healthy ones are always answered."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.protocols.modbus.raw_client import RawClient, frame

READ = bytes.fromhex("03 0014 0001")
ANSWER = bytes.fromhex("03 02 04B0")
LONG_READ = bytes.fromhex("04 0000 007D")
GROWTH_KB = 5 * 1024

#: A client that dies between the two halves of a request.
HALF = """
import socket, sys, time
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
s.sendall(bytes.fromhex("0001 0000 0006 01 03 00"))
print("sent", flush=True)
time.sleep(600)
"""


class Target:
    """The server under attack, and a healthy client that never stops asking."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port
        self.answered = 0
        self._enough = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.ensure_future(self._ask())

    async def _ask(self) -> None:
        client = await RawClient.connect(self.port)
        while not self._enough:
            client.transaction = self.answered & 0x7FFF
            assert await asyncio.wait_for(client.ask(1, READ), 20) == ANSWER
            self.answered += 1
            await asyncio.sleep(0)
        await client.close()

    async def served(self) -> None:
        """The healthy client gets ten more answers, and a new one is let in and answered."""
        assert self._task is not None
        goal = self.answered + 10
        while self.answered < goal:
            assert not self._task.done(), self._task.exception()
            await asyncio.sleep(0.001)
        client = await RawClient.connect(self.port)
        assert await asyncio.wait_for(client.ask(1, READ), 20) == ANSWER
        await client.close()

    async def stop(self) -> None:
        self._enough = True
        if self._task is not None:
            await self._task

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def memory_kb(self) -> int:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    async def released(self, descriptors: int) -> None:
        while self.descriptors() > descriptors:  # noqa: ASYNC110 - another process's table has no event
            await asyncio.sleep(0.01)


@pytest.fixture
async def target() -> AsyncIterator[Target]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.protocols.modbus.plant_process",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    target = Target(process.pid, int(await process.stdout.readline()))
    target.start()
    yield target
    await target.stop()
    process.stdin.close()
    assert await process.wait() == 0
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    connections: int
    loris: int
    resets: int
    garbage: int
    flood_s: float


async def opened(target: Target, count: int) -> list[RawClient]:
    clients = []
    for _ in range(count):
        with contextlib.suppress(OSError):
            clients.append(await RawClient.connect(target.port))
    return clients


async def part(clients: list[RawClient]) -> None:
    for client in clients:
        client.writer.transport.abort()


async def many(target: Target, scale: Scale) -> None:
    clients = await opened(target, scale.connections)
    await target.served()
    await part(clients)


async def slow_loris(target: Target, scale: Scale) -> None:
    clients = await opened(target, scale.loris)
    for byte in frame(1, 1, READ)[:-1]:
        for client in clients:
            client.writer.write(bytes((byte,)))
        await target.served()
    await part(clients)


async def resets(target: Target, scale: Scale) -> None:
    for n in range(scale.resets):
        client = await RawClient.connect(target.port)
        client.writer.write((frame(1, 1, READ) * 3)[: n % 37])
        client.reset()
    await target.served()


async def killed(target: Target, scale: Scale) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HALF, str(target.port), stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"sent\n"
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await target.served()


async def garbage(target: Target, scale: Scale) -> None:
    draw = random.Random(5)
    for n in range(scale.garbage):
        client = await RawClient.connect(target.port)
        with contextlib.suppress(OSError):
            await client.send(draw.randbytes(1 + n % 700))
        client.writer.transport.abort()
    await target.served()


async def never_reads(target: Target, scale: Scale) -> None:
    client = await RawClient.connect(target.port)
    client.reader._transport.pause_reading()  # type: ignore[attr-defined]
    pile = frame(1, 1, LONG_READ) * 2000
    client.writer.write(pile)
    while client.writer.transport.get_write_buffer_size() < len(pile):
        client.writer.write(pile)
        await target.served()
    await part([client])


async def flood(target: Target, scale: Scale) -> None:
    """Two clients that ask as fast as they can, 64 deep, until the time is up."""
    end = asyncio.get_running_loop().time() + scale.flood_s

    async def one() -> None:
        client = await RawClient.connect(target.port)
        while asyncio.get_running_loop().time() < end:
            await client.send(frame(1, 1, LONG_READ) * 64)
            await client.reader.readexactly(64 * 259)
        await client.close()

    tasks = [asyncio.ensure_future(one()) for _ in range(2)]
    while not all(task.done() for task in tasks):
        await target.served()
    await asyncio.gather(*tasks)


FAULTS: list[Callable[[Target, Scale], Awaitable[None]]] = [
    many, slow_loris, resets, killed, garbage, never_reads, flood,
]  # fmt: skip


async def attack(target: Target, scale: Scale) -> None:
    """Each fault twice: what it leaves behind the first time is the interpreter's, what the second adds is a leak."""
    await target.served()
    at_rest = target.descriptors()
    for fault in FAULTS:
        await fault(target, scale)
        await target.released(at_rest)
    before = target.memory_kb()
    for fault in FAULTS:
        await fault(target, scale)
        await target.released(at_rest)
        await target.served()
    assert target.memory_kb() - before < GROWTH_KB


async def test_faults_in_short(target: Target) -> None:
    await attack(target, Scale(connections=700, loris=60, resets=60, garbage=100, flood_s=0.75))


@pytest.mark.nightly
async def test_faults_in_full(target: Target) -> None:
    await attack(target, Scale(connections=1000, loris=300, resets=300, garbage=500, flood_s=60))
