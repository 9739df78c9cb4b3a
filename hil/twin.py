"""Real sensors beside the plant's prediction: where they differ, how often, how far and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: A difference that lasts no longer is delay: a debounce time and the exchange it came with.
PATIENCE_US: Final = 200_000
#: Counts (of 1023) by which a measurement may be off.
TOLERANCE: Final = 20
#: Channels: inputs 0 to 5, the safety chain, then the four analogue inputs.
DIGITAL: Final = 7
ANALOG: Final = 4


@dataclass(slots=True)
class Difference:
    """One channel. `worst` is in counts (1 for a digital input), `since_us` is -1 while both agree."""

    count: int = 0
    worst: int = 0
    since_us: int = -1
    _begun_us: int = -1

    def look(self, now_us: int, by: int) -> None:
        """They differ by `by` now, 0 if they agree."""
        if not by:
            self._begun_us = self.since_us = -1
            return
        if self._begun_us < 0:
            self._begun_us = now_us
        if now_us - self._begun_us >= PATIENCE_US:
            self.worst = max(self.worst, by)
            if self.since_us < 0:
                self.since_us = self._begun_us
                self.count += 1


class Twin:
    """The differences of the channels whose sensor is a real one (`pins`, bits 0 to 10)."""

    def __init__(self, pins: int) -> None:
        self.pins = pins
        self.channels = tuple(Difference() for _ in range(DIGITAL + ANALOG))

    def compare(self, now_us: int, plant: int, board: int, counts: Sequence[int], read: Sequence[int]) -> int:
        """The plant's inputs and counts, and what the board has in their place. Returns the bits of the channels of
        which that is news."""
        before = self.differing
        for i, channel in enumerate(self.channels):
            if not self.pins >> i & 1:
                continue
            if i < DIGITAL:
                channel.look(now_us, (plant ^ board) >> i & 1)
            else:
                off = abs(counts[i - DIGITAL] - read[i - DIGITAL])
                channel.look(now_us, off if off > TOLERANCE else 0)
        return self.differing & ~before

    @property
    def differing(self) -> int:
        """Bits of the channels that differ now."""
        return sum(1 << i for i, channel in enumerate(self.channels) if channel.since_us >= 0)

    @property
    def count(self) -> int:
        """Differences so far on all channels."""
        return sum(channel.count for channel in self.channels)

    @property
    def worst(self) -> tuple[int, int]:
        """The channel that was furthest off, and by how much; (0, 0) if none was."""
        found = max(range(len(self.channels)), key=lambda i: (self.channels[i].worst, -i))
        return found, self.channels[found].worst

    def since_us(self) -> int:
        """When the oldest difference of now began; -1 if there is none."""
        return min((channel.since_us for channel in self.channels if channel.since_us >= 0), default=-1)
