"""A station's profile as registers and as EEPROM bytes: what makes the one firmware the board of that station."""

from __future__ import annotations

from typing import Final

from hil.bench import PROFILE_RULES, PROFILE_WORDS
from hil.rtu import crc16
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import board_map

VERSION: Final = 1
EEPROM_BYTES: Final = 1024
SLOT_STRIDE: Final = 64
SLOT_BYTES: Final = 1 + 2 * PROFILE_WORDS + 2


def profile_words(io: StationIO) -> tuple[int, ...]:
    """The profile block of a station, derived from its I/O declaration."""
    modulated = io.output(io.modulated) if io.modulated else 0
    regulated = io.modulated == "heater"
    rules = [(io.output(output), io.status(condition)) for output, condition in io.forbid]
    assert len(rules) <= PROFILE_RULES, f"{io.code} has more interlock rules than a profile holds"
    rules += [(0, 0)] * (PROFILE_RULES - len(rules))
    return (
        VERSION << 8 | io.number,
        len(io.analogs) << 8 | sum(io.output(name) for name in io.keep),
        (modulated if regulated else 0) << 8 | (0 if regulated else modulated),
        io.axis.acceleration if io.axis else 1,
        io.axis.stroke if io.axis else 0,
        _default(io, "debounce"),
        _default(io, "watchdog"),
        *(word for rule in rules for word in rule),
    )


def eeprom_image(io: StationIO) -> bytes:
    """The whole EEPROM of a new board: the profile in the first of its two slots, the rest empty."""
    return eeprom_slot(profile_words(io), 0).ljust(EEPROM_BYTES, b"\xff")


def eeprom_slot(words: tuple[int, ...], number: int) -> bytes:
    """One slot: running number, words, CRC."""
    body = bytes([number]) + b"".join(word.to_bytes(2, "big") for word in words)
    return body + crc16(body).to_bytes(2, "little")


def _default(io: StationIO, name: str) -> int:
    """What the register map says of a configuration register."""
    return next(tag.default for tag in board_map(io).tags if tag.name == f"{io.code}.Board.{name}")
