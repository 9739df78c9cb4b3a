"""The four ways to reach the server, for a test that sends exactly the bytes it is told to."""

from __future__ import annotations

import asyncio
import os
import ssl
import tty
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Protocol

from hil.serial_stream import SerialStream
from protocols.modbus.doors import SerialDoor, TcpDoor
from protocols.modbus.server import PlantServer
from protocols.modbus.tls import TlsFiles
from protocols.ports import CommitGate
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import RawClient

TRANSPORTS = ("tcp", "tls", "rtu-tcp", "pty")


def check(data: bytes) -> bytes:
    """CRC-16 as the serial line specification describes it, bit by bit."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value, carry = value >> 1, value & 1
            if carry:
                value ^= 0xA001
    return bytes((value & 0xFF, value >> 8))


def adu(unit: int, pdu: bytes) -> bytes:
    """A serial frame."""
    body = bytes((unit,)) + pdu
    return body + check(body)


def first_answer(data: bytes) -> bytes:
    """The first whole answer frame in `data`, empty if there is none yet; by its length where that is known."""
    if len(data) < 5:
        return b""
    function = data[1]
    if function & 0x80:
        lengths = range(5, 6)
    elif function in (1, 2, 3, 4, 17, 20, 23):
        lengths = range(5 + data[2], 6 + data[2])
    elif function in (5, 6, 15, 16):
        lengths = range(8, 9)
    elif function == 22:
        lengths = range(10, 11)
    else:
        lengths = range(5, len(data) + 1)
    for length in lengths:
        if length <= len(data) and check(data[: length - 2]) == data[length - 2 : length]:
            return data[:length]
    return b""


class Link(Protocol):
    """A connection that sends requests and hands back answers."""

    async def send(self, unit: int, pdu: bytes) -> None: ...

    async def receive(self) -> tuple[int, bytes]: ...

    async def close(self) -> None: ...


class TcpLink:
    """Modbus TCP, plain or TLS; checks transaction ids."""

    def __init__(self, raw: RawClient) -> None:
        self.raw = raw
        self.sent: list[int] = []

    async def send(self, unit: int, pdu: bytes) -> None:
        self.raw.transaction = self.raw.transaction * 5 + 1 & 0xFFFF
        self.sent.append(self.raw.transaction)
        head = self.raw.transaction.to_bytes(2) + b"\0\0" + (len(pdu) + 1).to_bytes(2)
        await self.raw.send(head + bytes((unit,)) + pdu)

    async def receive(self) -> tuple[int, bytes]:
        transaction, unit, pdu = await self.raw.receive()
        while self.sent.pop(0) != transaction:  # what came before had no answer
            assert self.sent, "an answer to nothing"
        return unit, pdu

    async def close(self) -> None:
        await self.raw.close()


class RtuLink(ABC):
    """RTU frames on whatever gives and takes bytes."""

    def __init__(self) -> None:
        self.buffer = b""

    @abstractmethod
    async def write(self, data: bytes) -> None:
        """Send."""

    @abstractmethod
    async def read(self) -> bytes:
        """What has come in, as soon as there is something."""

    async def send(self, unit: int, pdu: bytes) -> None:
        await self.write(adu(unit, pdu))

    async def receive(self) -> tuple[int, bytes]:
        while not (frame := first_answer(self.buffer)):
            self.buffer += await self.read()
        self.buffer = self.buffer[len(frame) :]
        return frame[0], frame[1:-2]


class RtuTcpLink(RtuLink):
    """RTU over TCP."""

    def __init__(self, raw: RawClient) -> None:
        super().__init__()
        self.raw = raw

    async def write(self, data: bytes) -> None:
        await self.raw.send(data)

    async def read(self) -> bytes:
        data = await self.raw.reader.read(4096)
        if not data:
            raise asyncio.IncompleteReadError(self.buffer, None)
        return data

    async def close(self) -> None:
        await self.raw.close()


class PtyLink(RtuLink):
    """The master's end of a pseudo-terminal: a serial line without wire."""

    def __init__(self) -> None:
        super().__init__()
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        self.path = os.ttyname(self.slave)
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        self.loop.add_reader(self.master, self._read)

    def _read(self) -> None:
        self.arrived.put_nowait(os.read(self.master, 4096))

    async def write(self, data: bytes) -> None:
        os.write(self.master, data)

    async def read(self) -> bytes:
        return await self.arrived.get()

    async def close(self) -> None:
        self.loop.remove_reader(self.master)
        os.close(self.master)
        os.close(self.slave)


def client_context(bench: Path, stem: str | None) -> ssl.SSLContext:
    """TLS as a client of the bench with the certificate STEM (none if None)."""
    context = ssl.create_default_context(cafile=str(bench / "ca.pem"))
    if stem is not None:
        context.load_cert_chain(bench / f"{stem}.pem", bench / f"{stem}.key")
    return context


class Bench:
    """A server with one door, and a link to it."""

    def __init__(self, kind: str, plant: DictPlant, certificates: Path, gate: CommitGate | None = None) -> None:
        self.kind = kind
        self.certificates = certificates
        self.pty = PtyLink() if kind == "pty" else None
        files = TlsFiles(certificates / "server.pem", certificates / "server.key", certificates / "ca.pem")
        door: TcpDoor | SerialDoor
        if self.pty is not None:
            door = SerialDoor(SerialStream(self.pty.path))
        else:
            door = TcpDoor(port=0, tls=files if kind == "tls" else None, rtu=kind == "rtu-tcp")
        self.server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door], gate=gate, strict=True)

    async def link(self, stem: str = "plc") -> Link:
        """A new connection (on a serial line always the same one)."""
        if self.pty is not None:
            return self.pty
        if self.kind == "tls":
            return TcpLink(await RawClient.connect(self.server.port, client_context(self.certificates, stem)))
        raw = await RawClient.connect(self.server.port)
        return RtuTcpLink(raw) if self.kind == "rtu-tcp" else TcpLink(raw)


async def ask(link: Link, unit: int, pdu: bytes) -> bytes:
    """The answer of `unit`."""
    await link.send(unit, pdu)
    answering, answer = await link.receive()
    assert answering == unit
    return answer
