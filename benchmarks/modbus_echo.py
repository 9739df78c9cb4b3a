"""What asyncio itself costs: a server that takes 12 bytes and gives 209, and looks at neither. Prints its port."""

from __future__ import annotations

import asyncio

REQUEST, ANSWER = 12, b"\0" * 209


class Echo(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.write(ANSWER * (len(data) // REQUEST))


async def main() -> None:
    """Serve for ever."""
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
