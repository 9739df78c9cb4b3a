"""The file in which masters read the expected cost of every degraded mode (see protocols.tags.degraded_map)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from protocols.tags.degraded_map import COST_FILE, ROW_WORDS
from sector7.degraded.cost import costs
from sector7.rig.rig import Rig

#: Plant time for which the figures stand: reading the file in several pieces is then reading one file.
_STANDS_US: Final = 1_000_000


class CostFile:
    """Port `FileSource`."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._words: list[int] = []
        self._at = -_STANDS_US

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        if file != COST_FILE:
            return None
        if self._rig.now - self._at >= _STANDS_US:
            rows = costs(self._rig)
            self._at = self._rig.now
            self._words = [len(rows), ROW_WORDS, *chain.from_iterable(row.words() for row in rows)]
        part = self._words[record : record + count]
        return part if len(part) == count else None
