"""SimPy's environment with a reusable agenda entry, so that a mechanism re-arms itself without creating events."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, ClassVar, Final

import simpy

Fire = Callable[[int], None]

#: Ranks begin behind SimPy's own priorities (0 urgent, 1 normal), so an entry is never compared with a plain event.
_FIRST_RANK: Final = 2


class Slot:
    """One pending firing of one mechanism.

    An entry on SimPy's heap is `(t, rank, 0, slot)` and counts only if `slot.at == t`, so re-arming and cancelling
    cost nothing but a stale entry. The static `rank` takes the place of SimPy's priority: what happens at one
    instant happens in the order of ranks, whatever the order of arming was.
    """

    __slots__ = ("_queue", "at", "fire", "rank")
    STATE: ClassVar[tuple[str, ...]] = ("at",)

    def __init__(self, queue: list[Any], rank: int, fire: Fire) -> None:
        self._queue = queue
        self.rank = rank
        self.fire = fire
        self.at = -1

    def arm(self, at: int) -> None:
        """Fire at instant `at` (us), and at no other."""
        if self.at != at:
            self.at = at
            heappush(self._queue, (at, self.rank, 0, self))

    def cancel(self) -> None:
        """Fire no more."""
        self.at = -1

    def again(self) -> None:
        """Put a restored `at` back on the heap."""
        if self.at >= 0:
            heappush(self._queue, (self.at, self.rank, 0, self))

    def __lt__(self, other: object) -> bool:
        # only a stale twin of the same slot can tie
        return False


class Agenda(simpy.Environment):
    """SimPy's environment in whole microseconds, with slots. Slots register in order of creation for snapshots.

    `run` works as in SimPy; the rig has a tighter loop of its own (sector7.rig.engine) with the same order of events.
    """

    def __init__(self) -> None:
        super().__init__(0)
        self.slots: list[Slot] = []

    def slot(self, fire: Fire) -> Slot:
        """A new slot; its rank is its place in the order of construction, which the recipe fixes."""
        slot = Slot(self._queue, _FIRST_RANK + len(self.slots), fire)
        self.slots.append(slot)
        return slot

    def step(self) -> None:
        """Work off the earliest entry (see SimPy)."""
        queue: list[Any] = self._queue
        if not queue or type(queue[0][3]) is not Slot:
            super().step()
            return
        t, _, _, slot = heappop(queue)
        self._now = t
        if slot.at == t:
            slot.at = -1
            slot.fire(t)
