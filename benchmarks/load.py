"""Load for a Modbus TCP server: connections that each keep a number of equal requests in flight."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

REQUEST = bytes.fromhex("0001 0000 0006 01 03 0000 0064")
"""FC3: 100 holding registers from 0 of unit 1."""
ANSWER_SIZE = 9 + 200


@dataclass(frozen=True)
class Load:
    """What came of it."""

    requests: int
    wall_s: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.wall_s


class _Caller(asyncio.Protocol):
    """Sends `depth` requests, and the next ones whenever all of them are answered."""

    def __init__(self, requests: int, depth: int) -> None:
        self._rounds = requests // depth
        self._batch = REQUEST * depth
        self._due = ANSWER_SIZE * depth
        self._got = 0
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def start(self) -> None:
        """Begin to ask."""
        assert self._transport is not None
        self._transport.write(self._batch)

    def data_received(self, data: bytes) -> None:
        self._got += len(data)
        if self._got < self._due:
            return
        self._got = 0
        self._rounds -= 1
        assert self._transport is not None
        if self._rounds > 0:
            self._transport.write(self._batch)
        else:
            self._transport.close()
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))


async def load(port: int, *, connections: int, depth: int, requests: int) -> Load:
    """Have `requests` answered over `connections`, `depth` in flight on each. Raises TimeoutError after 60 s."""
    loop = asyncio.get_running_loop()
    each = requests // connections
    callers = []
    for _ in range(connections):
        _, caller = await loop.create_connection(lambda: _Caller(each, depth), "127.0.0.1", port)
        callers.append(caller)
    begin = time.perf_counter()
    for caller in callers:
        caller.start()
    async with asyncio.timeout(60):
        await asyncio.gather(*(caller.done for caller in callers))
    return Load(each // depth * depth * connections, time.perf_counter() - begin)
