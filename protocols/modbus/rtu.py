"""Where a Modbus RTU frame ends: unit (1 byte), function code, data, CRC-16 (2 bytes, least significant first).

A frame does not say how long it is. Its function code does, for the requests that we know; the CRC confirms it. What
fits no length is left to the silence behind it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

from protocols.modbus.framing import BROKEN, INCOMPLETE, Framing

MIN_FRAME, MAX_FRAME = 4, 256

#: Length of a request by function code: fixed, or (index of the byte that counts the rest, bytes besides that rest).
_FIXED: Final = {1: 8, 2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 7: 4, 8: 8, 11: 4, 12: 4, 17: 4, 22: 10, 24: 6, 43: 7}
_COUNTED: Final = {15: (6, 9), 16: (6, 9), 20: (2, 5), 21: (2, 5), 23: (10, 13)}
#: The same for answers, where they differ: other slaves' answers pass on a shared line.
_ANSWER_COUNTED: Final = {1, 2, 3, 4, 12, 17, 20, 21, 23}
_ANSWER_FIXED: Final = {15: 8, 16: 8, 7: 5, 11: 8}


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


_TABLE: Final = _table()


def crc(data: bytes) -> bytes:
    """The two check bytes of `data`, in the order in which they are sent."""
    value = 0xFFFF
    for byte in data:
        value = value >> 8 ^ _TABLE[(value ^ byte) & 0xFF]
    return value.to_bytes(2, "little")


def is_frame(data: bytes) -> bool:
    """True if `data` as a whole has the length and the check bytes of a frame."""
    return MIN_FRAME <= len(data) <= MAX_FRAME and crc(data[:-2]) == data[-2:]


def framed(request: bytes, start: int, pdu: bytes) -> bytes:
    """The answer `pdu` in a frame with the unit of the request that begins at `start`."""
    body = request[start : start + 1] + pdu
    return body + crc(body)


def stream_end(stream: bytes, start: int) -> int:
    """The index behind the request that begins at `start` of a reliable stream; INCOMPLETE or BROKEN."""
    have = len(stream) - start
    if have < MIN_FRAME:
        return INCOMPLETE
    length = _request_length(stream, start)
    if length and have >= length and is_frame(stream[start : start + length]):
        return start + length
    return BROKEN if have >= MAX_FRAME else INCOMPLETE


def whole_end(stream: bytes, start: int) -> int:
    """The index behind a frame that fills the stream from `start` to its end; INCOMPLETE if it does not."""
    return len(stream) if is_frame(stream[start:]) else INCOMPLETE


def line_end(own: Collection[int], stream: bytes, start: int) -> int:
    """The index behind the frame that begins at `start` of what a serial line carried; INCOMPLETE if none does yet.

    Frames of units other than `own` may be answers too. A serial line is never BROKEN: silence begins it anew.
    """
    end = stream_end(stream, start)
    if end > 0 or len(stream) - start < MIN_FRAME or stream[start] in own:
        return max(end, INCOMPLETE)
    length = _answer_length(stream, start)
    if length and len(stream) - start >= length and is_frame(stream[start : start + length]):
        return start + length
    return INCOMPLETE


def last_frame(stream: bytes, own: Collection[int]) -> int:
    """Where in `stream` a frame for one of `own` begins that ends with it; -1 if there is none.

    It saves the request behind a spoilt one: a master sends it long before we have seen the silence between them.
    """
    starts = range(max(0, len(stream) - MAX_FRAME), len(stream) - MIN_FRAME + 1)
    return next((i for i in starts if (stream[i] in own or stream[i] == 0) and is_frame(stream[i:])), -1)


def _request_length(stream: bytes, start: int) -> int:
    """Bytes of the request that begins at `start`; 0 if that is not known (yet)."""
    function = stream[start + 1]
    if function in _COUNTED:
        index, besides = _COUNTED[function]
        return besides + stream[start + index] if len(stream) > start + index else 0
    return _FIXED.get(function, 0)


def _answer_length(stream: bytes, start: int) -> int:
    function = stream[start + 1]
    if function & 0x80:
        return 5
    if function in _ANSWER_COUNTED:
        return 5 + stream[start + 2]
    return _ANSWER_FIXED.get(function, 0)


#: RTU frames on a TCP connection.
RTU_STREAM: Final = Framing("Modbus RTU", 0, 2, stream_end, framed)


def rtu_line(own: Collection[int]) -> Framing:
    """RTU frames on a serial line where `own` are our units."""
    return Framing("Modbus RTU", 0, 2, partial(line_end, frozenset(own)), framed)
