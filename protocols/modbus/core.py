"""One request in, one answer out, whatever line it came over; and the wait for the journal in between.

Requests are carried out at once and in order. Only the answer to a write may come later: when its gate says that
the write is durable.
"""

from __future__ import annotations

from collections.abc import Callable

from pymodbus.constants import ExcCodes

from protocols.modbus.log import LimitedLog
from protocols.modbus.peer import Device, Peer
from protocols.modbus.requests import HANDLERS, Answer
from protocols.ports import CommitGate

#: Function codes that write, and those of them whose carrying out does not depend on what was written before.
WRITES = frozenset((5, 6, 15, 16, 22, 23))
BLIND_WRITES = frozenset((5, 6, 15, 16))
BROADCASTS = frozenset((5, 6, 15, 16, 22))

NOTHING = b""
#: How a request to restart begins: all that a unit in listen-only mode listens to.
_RESTART = b"\x08\0\x01"


class Pending:
    """An answer that is not due yet."""

    def __init__(self) -> None:
        self._deliver: Callable[[bytes], None] | None = None

    def then(self, deliver: Callable[[bytes], None]) -> None:
        """Where the answer goes when it is due."""
        self._deliver = deliver

    def settle(self, answer: bytes) -> None:
        """The answer is due."""
        if self._deliver is not None:
            self._deliver(answer)


class RequestCore:
    """Carries out requests. `gate` may hold back the answers to writes."""

    def __init__(self, log: LimitedLog, gate: CommitGate | None = None) -> None:
        self._log = log
        self._gate = gate

    def answer(self, unit: int, pdu: bytes, peer: Peer) -> bytes | Pending:
        """The answer PDU to one request PDU (1..253 bytes), empty if there must be none. Never raises.

        An exception answer has the top bit of its function code set.
        """
        line = peer.line
        line.messages += 1
        device = line.devices.get(unit)
        function = pdu[0]
        if device is None:
            if line.serial:
                if unit == 0:
                    self._broadcast(pdu, peer)
                return NOTHING
            return bytes((function | 0x80, ExcCodes.GATEWAY_NO_RESPONSE))
        device.messages += 1
        if peer.muted and unit in peer.muted and pdu[:3] != _RESTART:
            device.silent += 1
            return NOTHING
        handler = HANDLERS.get(function)
        if handler is None:
            return self._finished(device, pdu, peer, ExcCodes.ILLEGAL_FUNCTION)
        try:
            body = handler(device, pdu, peer)
        except Exception as error:  # noqa: BLE001 - a fault of the source must not take the server down
            body = self._failed(device, pdu, peer, error)
        if self._gate is not None and function in WRITES and not isinstance(body, ExcCodes):
            return self._gated(self._gate, device, pdu, peer, body)
        if body.__class__ is bytes:
            return pdu[:1] + body
        return self._finished(device, pdu, peer, body)

    def _gated(self, gate: CommitGate, device: Device, pdu: bytes, peer: Peer, body: Answer) -> bytes | Pending:
        pending = Pending()

        def durable(well: bool) -> None:
            pending.settle(self._finished(device, pdu, peer, body if well else ExcCodes.DEVICE_FAILURE))

        return self._finished(device, pdu, peer, body) if gate.when_durable(durable) else pending

    def _failed(self, device: Device, pdu: bytes, peer: Peer, error: Exception) -> ExcCodes:
        unit = device.served.number
        self._log.note("request failed", f"{peer.name}: function {pdu[0]} of unit {unit}: {error!r}")
        return ExcCodes.DEVICE_FAILURE

    def _finished(self, device: Device, pdu: bytes, peer: Peer, body: Answer) -> bytes:
        if isinstance(body, bytes):
            return pdu[:1] + body
        if body is None:
            device.silent += 1
            return NOTHING
        if isinstance(body, ExcCodes):
            device.exceptions += 1
            return bytes((pdu[0] | 0x80, body))
        try:
            return pdu[:1] + body()
        except Exception as error:  # noqa: BLE001 - see above
            return self._finished(device, pdu, peer, self._failed(device, pdu, peer, error))

    def _broadcast(self, pdu: bytes, peer: Peer) -> None:
        """A write to every unit of a serial line; nobody answers."""
        if pdu[0] not in BROADCASTS:
            return
        for unit, device in peer.line.devices.items():
            device.messages += 1
            device.silent += 1
            if unit not in peer.muted:
                try:
                    HANDLERS[pdu[0]](device, pdu, peer)
                except Exception as error:  # noqa: BLE001 - see above
                    self._failed(device, pdu, peer, error)
