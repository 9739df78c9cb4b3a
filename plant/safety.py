"""The hardwired safety chain of a station: it cuts actuator power at the event, without any program."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

E_STOP: Final = 1
GUARD: Final = 2
CURTAIN: Final = 4

Cut = Callable[[int, bool], None]


class SafetyChain:
    """A safety relay with several inputs. While any of them is open the actuators have no power.

    `cut` is told (now, True) when the relay drops and (now, False) when it is closed again. Closing the chain never
    starts anything by itself: the program has to be cleared and reset.
    """

    __slots__ = ("_cut", "open")
    STATE: ClassVar[tuple[str, ...]] = ("open",)

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self.open = 0

    def trip(self, now: int, cause: int) -> None:
        """`cause` (E_STOP, GUARD, CURTAIN) opens the chain."""
        before = self.open
        self.open |= cause
        if not before:
            self._cut(now, True)

    def close(self, now: int, cause: int) -> None:
        """`cause` no longer holds the chain open."""
        before = self.open
        self.open &= ~cause
        if before and not self.open:
            self._cut(now, False)
