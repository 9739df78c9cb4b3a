"""Pieces of the trace and checkpoints as they lie in the journal: small, and readable with Python alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from sector7.rig.trace import Entry


def pack_entries(entries: Sequence[Entry]) -> bytes:
    """Trace entries as compressed JSON, each time as the distance from the one before."""
    rows, before = [], 0
    for at, number, value in entries:
        rows.append((at - before, number, value))
        before = at
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


def unpack_entries(data: bytes) -> list[Entry]:
    """The entries again. Raises ValueError if they are damaged."""
    entries: list[Entry] = []
    at = 0
    try:
        for step, number, value in json.loads(zlib.decompress(data)):
            at += step
            entries.append((at, number, value))
    except (zlib.error, TypeError) as error:
        raise ValueError(f"a piece of the trace is damaged: {error}") from None
    return entries


def pack_checkpoint(data: dict[str, Any]) -> bytes:
    """A checkpoint as compressed JSON."""
    return zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 3)


def unpack_checkpoint(data: bytes) -> Any:
    """The checkpoint again. Raises ValueError if it is damaged."""
    try:
        return json.loads(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(f"a checkpoint is damaged: {error}") from None
