"""A contactor with an auxiliary contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from plant.agenda import Agenda
from plant.mechanism import BLOCKED, JAM, Switched
from plant.terminals import Terminals


class Contactor(Switched):
    """Pulls in while its coil is fed and drops when it is not, whoever takes the power away; a jam welds it as it is.

    `closed` names the auxiliary contact's input; `switched` is told (now, closed) when the contacts have moved.
    """

    __slots__ = ("_closed", "_drop_us", "_nominal_us", "_pull_us", "_slot", "_switched", "_terminals")
    STATE: ClassVar[tuple[str, ...]] = Switched.STATE
    stopping_us = 50_000
    impairments = ("slow",)

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        name: str,
        *,
        closed: str,
        pull_us: int,
        drop_us: int,
        needs: int,
        switched: Callable[[int, bool], None] | None = None,
    ) -> None:
        super().__init__(name, needs)
        self._terminals = terminals
        self._closed = terminals.bit(closed)
        self._pull_us = self._nominal_us = pull_us
        self._drop_us = drop_us
        self._switched = switched
        self._slot = agenda.slot(self._fire)

    def impair(self, slowness: float, leak: float) -> None:
        self._pull_us = int(self._nominal_us * slowness)  # its spring opens it as fast as ever

    def inhibit(self, now: int, cause: int, on: bool) -> None:
        super().inhibit(now, cause, on)
        self._settle(now)

    def moves(self, now: int) -> bool:
        closed = self._terminals.actual & self._closed
        dropping = not self.running and self._slot.at >= 0  # on its way to standstill, also when a weld has just broken
        return bool(closed) and not dropping and not self.inhibited & (JAM | BLOCKED)

    def _settle(self, now: int) -> None:
        if self.inhibited & (JAM | BLOCKED):
            self._slot.cancel()
            return
        super()._settle(now)
        if self._slot.at < 0 and self.running != bool(self._terminals.actual & self._closed):
            self.turned(now, self.running)

    def turned(self, now: int, running: bool) -> None:
        self._slot.arm(now + (self._pull_us if running else self._drop_us))

    def _fire(self, now: int) -> None:
        moved = self.running != bool(self._terminals.actual & self._closed)
        (self._terminals.set if self.running else self._terminals.clear)(now, self._closed)
        if moved and self._switched is not None:
            self._switched(now, self.running)
