"""What commands share that talk to a plant which is served somewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from protocols.address import HERE
from sector7.usage import UsageError

if TYPE_CHECKING:
    from protocols.modbus.client import PlantClient

_Answer = TypeVar("_Answer")
#: Wall time within which a running plant has taken a command, and how often it is asked whether it has.
_PATIENCE_S: Final = 5.0
_LOOK_S: Final = 0.05


def host_and_port(text: str) -> tuple[str, int]:
    """The two parts of HOST:PORT. Raises UsageError."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise UsageError("HOST:PORT", text, f"a host and a port such as {HERE}")
    return host.strip("[]"), int(port)


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


async def taken(client: PlantClient, has: Callable[[Mapping[str, int]], bool], what: str) -> dict[str, int]:
    """The first values of unit 1 by which the plant `has` taken what was asked for. Raises LinkError if it does not."""
    import asyncio
    import time

    from protocols.errors import LinkError

    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        values = await client.read(1)
        if has(values):
            return values
        await asyncio.sleep(_LOOK_S)
    raise LinkError(client.partner, f"has not taken {what} yet", "is it paused? It will when it goes on")
