"""Files whose entries come and go in any place: read whole each time (for those that only grow see `entry_file`)."""

from __future__ import annotations

from typing import Final

from hmi.link.entry_file import Entry, Files
from protocols.errors import Refusal

#: Registers that fit one answer.
_ROOM: Final = 120
_HEAD: Final = 2
#: Readings until one is of a single moment; the last one counts in any case, and the next comes soon.
_TRIES: Final = 3


async def read_whole(files: Files, file: int) -> list[Entry] | None:
    """Every entry in the file's order; None if the server has no such file. Raises LinkError."""
    entries: list[Entry] = []
    for _ in range(_TRIES):
        try:
            ((count, size),) = await files.read_file(file, [(0, _HEAD)])
        except Refusal:
            return None
        entries = await _entries(files, file, count, size)
        try:
            ((after, _),) = await files.read_file(file, [(0, _HEAD)])
        except Refusal:
            return None
        if len(entries) == count == after:
            break
    return entries


async def _entries(files: Files, file: int, count: int, size: int) -> list[Entry]:
    """Entries one after the other, fewer if some went while they were read."""
    entries: list[Entry] = []
    if not 0 < size <= _ROOM:
        return entries
    together = _ROOM // size
    for first in range(0, count, together):
        some = min(together, count - first)
        try:
            (words,) = await files.read_file(file, [(_HEAD + first * size, some * size)])
        except Refusal:
            break
        entries += [tuple(words[place * size : (place + 1) * size]) for place in range(some)]
    return entries
