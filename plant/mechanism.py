"""What every actuator has in common: it moves if, and only if, it is commanded and nothing inhibits it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Final

#: Causes that keep a mechanism from moving; a mechanism declares which of them it `needs` absent.
JAM: Final = 1
SAFETY: Final = 2
MAINS: Final = 4
AIR: Final = 8
OIL: Final = 16
COOLING: Final = 32


class Mechanism(ABC):
    """Base of the actuators. `needs` is the mask of causes that stop it (a jam always does).

    `stopping_us` is the declared time from the safety relay's drop to standstill (ISO 13855 calls it the overall
    system stopping performance; here the machine's part of it).
    """

    __slots__ = ("inhibited", "name", "needs")
    STATE: ClassVar[tuple[str, ...]] = ("inhibited",)
    stopping_us: ClassVar[int] = 0

    def __init__(self, name: str, needs: int) -> None:
        self.name = name
        self.needs = needs | JAM
        self.inhibited = 0

    def inhibit(self, now: int, cause: int, on: bool) -> None:
        """`cause` (one of the masks above) begins or ends to keep this mechanism from moving."""
        before = self.inhibited
        after = before | cause & self.needs if on else before & ~cause
        self.inhibited = after
        if after and not before:
            self.freeze(now)
        elif before and not after:
            self.resume(now)

    @abstractmethod
    def freeze(self, now: int) -> None:
        """Motion ends here."""

    @abstractmethod
    def resume(self, now: int) -> None:
        """Motion goes on towards what is commanded."""
