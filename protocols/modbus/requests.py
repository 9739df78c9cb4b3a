"""What each function code does: 1-6, 8, 15-17, 20, 22-24 and 43/14 as the application protocol V1.1b3 has them.

The order of the checks is the specification's: unit, function, lengths and quantities (03), addresses (02), values
(03), execution (04). What a role may not do is a function that it does not have (01). Nothing is written unless all
of them pass. Everything is synchronous: a request is carried out before the next one is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from pymodbus.constants import ExcCodes

from protocols.modbus.diagnostics import diagnose
from protocols.modbus.identity import identify
from protocols.modbus.peer import Device, Peer
from protocols.modbus.records import read_fifo, read_file, report_server
from protocols.modbus.unit import bits, words
from protocols.tags.tag import Table

MAX_BITS_READ, MAX_BITS_WRITTEN = 2000, 1968
MAX_WORDS_READ, MAX_WORDS_WRITTEN, MAX_WORDS_EXCHANGED = 125, 123, 121
ON, OFF = 0xFF00, 0x0000

_BYTE = tuple(bytes((n,)) for n in range(256))
_TWO = struct.Struct(">xHH")
_THREE = struct.Struct(">xHHH")
_BLOCK = struct.Struct(">xHHB")
_EXCHANGE = struct.Struct(">xHHHHB")

#: The body of an answer (behind the function code), or how to make it once the write is durable; an exception; or
#: None where nothing is answered.
Answer = bytes | Callable[[], bytes] | ExcCodes | None


def _read(table: Table, most: int) -> Callable[[Device, bytes, Peer], Answer]:
    def handle(device: Device, pdu: bytes, peer: Peer) -> Answer:
        if len(pdu) != 5:
            return ExcCodes.ILLEGAL_VALUE
        address, count = _TWO.unpack(pdu)
        if not 1 <= count <= most:
            return ExcCodes.ILLEGAL_VALUE
        content = device.served.fetch(table, address, count)
        return ExcCodes.ILLEGAL_ADDRESS if content is None else _BYTE[len(content)] + content

    return handle


def _write_coil(device: Device, pdu: bytes, peer: Peer) -> Answer:
    if len(pdu) != 5:
        return ExcCodes.ILLEGAL_VALUE
    address, value = _TWO.unpack(pdu)
    if value not in (ON, OFF):
        return ExcCodes.ILLEGAL_VALUE
    return device.served.write(Table.COIL, address, [int(value == ON)], peer) or pdu[1:]


def _write_register(device: Device, pdu: bytes, peer: Peer) -> Answer:
    if len(pdu) != 5:
        return ExcCodes.ILLEGAL_VALUE
    address, value = _TWO.unpack(pdu)
    return device.served.write(Table.HOLDING, address, [value], peer) or pdu[1:]


def _write_coils(device: Device, pdu: bytes, peer: Peer) -> Answer:
    if len(pdu) < 6:
        return ExcCodes.ILLEGAL_VALUE
    address, count, size = _BLOCK.unpack_from(pdu)
    if not 1 <= count <= MAX_BITS_WRITTEN or size != (count + 7) // 8 or len(pdu) != 6 + size:
        return ExcCodes.ILLEGAL_VALUE
    return device.served.write(Table.COIL, address, bits(pdu[6:], count), peer) or pdu[1:5]


def _write_registers(device: Device, pdu: bytes, peer: Peer) -> Answer:
    if len(pdu) < 6:
        return ExcCodes.ILLEGAL_VALUE
    address, count, size = _BLOCK.unpack_from(pdu)
    if not 1 <= count <= MAX_WORDS_WRITTEN or size != 2 * count or len(pdu) != 6 + size:
        return ExcCodes.ILLEGAL_VALUE
    return device.served.write(Table.HOLDING, address, words(pdu[6:]), peer) or pdu[1:5]


def _mask_write(device: Device, pdu: bytes, peer: Peer) -> Answer:
    if len(pdu) != 7:
        return ExcCodes.ILLEGAL_VALUE
    address, keep, put = _THREE.unpack(pdu)
    unit = device.served
    if not unit.has(Table.HOLDING, address, 1, writing=True):
        return ExcCodes.ILLEGAL_ADDRESS
    value = unit.newest(address) & keep | put & ~keep & 0xFFFF
    return unit.write(Table.HOLDING, address, [value], peer) or pdu[1:]


def _exchange(device: Device, pdu: bytes, peer: Peer) -> Answer:
    if len(pdu) < 10:
        return ExcCodes.ILLEGAL_VALUE
    source, wanted, target, count, size = _EXCHANGE.unpack_from(pdu)
    if not (1 <= wanted <= MAX_WORDS_READ and 1 <= count <= MAX_WORDS_EXCHANGED):
        return ExcCodes.ILLEGAL_VALUE
    if size != 2 * count or len(pdu) != 10 + size:
        return ExcCodes.ILLEGAL_VALUE
    unit = device.served
    if not unit.has(Table.HOLDING, source, wanted):
        return ExcCodes.ILLEGAL_ADDRESS
    # The specification writes first and then reads.
    refused = unit.write(Table.HOLDING, target, words(pdu[10:]), peer)
    if refused is not None:
        return refused
    return lambda: bytes((2 * wanted,)) + unit.read(Table.HOLDING, source, wanted)


def _identify(device: Device, pdu: bytes, peer: Peer) -> Answer:
    return identify(device.served, pdu)


HANDLERS: dict[int, Callable[[Device, bytes, Peer], Answer]] = {
    1: _read(Table.COIL, MAX_BITS_READ),
    2: _read(Table.DISCRETE, MAX_BITS_READ),
    3: _read(Table.HOLDING, MAX_WORDS_READ),
    4: _read(Table.INPUT, MAX_WORDS_READ),
    5: _write_coil,
    6: _write_register,
    8: diagnose,
    15: _write_coils,
    16: _write_registers,
    17: report_server,
    20: read_file,
    22: _mask_write,
    23: _exchange,
    24: read_fifo,
    43: _identify,
}
