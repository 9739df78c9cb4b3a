"""The way that most requests take: register reads on Modbus TCP, answered in one go straight from the images.

Masters poll the same blocks over and over, and many of them at a time; so an answer is kept and given again as long as
the plant's values are those of the same instant (the generation of the source).

What is anything but a plain read of registers that exist, by a client that all units listen to, is left to the way that
knows the whole specification (`core`); so nothing here answers with an exception.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from protocols.modbus.peer import Kept, Line

#: Behind the transaction of a request: protocol and length as one number (the protocol is 0), unit and function code as
#: one, address, count; and the same of an answer, with its byte count.
_REQUEST: Final = Struct(">IHHH")
_ANSWER: Final = Struct(">IHB")
SIZE: Final = 2 + _REQUEST.size
_LENGTH: Final = 6
_MOST: Final = 125
#: Answers kept for one line, some 250 bytes each: more than there are blocks that all its masters poll.
MOST_KEPT: Final = 512


def read_once(request: bytes, line: Line) -> bytes | None:
    """The answer to a plain read that is all that came in; None if it is something else."""
    asked = request[2:]
    answer = line.kept.get(asked)
    if answer is None or answer.generation != answer.source.generation:
        answer = _read(asked, line)
        if answer is None:
            return None
    answer.device.messages += 1
    line.messages += 1
    return request[:2] + answer.frame


def read_registers(stream: bytes, line: Line, most: int, output: list[bytes]) -> int:
    """Answer the plain reads that `stream` begins with, `most` of them at most; how many there were."""
    last = len(stream) - SIZE
    if last >= most * SIZE:
        last = (most - 1) * SIZE
    kept = line.kept
    start = 0
    while start <= last:
        asked = stream[start + 2 : start + SIZE]
        answer = kept.get(asked)
        if answer is None or answer.generation != answer.source.generation:
            answer = _read(asked, line)
            if answer is None:
                break
        output.append(stream[start : start + 2] + answer.frame)
        answer.device.messages += 1
        start += SIZE
    served = start // SIZE
    line.messages += served
    return served


def _read(asked: bytes, line: Line) -> Kept | None:
    """Answer a request (without its transaction) from the image and keep the answer; None if it is no plain read."""
    length, wanted, address, count = _REQUEST.unpack(asked)
    device = line.readable.get(wanted)
    if device is None or length != _LENGTH:
        return None
    registers = device.served.registers(wanted & 0xFF)
    size = 2 * count
    if not 0 < count <= _MOST or 2 * address + size > len(registers):
        return None
    frame = _ANSWER.pack(size + 3, wanted, size) + registers[2 * address : 2 * address + size]
    if len(line.kept) >= MOST_KEPT:
        line.kept.clear()
    line.kept[asked] = kept = Kept(frame, device)
    return kept
