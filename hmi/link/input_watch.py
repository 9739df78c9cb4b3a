"""How the inputs of a station stood before a sensor was held, and which have changed since: what an operator sees."""

from __future__ import annotations

from typing import Final, NamedTuple

#: So long (us of plant time) nobody touches a sensor after a check of it has begun.
_UNTOUCHED_US: Final = 3_000_000


class Check(NamedTuple):
    """What is being looked at: the plant's run, the station, and the step and item while they are checked (else -1)."""

    epoch: int
    station: int
    stage: int
    item: int


class InputWatch:
    """Is shown every image of a station's inputs. Times are plant time in microseconds."""

    def __init__(self) -> None:
        self._check: Check | None = None
        self._at_us = 0
        self.bits = 0
        #: The image before the sensor of this check was touched; None if that was not seen.
        self.before: int | None = None
        #: When each input was last seen to change.
        self.moved_us: dict[int, int] = {}

    @property
    def changed(self) -> int | None:
        """The inputs that differ from how they stood before; None if that was not seen."""
        return None if self.before is None else self.bits ^ self.before

    def note(self, check: Check, at_us: int, bits: int) -> None:
        """An image, and what goes on at the station."""
        last = self._check
        known = last is not None and last[:2] == check[:2] and at_us >= self._at_us
        if not known:
            self.moved_us = {}
        else:
            turned = bits ^ self.bits
            self.moved_us |= {n: at_us for n in range(turned.bit_length()) if turned >> n & 1}
        if check != last:
            seen = known and at_us - self._at_us <= _UNTOUCHED_US and check.item >= 0
            self.before = bits if seen else None
        self._check, self._at_us, self.bits = check, at_us, bits
