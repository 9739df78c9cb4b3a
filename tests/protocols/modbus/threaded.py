"""A server in a thread of its own, and blocking clients for tests that cannot await (hypothesis)."""

from __future__ import annotations

import asyncio
import os
import select
import socket
import threading
import tty
from pathlib import Path
from types import TracebackType

from hil.serial_stream import SerialStream
from protocols.modbus.doors import SerialDoor, TcpDoor
from protocols.modbus.server import PlantServer
from protocols.modbus.tls import TlsFiles
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.links import adu, client_context, first_answer

LONG_S = 20.0


class ThreadedServer:
    """Serves `plant` on one transport from `with` to its end."""

    def __init__(self, kind: str, plant: DictPlant, certificates: Path) -> None:
        self.kind = kind
        self.plant = plant
        self.certificates = certificates
        self.master, self.slave = os.openpty() if kind == "pty" else (-1, -1)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> ThreadedServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(LONG_S)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self.server.stop(), self._loop).result(LONG_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LONG_S)
        self._loop.close()
        if self.kind == "pty":
            os.close(self.master)
            os.close(self.slave)

    async def _start(self) -> None:
        c = self.certificates
        door: SerialDoor | TcpDoor
        if self.kind == "pty":
            tty.setraw(self.slave)
            door = SerialDoor(SerialStream(os.ttyname(self.slave)))
        else:
            tls = TlsFiles(c / "server.pem", c / "server.key", c / "ca.pem") if self.kind == "tls" else None
            door = TcpDoor(port=0, tls=tls, rtu=self.kind == "rtu-tcp")
        self.server = PlantServer(self.plant, self.plant, self.plant.plant_map, port=None, doors=[door], strict=True)
        await self.server.start()
        self.port = self.server.port if self.kind != "pty" else 0

    def connect(self) -> BlockingLink:
        """A new connection."""
        if self.kind == "pty":
            return BlockingLink(self.kind, self.master, None)
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=LONG_S)
        if self.kind == "tls":
            sock = client_context(self.certificates, "engineer").wrap_socket(sock, server_hostname="127.0.0.1")
        return BlockingLink(self.kind, -1, sock)


class BlockingLink:
    """Sends and receives without an event loop."""

    def __init__(self, kind: str, fd: int, sock: socket.socket | None) -> None:
        self.kind = kind
        self._fd = fd
        self._sock = sock
        self.buffer = b""

    def send(self, data: bytes) -> None:
        if self._sock is not None:
            self._sock.sendall(data)
        else:
            os.write(self._fd, data)

    def read(self) -> bytes:
        """Some bytes; none if the server has hung up."""
        if self._sock is not None:
            try:
                return self._sock.recv(65536)
            except ConnectionError:
                return b""
        ready, _, _ = select.select([self._fd], [], [], LONG_S)
        assert ready, "no answer"
        return os.read(self._fd, 65536)

    def frame(self, number: int, unit: int, pdu: bytes) -> bytes:
        """A request as this transport has it."""
        if self.kind in ("rtu-tcp", "pty"):
            return adu(unit, pdu)
        return number.to_bytes(2) + b"\0\0" + (len(pdu) + 1).to_bytes(2) + bytes((unit,)) + pdu

    def receive(self, number: int, unit: int) -> bytes:
        """The PDU of the next answer, which must belong to request `number` to `unit`."""
        while True:
            if self.kind in ("rtu-tcp", "pty"):
                if frame := first_answer(self.buffer):
                    self.buffer = self.buffer[len(frame) :]
                    assert frame[0] == unit
                    return frame[1:-2]
            elif len(self.buffer) >= 8 and len(self.buffer) >= 6 + int.from_bytes(self.buffer[4:6]):
                end = 6 + int.from_bytes(self.buffer[4:6])
                head, pdu, self.buffer = self.buffer[:7], self.buffer[7:end], self.buffer[end:]
                assert (head[:2], head[2:4], head[6]) == (number.to_bytes(2), b"\0\0", unit)
                return pdu
            data = self.read()
            assert data, "the server hung up"
            self.buffer += data

    def finish(self) -> bytes:
        """Send nothing more; everything the server still says until it hangs up."""
        assert self._sock is not None
        if self.kind != "tls":
            try:
                self._sock.shutdown(socket.SHUT_WR)
            except OSError:
                return self.buffer
            while data := self.read():
                self.buffer += data
        return self.buffer

    def close(self) -> None:
        if self._sock is not None:
            self._sock.close()
