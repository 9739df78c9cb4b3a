"""Pallets circulate for ever; robots ride on them and carry their history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

#: INCOMPLETE: in process, nothing wrong with what was done, but an operation was left out.
EMPTY, GOOD, NOT_OK, INCOMPLETE = 0, 1, 2, 3
#: What the data tag can count.
MOST_REWORKS: Final = 3


@dataclass(slots=True)
class Robot:
    """One robot in process. `results` holds (operation, t_us, verdict) rows: its genealogy.

    `defects` are true faults that a station made and that a later test may find (bit n: operation n).
    """

    serial: int
    started_us: int
    defects: int = 0
    results: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Pallet:
    """A pallet with its data tag. `number` is 1..255; `done` the last operation passed."""

    number: int
    robot: Robot | None = None
    condition: int = EMPTY
    reworks: int = 0
    done: int = 0

    @property
    def word(self) -> int:
        """The data tag as the read head reports it (16 bit)."""
        return self.number | self.condition << 8 | self.reworks << 10 | self.done << 12
