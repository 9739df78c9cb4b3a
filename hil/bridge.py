"""A serial port of this machine for a harness on another one: its bytes, raw, over TCP."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Final, Protocol

from protocols.errors import LinkError

_READ: Final = 4096
#: A client whose machine has died is found out within some 15 s, and another one may come.
_KEEPALIVE: Final = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),  # a frame waits for nobody
    *((socket.IPPROTO_TCP, getattr(socket, name), value)
      for name, value in (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 3), ("TCP_KEEPCNT", 3)) if hasattr(socket, name)),
)  # fmt: skip

_log = logging.getLogger("sector7.bridge")


class Stream(Protocol):
    """A serial line on the event loop (port `ByteStream`)."""

    name: str

    def open(self, received: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """Begin to listen. Raises LinkError."""
        ...

    def write(self, data: bytes) -> None:
        """Send."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class Bridge:
    """Shares `stream` with one client at a time; others are turned away. What the line says to nobody is dropped.

    A line that is lost takes its client with it, and is opened again for the next one.
    """

    def __init__(self, stream: Stream, host: str, port: int) -> None:
        self._stream = stream
        self.host = host
        self.port = port
        self.turned_away = 0
        self._client: asyncio.StreamWriter | None = None
        self._open = False
        self._server: asyncio.Server | None = None

    @property
    def busy(self) -> bool:
        """True while a client is connected."""
        return self._client is not None

    async def start(self) -> None:
        """Open the line and listen. Raises LinkError when either cannot be had."""
        self._listen()
        try:
            self._server = await asyncio.start_server(self._serve, self.host, self.port)
        except OSError as error:
            self._stream.close()
            raise LinkError(f"{self.host}:{self.port}", f"cannot listen: {error.strerror or error}") from error
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Give everything back."""
        if self._server is not None:
            self._server.close()
        if self._client is not None:
            self._client.transport.abort()
        self._stream.close()

    def _listen(self) -> None:
        self._stream.open(self._received, self._lost)
        self._open = True

    def _received(self, data: bytes) -> None:
        client = self._client
        if client is not None and client.transport.get_write_buffer_size() < _READ:
            client.write(data)  # one who does not read gets gaps: an RTU master repeats

    def _lost(self, why: str) -> None:
        self._open = False
        _log.warning("%s: %s", self._stream.name, why)
        if self._client is not None:
            self._client.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        who = writer.get_extra_info("peername")
        if self._client is not None:
            self.turned_away += 1
            _log.warning("%s turned away: %s is in use", who, self._stream.name)
            writer.transport.abort()
            return
        self._client = writer
        try:
            if not self._open:
                self._listen()
            line = writer.get_extra_info("socket")
            for level, option, value in _KEEPALIVE:
                line.setsockopt(level, option, value)
            _log.info("%s connected", who)
            while data := await reader.read(_READ):
                self._stream.write(data)
        except (LinkError, OSError) as error:
            _log.warning("%s: %s", who, error)
        finally:
            self._client = None
            writer.transport.abort()
            _log.info("%s gone", who)
