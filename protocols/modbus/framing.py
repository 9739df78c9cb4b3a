"""Where a Modbus TCP frame ends.

It is made of transaction (2 bytes), protocol (2, zero), length (2), and `length` bytes: unit, function code, data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

HEADER: Final = 6
#: Unit and function code at least; unit and a PDU of 253 bytes at most.
MIN_LENGTH, MAX_LENGTH = 2, 254

INCOMPLETE: Final = 0
BROKEN: Final = -1


def frame_end(stream: bytes, start: int) -> int:
    """The index behind the frame that begins at `start`.

    INCOMPLETE when bytes are still to come; BROKEN when no frame can begin like this. There is no way to find the
    next frame in a broken stream: the connection has to go.
    """
    have = len(stream) - start
    if have >= 4 and stream[start + 2 : start + 4] != b"\0\0":
        return BROKEN
    if have < HEADER:
        return INCOMPLETE
    length = stream[start + 4] << 8 | stream[start + 5]
    if not MIN_LENGTH <= length <= MAX_LENGTH:
        return BROKEN
    return start + HEADER + length if have >= HEADER + length else INCOMPLETE


def framed(request: bytes, start: int, pdu: bytes) -> bytes:
    """The answer `pdu` in a frame with the transaction and unit of the request that begins at `start`."""
    length = len(pdu) + 1
    return request[start : start + 4] + bytes((length >> 8, length & 0xFF, request[start + 6])) + pdu


@dataclass(frozen=True)
class Framing:
    """How requests are cut out of a stream. `name` is what people call it; `head` bytes stand before the unit, `tail`
    bytes behind the PDU.

    `end(stream, start)` is the index behind the frame that begins at `start`, INCOMPLETE or BROKEN;
    `framed(request, start, pdu)` the answer `pdu` to the request that begins at `start`.
    """

    name: str
    head: int
    tail: int
    end: Callable[[bytes, int], int]
    framed: Callable[[bytes, int, bytes], bytes]


TCP: Final = Framing("Modbus TCP", HEADER, 0, frame_end, framed)
