"""Diagnostics (function 8): what a unit counted on the line that asks, and the listen-only mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pymodbus.constants import ExcCodes

from protocols.modbus.peer import Device, Peer
from protocols.roles import Role

ECHO, RESTART, REGISTER, LISTEN_ONLY, CLEAR, CLEAR_OVERRUNS = 0, 1, 2, 4, 10, 20
#: A restart may ask for the event log to be cleared too; there is none.
_CLEAR_LOG: Final = 0xFF00

#: What the sub-functions that only tell tell: 16 bits.
_COUNTERS: Final[dict[int, Callable[[Device, Peer], int]]] = {
    REGISTER: lambda device, peer: 0,
    11: lambda device, peer: peer.line.messages,
    12: lambda device, peer: peer.line.errors,
    13: lambda device, peer: device.exceptions,
    14: lambda device, peer: device.messages,
    15: lambda device, peer: device.silent,
    16: lambda device, peer: 0,  # negative acknowledges: we have none
    17: lambda device, peer: 0,  # busy: we never are
    18: lambda device, peer: peer.line.overruns,
}
#: What changes something, and so is not for a viewer.
_ACTIONS: Final = (RESTART, LISTEN_ONLY, CLEAR, CLEAR_OVERRUNS)


def diagnose(device: Device, pdu: bytes, peer: Peer) -> bytes | ExcCodes | None:
    """The body of the answer to a diagnostic request, an exception, or None where nothing is answered."""
    if len(pdu) < 5 or len(pdu) % 2 == 0:
        return ExcCodes.ILLEGAL_VALUE
    sub, data = int.from_bytes(pdu[1:3], "big"), int.from_bytes(pdu[3:], "big")
    if sub == ECHO:
        return pdu[1:]
    if sub not in _COUNTERS and sub not in _ACTIONS:
        return ExcCodes.ILLEGAL_FUNCTION
    if len(pdu) != 5 or (data and (sub, data) != (RESTART, _CLEAR_LOG)):
        return ExcCodes.ILLEGAL_VALUE
    if sub in _COUNTERS:
        return pdu[1:3] + (_COUNTERS[sub](device, peer) & 0xFFFF).to_bytes(2, "big")
    if peer.role is Role.VIEWER:
        return ExcCodes.ILLEGAL_FUNCTION
    return _act(sub, device, pdu, peer)


def _act(sub: int, device: Device, pdu: bytes, peer: Peer) -> bytes | None:
    aliases = {unit for unit, other in peer.line.devices.items() if other is device}
    if sub == LISTEN_ONLY:
        peer.mute(aliases)
        return None
    if sub == CLEAR_OVERRUNS:
        peer.line.overruns = 0
        return pdu[1:]
    device.clear()
    peer.line.clear()
    if sub == RESTART:
        was_muted = bool(aliases & peer.muted)
        peer.muted -= aliases
        if was_muted:  # the specification: it comes back without a word
            return None
    return pdu[1:]
