"""The client side of a station's board that sits behind another Modbus TCP device: a gateway, remote I/O, a real PLC.

The device shows the tables of a station board (docs/register-map.md, units 11 to 22), each of them from an offset on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Final

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU

from protocols.errors import LinkError
from protocols.modbus.remote_answer import RemoteAnswer
from protocols.stations.images import CARRIER_SHIFT, LINK, WORD, word

_BITS: Final = 16
_REGISTERS: Final = 8  # command words 1..8
_INPUTS: Final = 7  # analogue inputs 0..3, one that is not used, carrier, axis position
_CARRIER: Final = 5
_AXIS: Final = 6


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """Where a board's tables are. `timeout_s` limits connecting and every request."""

    host: str
    port: int = 502
    unit: int = 1
    coils: int = 0
    discrete: int = 0
    input: int = 0
    holding: int = 0
    timeout_s: float = 0.5

    @property
    def name(self) -> str:
        """How errors and logs call it."""
        return f"{self.host}:{self.port} unit {self.unit}"


class RemoteDevice:
    """One connection, one request in flight. After a LinkError the connection is closed: call connect() again."""

    def __init__(self, address: RemoteAddress) -> None:
        self.address: Final = address
        self._client: AsyncModbusTcpClient | None = None

    async def connect(self) -> None:
        """Connect anew. Raises LinkError."""
        self.close()
        at = self.address
        self._client = AsyncModbusTcpClient(at.host, port=at.port, timeout=at.timeout_s, retries=0, reconnect_delay=0)
        try:
            reached = await self._client.connect()
        except OSError as error:
            raise self._lost(str(error)) from error
        if not reached:
            raise self._lost("cannot be reached")

    def close(self) -> None:
        """Close the connection; without effect when there is none."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    async def write(self, image: int) -> None:
        """Write a command image to the coils and the holding registers. Raises LinkError."""
        client, at = self._connected(), self.address
        bits = [bool(image >> i & 1) for i in range(_BITS)]
        await self._ask("write coils", client.write_coils(at.coils, bits, device_id=at.unit))
        words = [word(image, 1 + i) for i in range(_REGISTERS)]
        await self._ask("write holding registers", client.write_registers(at.holding, words, device_id=at.unit))

    async def read(self) -> RemoteAnswer:
        """Read inputs, measurements and the coils as they are. Raises LinkError."""
        client, at = self._connected(), self.address
        status = await self._ask(
            "read discrete inputs", client.read_discrete_inputs(at.discrete, count=_BITS, device_id=at.unit)
        )
        inputs = await self._ask(
            "read input registers", client.read_input_registers(at.input, count=_INPUTS, device_id=at.unit)
        )
        coils = await self._ask("read coils", client.read_coils(at.coils, count=_BITS, device_id=at.unit))
        if min(len(status.bits), len(coils.bits)) < _BITS or len(inputs.registers) < _INPUTS:
            raise self._lost("answered less than was asked for")
        words = inputs.registers
        return RemoteAnswer(
            status=_packed(status.bits) & WORD & ~LINK | words[_CARRIER] << CARRIER_SHIFT,
            coils=_packed(coils.bits),
            counts=tuple(words[:4]),
            axis=words[_AXIS],
        )

    def _connected(self) -> AsyncModbusTcpClient:
        if self._client is None or not self._client.connected:
            raise self._lost("the connection is closed")
        return self._client

    async def _ask(self, what: str, request: Awaitable[ModbusPDU]) -> ModbusPDU:
        try:
            answer = await request
        except (ModbusException, OSError) as error:
            raise self._lost(f"{what}: no answer") from error
        if answer.isError():
            raise self._lost(f"{what}: exception {answer.exception_code:02X}")
        return answer

    def _lost(self, problem: str) -> LinkError:
        self.close()
        return LinkError(self.address.name, problem)


def _packed(bits: Sequence[bool]) -> int:
    return sum(1 << i for i, bit in enumerate(bits[:_BITS]) if bit)
