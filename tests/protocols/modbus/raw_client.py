"""A Modbus TCP client of a few lines that sends exactly the bytes it is told to."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct


def frame(transaction: int, unit: int, pdu: bytes) -> bytes:
    """A request or answer frame."""
    return transaction.to_bytes(2) + b"\0\0" + (len(pdu) + 1).to_bytes(2) + bytes((unit,)) + pdu


class RawClient:
    """One connection; `ask` numbers its requests and checks that the answer belongs to them."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.transaction = 0x1200

    @classmethod
    async def connect(cls, port: int, tls: ssl.SSLContext | None = None) -> RawClient:
        return cls(*await asyncio.open_connection("127.0.0.1", port, ssl=tls))

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def receive(self) -> tuple[int, int, bytes]:
        """Transaction, unit and PDU of the next answer."""
        header = await self.reader.readexactly(7)
        assert header[2:4] == b"\0\0"
        pdu = await self.reader.readexactly(int.from_bytes(header[4:6]) - 1)
        return int.from_bytes(header[:2]), header[6], pdu

    async def ask(self, unit: int, pdu: bytes) -> bytes:
        self.transaction += 1
        await self.send(frame(self.transaction, unit, pdu))
        transaction, answering, answer = await self.receive()
        assert (transaction, answering) == (self.transaction, unit)
        return answer

    async def ended(self) -> bool:
        """Waits until the server closes the connection; True if it sent nothing more before."""
        try:
            return await self.reader.read() == b""
        except ConnectionResetError:
            return True

    def reset(self) -> None:
        """Part as a crashed machine does: with a reset instead of a goodbye."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def close(self) -> None:
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except (ConnectionError, ssl.SSLError):
            pass
