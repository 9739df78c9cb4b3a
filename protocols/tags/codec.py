"""Tag values as Modbus carries them: words big-endian by word and byte (ABCD), signed kinds in two's complement."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from protocols.errors import MapError
from protocols.tags.tag import Kind, Tag

#: struct codes of the kinds that live in registers, for use behind ">".
STRUCT_CODES: Final = {Kind.U16: "H", Kind.I16: "h", Kind.U32: "I", Kind.I32: "i", Kind.U64: "Q"}

_FORMATS: Final = {kind: struct.Struct(">" + code) for kind, code in STRUCT_CODES.items()}
_WORDS: Final = {kind: struct.Struct(f">{kind.words}H") for kind in STRUCT_CODES}


def encode(tag: Tag, raw: int) -> tuple[int, ...]:
    """The words (0..65535, most significant first) or the one bit (0, 1) that hold `raw`.

    Raises MapError when the tag's kind cannot hold `raw`; the declared range is not looked at.
    """
    low, high = tag.kind.bounds
    if not low <= raw <= high:
        raise MapError(tag.name, f"{raw} does not fit {tag.kind} ({low}..{high})")
    if tag.kind is Kind.BOOL:
        return (int(raw),)
    return _WORDS[tag.kind].unpack(_FORMATS[tag.kind].pack(raw))


def decode(tag: Tag, words: Sequence[int]) -> int:
    """The raw value held by `words` (0..65535, most significant first) or by one bit.

    Raises MapError when the number of words is not the kind's or one of them is no 16-bit number.
    """
    try:
        if tag.kind is Kind.BOOL:
            (bit,) = words
            return int(bool(bit))
        raw: int = _FORMATS[tag.kind].unpack(_WORDS[tag.kind].pack(*words))[0]
    except (struct.error, ValueError):
        raise MapError(tag.name, f"{list(words)} is not {tag.kind.words} word(s) of a {tag.kind}") from None
    return raw


def saturate(kind: Kind, raw: int) -> int:
    """`raw`, or the nearest value that `kind` can hold."""
    low, high = kind.bounds
    return min(max(raw, low), high)
