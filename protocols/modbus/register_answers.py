"""Answers to register reads, decoded at once; pymodbus decodes register by register, which was a twelfth of the
processor time of an operator's screen."""

from __future__ import annotations

import struct

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusIOException
from pymodbus.pdu.register_message import ReadHoldingRegistersResponse, ReadInputRegistersResponse


def _registers(data: bytes, function: int) -> list[int]:
    size = data[0]
    if size >= len(data):
        raise ModbusIOException(f"byte_count {size} > length of packet {len(data)}", function_code=function)
    return list(struct.unpack_from(f">{size // 2}H", data, 1))


class _Input(ReadInputRegistersResponse):
    def decode(self, data: bytes) -> None:
        self.registers = _registers(data, self.function_code)


class _Holding(ReadHoldingRegistersResponse):
    def decode(self, data: bytes) -> None:
        self.registers = _registers(data, self.function_code)


def decode_at_once(client: AsyncModbusTcpClient) -> None:
    """Have a client decode its register reads this way."""
    client.register(_Input)
    client.register(_Holding)
