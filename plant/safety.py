"""The hardwired safety chain of a station: it cuts actuator power at the event, without any program."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.agenda import Agenda

E_STOP: Final = 1
GUARD: Final = 2
CURTAIN: Final = 4
#: The control bus that feeds the relay is dead.
CONTROL: Final = 8
#: The door of the station, while it is repaired before it was ever released.
DOOR: Final = 16
#: Something stands in for the machine, or its parts are taken out: it is locked out, with a padlock.
LOCKOUT: Final = 32

#: From the last cause's end to the relay's pull-in. Longer than a board needs to notice and to drop its outputs, so
#: however short an interruption was, it never passes unseen.
PULL_IN_US: Final = 500_000

Cut = Callable[[int, bool], None]


def _unheard(now: int) -> None:
    pass


class SafetyChain:
    """A safety relay with several inputs. While any of them is open, and a moment longer, the actuators have no power.

    `cut` is told (now, True) when the relay drops and (now, False) when it pulls in again. Closing the chain never
    starts anything by itself: the program has to be cleared and reset (see Mechanism).
    """

    __slots__ = ("_cut", "_slot", "dropped", "open", "told")
    STATE: ClassVar[tuple[str, ...]] = ("open", "dropped")

    def __init__(self, agenda: Agenda, cut: Cut) -> None:
        self._cut = cut
        #: Told (now) when the relay has dropped or pulled in.
        self.told = _unheard
        self._slot = agenda.slot(self._pull_in)
        self.open = 0
        self.dropped = False

    def trip(self, now: int, cause: int) -> None:
        """`cause` (E_STOP, GUARD, CURTAIN) opens the chain."""
        self.open |= cause
        self._slot.cancel()
        if not self.dropped:
            self.dropped = True
            self._cut(now, True)
            self.told(now)

    def close(self, now: int, cause: int) -> None:
        """`cause` no longer holds the chain open."""
        before = self.open
        self.open &= ~cause
        if before and not self.open:
            self._slot.arm(now + PULL_IN_US)

    def _pull_in(self, now: int) -> None:
        self.dropped = False
        self._cut(now, False)
        self.told(now)
