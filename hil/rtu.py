"""Modbus RTU frames of a master: CRC, requests, answers. No port and no time: bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack, unpack
from typing import Final

from protocols.errors import LinkError

READ_HOLDING: Final = 3
READ_INPUT: Final = 4
WRITE_MANY: Final = 16
READ_WRITE: Final = 23
IDENTIFY: Final = 43
EXCEPTION: Final = 0x80


def _table() -> tuple[int, ...]:
    rows = []
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
        rows.append(crc)
    return tuple(rows)


_CRC: Final = _table()


class Refused(LinkError):
    """The slave answered with a Modbus exception; `code` is its number."""

    def __init__(self, slave: int, function: int, code: int) -> None:
        super().__init__(f"slave {slave}", f"refuses function {function} with exception {code}")
        self.slave = slave
        self.function = function
        self.code = code


class Garbled(LinkError):
    """What came back is no answer to what was asked: too short, another sender, a wrong CRC."""


def crc16(data: bytes) -> int:
    """The CRC of an RTU frame; over a frame that ends with its own it is 0."""
    crc = 0xFFFF
    for byte in data:
        crc = crc >> 8 ^ _CRC[(crc ^ byte) & 0xFF]
    return crc


def frame(body: bytes) -> bytes:
    """`body` (slave, function, data) with its CRC, low byte first."""
    return body + crc16(body).to_bytes(2, "little")


def read(slave: int, function: int, address: int, count: int) -> bytes:
    """Function 1 to 4: read `count` bits or registers."""
    return frame(pack(">BBHH", slave, function, address, count))


def write_register(slave: int, address: int, word: int) -> bytes:
    """Function 06; the answer is the same."""
    return frame(bytes([slave, 6]) + address.to_bytes(2, "big") + word.to_bytes(2, "big"))


def write_registers(slave: int, address: int, words: Sequence[int]) -> bytes:
    """Function 16."""
    head = pack(">BBHHB", slave, WRITE_MANY, address, len(words), 2 * len(words))
    return frame(head + pack(f">{len(words)}H", *words))


def read_write(slave: int, read_address: int, count: int, write_address: int, words: Sequence[int]) -> bytes:
    """Function 23: the words are written before the registers are read. One of these is one exchange."""
    n = len(words)
    return frame(
        pack(f">BBHHHHB{n}H", slave, READ_WRITE, read_address, count, write_address, n, 2 * n, *words)
    )  # fmt: skip


def identification(slave: int, code: int = 3) -> bytes:
    """Function 43/14: the device's objects up to category `code` (1 basic, 2 regular, 3 extended)."""
    return frame(bytes((slave, IDENTIFY, 14, code, 0)))


def answer_length(request: bytes) -> int:
    """Bytes of the answer to a request if it is not an exception (which has 5), nor an identification."""
    function = request[1]
    count = int.from_bytes(request[4:6], "big")
    if function in (1, 2):
        return 5 + -(-count // 8)
    if function in (3, 4, READ_WRITE):
        return 5 + 2 * count
    return {22: 10}.get(function, 8)


def missing(request: bytes, got: bytes) -> int:
    """Bytes of the answer that are not there yet, as far as those that are can tell; 0: it is whole."""
    if len(got) > 1 and got[1] & EXCEPTION:
        return max(0, 5 - len(got))
    if request[1] != IDENTIFY:
        return max(0, answer_length(request) - len(got))
    end = 8  # slave, function, type, code, conformity, more, next, number of objects
    if len(got) < end:
        return end - len(got)
    for _ in range(got[7]):
        if len(got) < end + 2:
            return end + 2 - len(got)
        end += 2 + got[end + 1]
    return max(0, end + 2 - len(got))


def objects(request: bytes, answer: bytes) -> dict[int, str]:
    """What a device says of itself, by object number. Raises Garbled or Refused."""
    data = check(request, answer)
    if missing(request, answer) or len(data) < 6:
        raise Garbled(f"slave {request[0]}", "sends an identification that is not whole")
    found, at = {}, 6
    for _ in range(data[5]):
        number, length = data[at], data[at + 1]
        found[number] = data[at + 2 : at + 2 + length].decode("ascii", "replace")
        at += 2 + length
    return found


def check(request: bytes, answer: bytes) -> bytes:
    """The data behind slave and function. Raises Garbled or Refused."""
    slave, function = request[0], request[1]
    if len(answer) < 5 or crc16(answer):
        raise Garbled(f"slave {slave}", f"answers with {answer.hex(' ') or 'nothing'}")
    if answer[0] != slave or answer[1] & ~EXCEPTION != function:
        raise Garbled(f"slave {slave}", f"asked for function {function}, got {answer.hex(' ')}")
    if answer[1] & EXCEPTION:
        raise Refused(slave, function, answer[2])
    return answer[2:-2]


def registers(request: bytes, answer: bytes) -> tuple[int, ...]:
    """The registers that a read (3, 4, 23) brought. Raises Garbled or Refused."""
    data = check(request, answer)
    if not data or len(data) != 1 + data[0] or data[0] != 2 * int.from_bytes(request[4:6], "big"):
        raise Garbled(f"slave {request[0]}", f"sends {max(0, len(data) - 1)} bytes, not the registers asked for")
    return unpack(f">{data[0] // 2}H", data[1:])
