"""The switchboard's sequencer: closes the contactors of the feeders one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.power.feeder import Feeder

#: The voltage has to be there so long before the first contactor closes.
SETTLE_US: Final = 1_000_000


class Sequencer:
    """While `on`, every contactor that is out and has voltage is closed, in the order of `feeders`, `delay_us` apart.
    With a delay of 0 all close in one instant, which is more than a generator can lift."""

    STATE: ClassVar[tuple[str, ...]] = ("on", "delay_us")

    def __init__(
        self,
        agenda: Agenda,
        feeders: Sequence[Feeder],
        close: Callable[[int, Feeder], None],
        delay_us: int,
        *,
        on: bool,
    ) -> None:
        self._feeders = feeders
        self._close = close
        self._slot = agenda.slot(self._fire)
        self.delay_us = delay_us
        self.on = on

    def run(self, now: int, on: bool) -> None:
        """Permit closing, or forbid it."""
        self.on = on
        if on:
            self.look(now)
        else:
            self._slot.cancel()

    def look(self, now: int) -> None:
        """A contactor that is out may have voltage again."""
        if self.on and any(feeder.present and not feeder.closed for feeder in self._feeders):
            self._slot.arm(max(now + SETTLE_US, self._slot.at))

    def _fire(self, now: int) -> None:
        for feeder in self._feeders:
            if feeder.present and not feeder.closed:
                self._close(now, feeder)
                if self.delay_us:
                    break
        if any(feeder.present and not feeder.closed for feeder in self._feeders):
            self._slot.arm(now + max(self.delay_us, SETTLE_US // 10))
