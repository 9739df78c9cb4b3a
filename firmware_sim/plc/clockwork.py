"""Times in PackML states and the ratios that ISO 22400-2 makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from protocols.packml import Mode, State

#: Suspended is split by cause; both lists of times are indexed by these beside the state numbers.
STARVED: Final = 18
BLOCKED: Final = 19
MAINTENANCE: Final = 20
_SLOTS: Final = 21

#: States that do not count as planned busy time: nobody asked the unit to produce.
_UNPLANNED: Final = (
    State.UNDEFINED, State.STOPPED, State.IDLE, State.STOPPING, State.RESETTING, State.COMPLETING, State.COMPLETE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ratios:
    """ISO 22400-2 key figures in per mille."""

    availability: int
    effectiveness: int
    quality: int

    @property
    def oee(self) -> int:
        """Overall equipment effectiveness, per mille."""
        return self.availability * self.effectiveness * self.quality // 1_000_000


class Clockwork:
    """Cumulated times of one unit (us), kept by adding a whole state at its end."""

    __slots__ = ("_index", "_since", "times")
    STATE: ClassVar[tuple[str, ...]] = ("_index", "_since", "times")

    def __init__(self) -> None:
        self.times = [0] * _SLOTS
        self._index = int(State.ABORTED)
        self._since = 0

    def enter(self, now: int, index: int) -> None:
        """From `now` on time is booked under `index` (a state number, or one of the names above)."""
        self.times[self._index] += now - self._since
        self._index = index
        self._since = now

    def total(self, now: int, index: int) -> int:
        """Time booked under `index` up to `now`."""
        running = now - self._since if index == self._index else 0
        return self.times[index] + running

    def ratios(self, now: int, processed: int, passed: int, ideal_us: int) -> Ratios:
        """Availability = APT/PBT, effectiveness = PRI x PQ/APT, quality = GQ/PQ."""
        apt = self.total(now, State.EXECUTE)
        pbt = now - sum(self.total(now, index) for index in (*_UNPLANNED, MAINTENANCE))
        return ratios(apt, pbt, processed, passed, ideal_us)


def ratios(apt: int, pbt: int, processed: int, passed: int, ideal_us: int) -> Ratios:
    """Ratios from actual production time, planned busy time (us) and quantities; all 0 while there is no time."""
    return Ratios(
        availability=min(1000, 1000 * apt // pbt) if pbt > 0 else 0,
        effectiveness=min(9999, 1000 * ideal_us * processed // apt) if apt > 0 else 0,
        quality=1000 * passed // processed if processed > 0 else 1000,
    )


def booking(state: int, waits: int, mode: int) -> int:
    """Where the time in `state` is booked: by the cause of a suspension, or as maintenance."""
    if mode != Mode.PRODUCE:
        return MAINTENANCE
    if state == State.SUSPENDED and waits:
        return STARVED if waits == 1 else BLOCKED
    return state
