"""The functions beside the tables: report server id (17), file records (20), the event queue (24)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from pymodbus.constants import ExcCodes

from protocols.modbus.identity import VENDOR, revision
from protocols.modbus.peer import Device, Peer
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.session_map import SESSION, session_words

#: Function 24 reads the event queue at this address of the line's unit. Four registers an event: its number
#: (modulo 65536), the station, the stop reason, plant time in seconds (modulo 65536); the oldest event first.
EVENTS: Final = 0x2000
MAX_FIFO: Final = 31

_REFERENCE: Final = 6
_MAX_RECORD: Final = 9999
_SUB_REQUEST: Final = struct.Struct(">BHHH")
#: Byte counts of a file request: one sub-request at least, thirty-five at most.
_SHORTEST, _LONGEST = 7, 245
#: What is left of a PDU for the answers to sub-requests.
_ROOM: Final = 251
_RUNNING: Final = 0xFF


def report_server(device: Device, pdu: bytes, peer: Peer) -> bytes | ExcCodes:
    """The unit's number as its id, the run indicator, and its name in text."""
    if len(pdu) != 1:
        return ExcCodes.ILLEGAL_VALUE
    unit = device.served
    body = bytes((unit.number, _RUNNING)) + f"{VENDOR} {unit.title} {revision()}".encode("ascii", "replace")
    return bytes((len(body),)) + body


def read_file(device: Device, pdu: bytes, peer: Peer) -> bytes | ExcCodes:
    """Groups of registers out of numbered files, all or nothing. The line's unit has one for each connection."""
    files = device.served.files
    if files is None and device.served.number != LINE_UNIT:
        return ExcCodes.ILLEGAL_FUNCTION
    size = len(pdu) - 2
    if not _SHORTEST <= size <= _LONGEST or size % 7 or pdu[1] != size:
        return ExcCodes.ILLEGAL_VALUE
    wanted = list(_SUB_REQUEST.iter_unpack(pdu[2:]))
    if any(count == 0 for *_, count in wanted) or sum(2 + 2 * count for *_, count in wanted) > _ROOM:
        return ExcCodes.ILLEGAL_VALUE
    body = b""
    words: Sequence[int] | None
    for reference, file, record, count in wanted:
        if reference != _REFERENCE or file == 0 or record + count - 1 > _MAX_RECORD:
            return ExcCodes.ILLEGAL_ADDRESS
        if file == SESSION:
            words = session_words(peer.session)[record : record + count]
        else:
            words = files.read(file, record, count) if files is not None else None
        if words is None or len(words) < count:
            return ExcCodes.ILLEGAL_ADDRESS
        body += bytes((1 + 2 * count, _REFERENCE)) + struct.pack(f">{count}H", *words)
    return bytes((len(body),)) + body


def read_fifo(device: Device, pdu: bytes, peer: Peer) -> bytes | ExcCodes:
    """The event queue as it stands. The specification's read takes nothing out of it."""
    events = device.served.events
    if events is None:
        return ExcCodes.ILLEGAL_FUNCTION
    if len(pdu) != 3:
        return ExcCodes.ILLEGAL_VALUE
    if int.from_bytes(pdu[1:], "big") != EVENTS:
        return ExcCodes.ILLEGAL_ADDRESS
    queue = events.registers()
    if len(queue) > MAX_FIFO:
        return ExcCodes.ILLEGAL_VALUE
    return struct.pack(f">HH{len(queue)}H", 2 + 2 * len(queue), len(queue), *queue)
