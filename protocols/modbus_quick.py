"""The way that most requests take: register reads on Modbus TCP, answered in one go straight from the images.

What is anything but a plain read of registers that exist, by a client that all units listen to, is left to the way that
knows the whole specification (`modbus_core`); so nothing here answers with an exception.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from protocols.modbus_peer import Peer

#: Transaction, protocol and length as one number (the protocol is 0), unit and function code as one, address, count;
#: and the same of an answer, with its byte count.
_REQUEST: Final = Struct(">HIHHH")
_ANSWER: Final = Struct(">HIHB")
SIZE: Final = _REQUEST.size
_LENGTH: Final = 6
_MOST: Final = 125


def read_registers(stream: bytes, peer: Peer, most: int, output: list[bytes]) -> int:
    """Answer the plain reads that `stream` begins with, `most` of them at most; how many there were."""
    line = peer.line
    last = len(stream) - SIZE
    if last >= most * SIZE:
        last = (most - 1) * SIZE
    start = 0
    while start <= last:
        transaction, length, wanted, address, count = _REQUEST.unpack_from(stream, start)
        device = line.readable.get(wanted)
        if device is None or length != _LENGTH:
            break
        registers = device.served.registers(wanted & 0xFF)
        size = 2 * count
        if not 0 < count <= _MOST or 2 * address + size > len(registers):
            break
        answer = _ANSWER.pack(transaction, size + 3, wanted, size)
        output.append(answer + registers[2 * address : 2 * address + size])
        device.messages += 1
        start += SIZE
    served = start // SIZE
    line.messages += served
    return served
