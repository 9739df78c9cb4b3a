"""Files of entries: how many there are, the registers of one, then the entries, the oldest first (docs/modbus.md)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, Protocol

from protocols.errors import Refusal

#: Registers of entries that fit one answer beside the file's head.
_ROOM: Final = 120
_HEAD: Final = 2

Entry = Sequence[int]


class Files(Protocol):
    """Where files of unit 1 are read."""

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        """Parts of a file in one request. Raises LinkError, Refusal."""
        ...


class EntryFile:
    """The newest entries of a file, newest first, read on from what is known already.

    `key` tells an entry from all others; `most` entries are kept.
    """

    def __init__(self, file: int, most: int, key: Callable[[Entry], Hashable]) -> None:
        self._file = file
        self._most = most
        self._key = key
        self._run = 0
        self.entries: list[Entry] = []
        #: False once the server has said that it has no such file.
        self.there = True

    async def update(self, files: Files, run: int = 0) -> bool:
        """Read what is new; True if the entries are others than before. Raises LinkError.

        `run` is the plant's Line.RunEpoch: what another run told is forgotten.
        """
        anew = run != self._run and bool(self.entries)
        if run != self._run:
            self._run, self.entries = run, []
        known = {self._key(entry) for entry in self.entries}
        fresh: dict[Hashable, Entry] = {}
        try:
            ((count, size),) = await files.read_file(self._file, [(0, _HEAD)])
            self.there = True
            end, met = count, False
            while end > 0 and not met and len(fresh) < self._most and 0 < size <= _ROOM:
                first = max(0, end - _ROOM // size)
                (words,) = await files.read_file(self._file, [(_HEAD + first * size, (end - first) * size)])
                for place in reversed(range(end - first)):
                    entry = tuple(words[place * size : (place + 1) * size])
                    key = self._key(entry)
                    met = key in known
                    if met:
                        break
                    # what was read already stands further down when entries have come in the meantime
                    fresh.setdefault(key, entry)
                end = first
        except Refusal:
            self.there = False
            return anew
        self.entries = [*fresh.values(), *self.entries][: self._most]
        return anew or bool(fresh)
