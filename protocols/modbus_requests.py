"""What the server answers: function codes 1-6, 8, 15, 16, 22, 23 and 43/14 as the application protocol V1.1b3 has them.

The order of the checks is the specification's: unit, function, lengths and quantities (03), addresses (02), values
(03), execution (04). Nothing is written unless all of them pass. Everything is synchronous: a request is answered
before the next one is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from pymodbus.constants import ExcCodes

from protocols.modbus_identity import identify
from protocols.modbus_log import LimitedLog
from protocols.modbus_unit import ServedUnit, bits, words
from protocols.tag import Table

MAX_BITS_READ, MAX_BITS_WRITTEN = 2000, 1968
MAX_WORDS_READ, MAX_WORDS_WRITTEN, MAX_WORDS_EXCHANGED = 125, 123, 121
ON, OFF = 0xFF00, 0x0000

_TWO = struct.Struct(">xHH")
_THREE = struct.Struct(">xHHH")
_BLOCK = struct.Struct(">xHHB")
_EXCHANGE = struct.Struct(">xHHHHB")

#: The body of an answer (behind the function code), or the exception instead of one.
Answer = bytes | ExcCodes


def answer(units: Mapping[int, ServedUnit], unit: int, pdu: bytes, who: str, log: LimitedLog) -> bytes:
    """The answer PDU to one request PDU (1..253 bytes) that `who` sent to `unit`. Never raises.

    An exception answer has the top bit of its function code set.
    """
    function = pdu[0]
    served = units.get(unit)
    handler = HANDLERS.get(function)
    body: Answer
    if served is None:
        body = ExcCodes.GATEWAY_NO_RESPONSE
    elif handler is None:
        body = ExcCodes.ILLEGAL_FUNCTION
    else:
        try:
            body = handler(served, pdu, who)
        except Exception as error:  # noqa: BLE001 - a fault of the source must not take the server down
            log.note("request failed", f"{who}: function {function} of unit {unit}: {error!r}")
            body = ExcCodes.DEVICE_FAILURE
    if isinstance(body, ExcCodes):
        return bytes((function | 0x80, body))
    return pdu[:1] + body


def _read(table: Table, most: int) -> Callable[[ServedUnit, bytes, str], Answer]:
    def handle(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
        if len(pdu) != 5:
            return ExcCodes.ILLEGAL_VALUE
        address, count = _TWO.unpack(pdu)
        if not 1 <= count <= most:
            return ExcCodes.ILLEGAL_VALUE
        if not unit.has(table, address, count):
            return ExcCodes.ILLEGAL_ADDRESS
        content = unit.read(table, address, count)
        return bytes((len(content),)) + content

    return handle


def _write_coil(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) != 5:
        return ExcCodes.ILLEGAL_VALUE
    address, value = _TWO.unpack(pdu)
    if value not in (ON, OFF):
        return ExcCodes.ILLEGAL_VALUE
    return unit.write(Table.COIL, address, [int(value == ON)], who) or pdu[1:]


def _write_register(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) != 5:
        return ExcCodes.ILLEGAL_VALUE
    address, value = _TWO.unpack(pdu)
    return unit.write(Table.HOLDING, address, [value], who) or pdu[1:]


def _write_coils(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) < 6:
        return ExcCodes.ILLEGAL_VALUE
    address, count, size = _BLOCK.unpack_from(pdu)
    if not 1 <= count <= MAX_BITS_WRITTEN or size != (count + 7) // 8 or len(pdu) != 6 + size:
        return ExcCodes.ILLEGAL_VALUE
    return unit.write(Table.COIL, address, bits(pdu[6:], count), who) or pdu[1:5]


def _write_registers(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) < 6:
        return ExcCodes.ILLEGAL_VALUE
    address, count, size = _BLOCK.unpack_from(pdu)
    if not 1 <= count <= MAX_WORDS_WRITTEN or size != 2 * count or len(pdu) != 6 + size:
        return ExcCodes.ILLEGAL_VALUE
    return unit.write(Table.HOLDING, address, words(pdu[6:]), who) or pdu[1:5]


def _mask_write(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) != 7:
        return ExcCodes.ILLEGAL_VALUE
    address, keep, put = _THREE.unpack(pdu)
    if not unit.has(Table.HOLDING, address, 1, writing=True):
        return ExcCodes.ILLEGAL_ADDRESS
    value = unit.word(address) & keep | put & ~keep & 0xFFFF
    return unit.write(Table.HOLDING, address, [value], who) or pdu[1:]


def _exchange(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) < 10:
        return ExcCodes.ILLEGAL_VALUE
    source, wanted, target, count, size = _EXCHANGE.unpack_from(pdu)
    if not (1 <= wanted <= MAX_WORDS_READ and 1 <= count <= MAX_WORDS_EXCHANGED):
        return ExcCodes.ILLEGAL_VALUE
    if size != 2 * count or len(pdu) != 10 + size:
        return ExcCodes.ILLEGAL_VALUE
    if not unit.has(Table.HOLDING, source, wanted):
        return ExcCodes.ILLEGAL_ADDRESS
    # The specification writes first and then reads.
    refused = unit.write(Table.HOLDING, target, words(pdu[10:]), who)
    if refused is not None:
        return refused
    return bytes((2 * wanted,)) + unit.read(Table.HOLDING, source, wanted)


def _diagnose(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    if len(pdu) < 5 or len(pdu) % 2 == 0:
        return ExcCodes.ILLEGAL_VALUE
    # 0 is "return query data". The other sub-functions speak of a serial line.
    return pdu[1:] if pdu[1:3] == b"\0\0" else ExcCodes.ILLEGAL_FUNCTION


def _identify(unit: ServedUnit, pdu: bytes, who: str) -> Answer:
    return identify(unit.number, unit.title, pdu)


HANDLERS: dict[int, Callable[[ServedUnit, bytes, str], Answer]] = {
    1: _read(Table.COIL, MAX_BITS_READ),
    2: _read(Table.DISCRETE, MAX_BITS_READ),
    3: _read(Table.HOLDING, MAX_WORDS_READ),
    4: _read(Table.INPUT, MAX_WORDS_READ),
    5: _write_coil,
    6: _write_register,
    8: _diagnose,
    15: _write_coils,
    16: _write_registers,
    22: _mask_write,
    23: _exchange,
    43: _identify,
}
