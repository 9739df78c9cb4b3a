"""A motor that moves something else: belts."""

from __future__ import annotations

from collections.abc import Callable

from plant.mechanism import MAINS, SAFETY, Switched
from plant.power.load import FULL

Turns = Callable[[int, bool], None]


class Drive(Switched):
    """A contactor-fed motor; `turns` is told (now, True) when it begins to turn and (now, False) when it stops."""

    __slots__ = ("_turns",)
    stopping_us = 100_000

    def __init__(self, name: str, turns: Turns, needs: int = SAFETY | MAINS) -> None:
        super().__init__(name, needs)
        self._turns = turns

    def turned(self, now: int, running: bool) -> None:
        if self.load is not None:
            self.load.set(now, FULL if running else 0)
        self._turns(now, running)
