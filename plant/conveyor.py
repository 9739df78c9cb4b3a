"""Accumulating conveyors: finite, first in first out, with pallet identity."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import ClassVar, Protocol

from plant.agenda import Agenda
from plant.pallet import Pallet

Told = Callable[[int], None]


def _nobody(now: int) -> None:
    pass


class Sink(Protocol):
    """Whatever stands at the end of a conveyor."""

    @property
    def free(self) -> bool:
        """True if a pallet offered now would be taken."""
        ...

    def offer(self, now: int) -> None:
        """A pallet waits at the conveyor's end."""
        ...


class Conveyor:
    """A belt of `capacity` places that a pallet crosses in `transit_us` of belt time (the motor running).

    The place at the machine behind it is not one of them. Without places of its own (capacity 0) a belt hands over:
    it has room while the machine is free, which tells so by `ready`.

    A photo-eye at the entry sees each pallet for `entry_us` of belt time and stays covered while the belt is full:
    `eyes` are told (now, clear). A pallet on its way in holds a place (`reserve`), so two feeders never take the
    last one. Feeders register in order of priority; they are told when a place is free.
    """

    __slots__ = (
        "_belt_us",
        "_due",
        "_entry",
        "_entry_due",
        "_entry_us",
        "_eye_clear",
        "_feeders",
        "_head",
        "_since",
        "capacity",
        "eyes",
        "pallets",
        "reserved",
        "running",
        "sink",
        "transit_us",
        "waiting",
    )
    STATE: ClassVar[tuple[str, ...]] = (
        "running",
        "pallets",
        "reserved",
        "waiting",
        "_due",
        "_entry_due",
        "_belt_us",
        "_since",
        "_eye_clear",
    )

    def __init__(
        self, agenda: Agenda, capacity: int, transit_us: int, *, entry_us: int = 1_500_000, running: bool = False
    ) -> None:
        self.capacity = capacity
        self.transit_us = transit_us
        self._entry_us = entry_us
        self._head = agenda.slot(self._arrive)
        self._entry = agenda.slot(self._passed)
        self.sink: Sink | None = None
        self.eyes: list[Callable[[int, bool], None]] = []
        self._feeders: list[Told] = []
        self.pallets: deque[Pallet] = deque()
        self._due: deque[int] = deque()
        self.waiting = 0
        self.reserved = 0
        self.running = running
        self._belt_us = 0
        self._since = 0
        self._entry_due = -1
        self._eye_clear = True

    # ---- feeders
    def feeder(self, told: Told) -> None:
        """Register who wants to know of a free place; earlier registrations go first."""
        self._feeders.append(told)

    @property
    def has_room(self) -> bool:
        """True if one more pallet may be sent in."""
        taken = len(self.pallets) + self.reserved
        if taken or self.capacity:
            return taken < self.capacity
        return self.sink is not None and self.sink.free

    def reserve(self) -> None:
        """A pallet begins its way in; `enter` follows, or `release`."""
        self.reserved += 1

    def release(self, now: int) -> None:
        """The pallet on its way in does not come after all."""
        self.reserved -= 1
        self._tell(now)

    def enter(self, now: int, pallet: Pallet) -> None:
        """The reserved pallet is on the belt."""
        self.reserved -= 1
        self.place(now, pallet, self.transit_us)
        if self.eyes:
            self._show_eye(now, False)
            self._entry_due = self._belt(now) + self._entry_us
            self._arm_entry(now)

    def place(self, now: int, pallet: Pallet, to_go_us: int) -> None:
        """Put a pallet on the belt `to_go_us` of belt time from its end (also the way to lay a line out)."""
        self.pallets.append(pallet)
        due = self._belt(now) + to_go_us
        if self._due:
            self._due.append(max(due, self._due[-1]))
        else:
            self._due.append(due)
            if self.running:
                self._head.arm(now + to_go_us)
        if self._eye_clear and len(self.pallets) >= self.capacity:
            self._show_eye(now, False)

    @property
    def _full(self) -> bool:
        return len(self.pallets) >= (self.capacity or 1)

    def _tell(self, now: int) -> None:
        for told in self._feeders:
            told(now)

    # ---- the sink
    def take(self, now: int) -> Pallet:
        """Remove the pallet that waits at the end; a place becomes free."""
        self.waiting -= 1
        pallet = self.pallets.popleft()
        for told in self._feeders:
            told(now)
        if not self._eye_clear and self._entry_due < 0:
            self._show_eye(now, not self._full)
        return pallet

    def ready(self, now: int) -> None:
        """The sink has become free and nothing waits for it."""
        if not self.capacity:
            self._tell(now)

    # ---- the belt
    def run(self, now: int, on: bool) -> None:
        """The motor is switched."""
        if on == self.running:
            return
        self._belt_us = self._belt(now)
        self._since = now
        self.running = on
        if on:
            self._arm_head(now)
            self._arm_entry(now)
            if self.waiting and self.sink:
                self.sink.offer(now)
        else:
            self._head.cancel()
            self._entry.cancel()

    def _belt(self, now: int) -> int:
        return self._belt_us + now - self._since if self.running else self._belt_us

    def _arm_head(self, now: int) -> None:
        if self.running and self._due:
            self._head.arm(max(now, now + self._due[0] - self._belt(now)))

    def _arm_entry(self, now: int) -> None:
        if self.running and self._entry_due >= 0:
            self._entry.arm(max(now, now + self._entry_due - self._belt(now)))

    def _arrive(self, now: int) -> None:
        self._due.popleft()
        self.waiting += 1
        if self._due:
            self._arm_head(now)
        if self.sink:
            self.sink.offer(now)

    def _passed(self, now: int) -> None:
        self._entry_due = -1
        self._show_eye(now, not self._full)

    def _show_eye(self, now: int, clear: bool) -> None:
        if clear != self._eye_clear:
            self._eye_clear = clear
            for eye in self.eyes:
                eye(now, clear)


class Transfer:
    """Moves pallets from the end of one conveyor onto another as soon as it has room (the rework lane's merge)."""

    __slots__ = ("_source", "_target")
    STATE: ClassVar[tuple[str, ...]] = ()

    def __init__(self, source: Conveyor, target: Conveyor) -> None:
        if not source.capacity:
            raise ValueError("a conveyor before a transfer needs places of its own: nothing holds one behind it")
        self._source = source
        self._target = target
        source.sink = self
        target.feeder(self.offer)

    @property
    def free(self) -> bool:
        """See Sink."""
        return self._source.running and self._target.has_room

    def offer(self, now: int) -> None:
        """See Sink: also told when the target has room."""
        while self._source.waiting and self.free:
            self._target.reserve()
            self._target.enter(now, self._source.take(now))
