"""A circuit breaker: opened and closed by command, tripped by a short circuit at once and by an overload in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda

OPEN, CLOSED, TRIPPED = range(3)

#: Multiple of the rated current that trips without delay (characteristic D).
MAGNETIC: Final = 12
#: A thermal release lets this much pass for ever, in percent of the rated current.
_CONVENTIONAL: Final = 113
#: Seconds times the overload's square: 1.5 times the rated current trips after half a minute.
_THERMAL_US: Final = 40_000_000


class Breaker:
    """`moved` is told (now, closed) when it has taken another state. After a trip only a command closes it again.

    `overload` adds a current that does not belong there (a seized motor, an earth fault); what heats the release is
    that current and not the machine's coming and going, which the rating allows for.
    """

    __slots__ = ("_moved", "_slot", "extra_a", "rated_a", "state")
    STATE: ClassVar[tuple[str, ...]] = ("state", "extra_a")

    def __init__(self, agenda: Agenda, rated_a: int, moved: Callable[[int, bool], None]) -> None:
        self.rated_a = rated_a
        self._moved = moved
        self._slot = agenda.slot(self._fire)
        self.state = CLOSED
        self.extra_a = 0

    @property
    def closed(self) -> bool:
        """True while current can flow."""
        return self.state == CLOSED

    def close(self, now: int) -> None:
        """Switch on, also after a trip. What made it trip makes it trip again."""
        if self.state != CLOSED:
            self.state = CLOSED
            self._moved(now, True)
            self._heat(now)

    def open(self, now: int) -> None:
        """Switch off; a tripped breaker is then merely open."""
        was, self.state = self.state, OPEN
        self._slot.cancel()
        if was != OPEN:
            self._moved(now, False)

    def trip(self, now: int) -> None:
        """The release acts."""
        if self.state == CLOSED:
            self.state = TRIPPED
            self._slot.cancel()
            self._moved(now, False)

    def surge(self, now: int, amps: int) -> None:
        """A current that lasts for a moment: inrush."""
        if amps + self.extra_a > MAGNETIC * self.rated_a:
            self.trip(now)

    def overload(self, now: int, amps: int) -> None:
        """From now on `amps` flow that should not; 0: no longer. Raises ValueError for less."""
        if amps < 0:
            raise ValueError(f"an overload of {amps} A is none")
        self.extra_a = amps
        self._heat(now)

    def _heat(self, now: int) -> None:
        if not self.closed or self.extra_a * 100 <= _CONVENTIONAL * self.rated_a:
            self._slot.cancel()
        elif self.extra_a > MAGNETIC * self.rated_a:
            self.trip(now)
        else:
            square, rated = self.extra_a * self.extra_a, self.rated_a * self.rated_a
            self._slot.arm(now + _THERMAL_US * rated // (square - rated))

    def _fire(self, now: int) -> None:
        self.trip(now)
