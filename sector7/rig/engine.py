"""The loop: SimPy's heap of plant events and the grid of control instants, merged in time order.

A full grid has 100 PLC scans and 50 board exchanges a second for every station. Here only those grid instants are
visited for which somebody asked, and in them only those who asked: `due[t]` is a bit mask, worked off from the
lowest bit. What asks, and why nothing else need run, is told in docs/decisions/0002-event-driven-scan.md.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Any, Final

from plant.agenda import Agenda, Slot
from protocols.ports import NEVER

#: PLC scan and board exchange grids, us.
SCAN_US: Final = 10_000
EXCHANGE_US: Final = 20_000

Handler = Callable[[int], None]


class Grid:
    """Instants that somebody asked for. Handlers are registered in the order in which they run within an instant."""

    __slots__ = ("due", "handlers", "left", "now", "ticks", "visited")

    def __init__(self) -> None:
        self.due: dict[int, int] = {}
        self.ticks: list[int] = [NEVER]
        self.visited = 0
        self.handlers: dict[int, Handler] = {}
        #: The instant being worked off (-1: none) and what is left to do in it.
        self.now = -1
        self.left = 0

    def register(self, handler: Handler) -> int:
        """Give `handler` the next bit."""
        bit = 1 << len(self.handlers)
        self.handlers[bit] = handler
        return bit

    def ask(self, t: int, bit: int) -> None:
        """Have the handlers of `bit` run at grid instant `t`; in the present instant only later bits can be had."""
        if t == self.now:
            self.left |= bit
            return
        mask = self.due.get(t)
        if mask is None:
            self.due[t] = bit
            heappush(self.ticks, t)
        else:
            self.due[t] = mask | bit

    def restore(self, due: dict[int, int]) -> None:
        """Take over the requests of a snapshot."""
        self.due.clear()
        self.due.update(due)
        self.ticks[:] = [*self.due, NEVER]
        heapify(self.ticks)


def advance(agenda: Agenda, grid: Grid, until: int) -> int:
    """Run everything before `until` (us); plant events come before the grid at one instant. Returns events fired."""
    queue: list[Any] = agenda._queue
    ticks, due, handlers = grid.ticks, grid.due, grid.handlers
    pop = heappop
    fired = 0
    while True:
        t = queue[0][0] if queue else NEVER
        g = ticks[0]
        if t <= g:
            if t >= until:
                break
            entry = pop(queue)[3]
            agenda._now = t
            if type(entry) is Slot:
                if entry.at == t:
                    entry.at = -1
                    fired += 1
                    entry.fire(t)
            else:
                _plain_event(entry)
        else:
            if g >= until:
                break
            pop(ticks)
            grid.visited += 1
            agenda._now = grid.now = g
            left = due.pop(g)
            while left:
                bit = left & -left
                grid.left = left ^ bit
                handlers[bit](g)
                left = grid.left
            grid.now = -1
    agenda._now = until
    return fired


def next_instant(agenda: Agenda, grid: Grid) -> int:
    """The next instant at which anything is to be done, NEVER if there is none (or only what was cancelled since)."""
    queue: list[Any] = agenda._queue
    return int(min(queue[0][0] if queue else NEVER, grid.ticks[0]))


def _plain_event(event: Any) -> None:
    """An ordinary SimPy event (a user's process in the same environment)."""
    callbacks, event.callbacks = event.callbacks, None
    for callback in callbacks:
        callback(event)
    if not event._ok and not hasattr(event, "_defused"):
        raise event._value
