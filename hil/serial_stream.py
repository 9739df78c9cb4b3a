"""An open serial port on the event loop (port `ByteStream`)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from hil.serial_port import Port, open_port


class SerialStream:
    """Reads and writes one serial port without blocking, 8 data bits, 1 stop bit.

    What cannot be sent at once is kept, up to `LIMIT` bytes: a line that takes nothing must not fill the memory.
    """

    LIMIT = 4096

    def __init__(self, device: str, baud: int = 115200, parity: str = "N") -> None:
        self.name = device
        self.baud = baud
        self._parity = parity
        self._port: Port | None = None
        self._fd = -1
        self._unsent = b""
        self._received: Callable[[bytes], None] = _ignore
        self._lost: Callable[[str], None] = _ignore

    def open(self, received: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """See port `ByteStream`. Raises LinkError naming the device and the remedy."""
        self.close()
        self._port = open_port(self.name, self.baud, self._parity)
        self._fd = self._port.fileno()
        self._received, self._lost = received, lost
        os.set_blocking(self._fd, False)
        asyncio.get_running_loop().add_reader(self._fd, self._read)

    def write(self, data: bytes) -> None:
        """See port `ByteStream`."""
        if self._port is None:
            return
        if not self._unsent:
            data = self._send(data)
        if data and self._port is not None:
            if not self._unsent:
                asyncio.get_running_loop().add_writer(self._fd, self._write_on)
            self._unsent = (self._unsent + data)[: self.LIMIT]

    def close(self) -> None:
        """See port `ByteStream`."""
        port, self._port = self._port, None
        if port is None:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._fd)
        loop.remove_writer(self._fd)
        self._unsent = b""
        port.close()

    def _read(self) -> None:
        try:
            data = os.read(self._fd, 4096)
        except BlockingIOError:
            return
        except OSError as error:
            self._fail(error.strerror or str(error))
            return
        if data:
            self._received(data)
        else:
            self._fail("the device is gone")

    def _write_on(self) -> None:
        self._unsent = self._send(self._unsent)
        if not self._unsent and self._port is not None:
            asyncio.get_running_loop().remove_writer(self._fd)

    def _send(self, data: bytes) -> bytes:
        """What is left of `data` after a try to send it."""
        try:
            return data[os.write(self._fd, data) :]
        except BlockingIOError:
            return data
        except OSError as error:
            self._fail(error.strerror or str(error))
            return b""

    def _fail(self, why: str) -> None:
        lost = self._lost
        self.close()
        lost(why)


def _ignore(_: object) -> None:
    pass
