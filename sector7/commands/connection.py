"""What commands share that talk to a plant which is served somewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from sector7.commands.hmi import host_and_port

if TYPE_CHECKING:
    from protocols.modbus.client import PlantClient

_Answer = TypeVar("_Answer")


def connected(address: str, work: Callable[[PlantClient], Awaitable[_Answer]]) -> _Answer:
    """Do something with a connection to the server there. Raises LinkError, Refusal."""
    import asyncio

    from protocols.modbus.client import PlantClient

    host, port = host_and_port(address)

    async def run() -> _Answer:
        client = PlantClient(host, port)
        await client.connect()
        try:
            return await work(client)
        finally:
            await client.close()

    return asyncio.run(run())
