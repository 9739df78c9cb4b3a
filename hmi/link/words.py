"""Registers as words: what stands at an address, and how the same bits read in another format."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from protocols.tags.codec import encode
from protocols.tags.tag import Table, Tag, UnitMap


class Format(StrEnum):
    """How the raw column reads the words at an address."""

    U16 = "u16"
    I16 = "i16"
    HEX = "hex"
    BITS = "bits"
    U32 = "u32"
    I32 = "i32"
    F32 = "f32"

    @property
    def wide(self) -> bool:
        """True if it takes two registers."""
        return self in (Format.U32, Format.I32, Format.F32)


_PACKED: Final = {Format.U32: ">I", Format.I32: ">i", Format.F32: ">f"}


class Words:
    """The registers of a unit as they follow from the values of its tags."""

    def __init__(self, unit: UnitMap, values: Mapping[str, int]) -> None:
        self._at = {(tag.table, tag.address): tag for tag in unit.tags}
        self._values = values

    def following(self, tag: Tag) -> int | None:
        """The word behind a tag of one register, None where nothing is declared."""
        after = self._at.get((tag.table, tag.end))
        if after is None or after.name not in self._values:
            return None
        return encode(after, self._values[after.name])[0]

    def text(self, tag: Tag, shown: Format, swapped: bool) -> str:
        """What stands at the tag's address, read in a format. `swapped`: least significant word first (CDAB).

        Bits have no format. A format of two registers takes the tag's own two, or the one behind it as well.
        """
        raw = self._values.get(tag.name)
        if raw is None:
            return ""
        if tag.table.is_bits:
            return str(raw)
        words = encode(tag, raw)
        if not shown.wide:
            return " ".join(_one(word, shown) for word in (reversed(words) if swapped else words))
        if len(words) == 1:
            behind = self.following(tag)
            if behind is None:
                return "-"
            words = (words[0], behind)
        return read_wide(words[0], words[1], shown, swapped)


def read_wide(first: int, second: int, shown: Format, swapped: bool) -> str:
    """Two registers as one value: the first one is the most significant (ABCD), or the least if `swapped` (CDAB)."""
    high, low = (second, first) if swapped else (first, second)
    (value,) = struct.unpack(_PACKED[shown], struct.pack(">HH", high, low))
    return f"{value:.7g}" if shown is Format.F32 else str(value)


def _one(word: int, shown: Format) -> str:
    match shown:
        case Format.HEX:
            return f"{word:04X}"
        case Format.BITS:
            return f"{word >> 8:08b}.{word & 255:08b}"
        case Format.I16:
            return str(word - 0x10000 if word & 0x8000 else word)
        case _:
            return str(word)


def table_letter(table: Table) -> str:
    """The usual two letters of a table."""
    return {Table.COIL: "CO", Table.DISCRETE: "DI", Table.INPUT: "IR", Table.HOLDING: "HR"}[table]
