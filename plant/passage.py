"""A pallet's short way between a belt and a stop: it goes on only while the belt runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from plant.agenda import Agenda


class Passage:
    """One way of `us` belt time; `done` is told (now) at its end."""

    __slots__ = ("_done", "_left", "_slot", "_us", "under_way")
    STATE: ClassVar[tuple[str, ...]] = ("_left", "under_way")

    def __init__(self, agenda: Agenda, us: int, done: Callable[[int], None]) -> None:
        self._us = us
        self._done = done
        self._slot = agenda.slot(self._fire)
        self._left = 0
        self.under_way = False

    def begin(self, now: int, running: bool) -> None:
        """A pallet sets out; `running` tells whether the belt runs."""
        self.under_way = True
        self._left = self._us
        if running:
            self._slot.arm(now + self._us)

    def run(self, now: int, on: bool) -> None:
        """The belt begins to run, or stops."""
        if not self.under_way:
            return
        if on:
            self._slot.arm(now + self._left)
        else:
            self._left = self._slot.at - now
            self._slot.cancel()

    def _fire(self, now: int) -> None:
        self.under_way = False
        self._done(now)
