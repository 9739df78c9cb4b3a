"""What every actuator has in common: it moves if, and only if, it is commanded and nothing inhibits it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Final

from plant.power.load import Load

#: Causes that keep a mechanism from moving; a mechanism declares which of them it `needs` absent.
JAM: Final = 1
SAFETY: Final = 2
MAINS: Final = 4
AIR: Final = 8
OIL: Final = 16
COOLING: Final = 32
#: An injected fault holds it; unlike a jam it is nobody's to clear but the injector's.
BLOCKED: Final = 64


class Mechanism(ABC):
    """Base of the actuators. `needs` is the mask of causes that stop it (a jam always does, and so does BLOCKED).

    A command outlasts a jam or a lost supply: the motion goes on when they end. It does not outlast a safety stop:
    whatever is commanded when the actuators get their power back is `void` until it is commanded anew, so closing
    a guard never starts a motion. (Motions without power, such as a spring's, need no command and do go on.)

    `stopping_us` is the declared time from the safety relay's drop to standstill (ISO 13855 calls it the overall
    system stopping performance; here the machine's part of it).
    """

    __slots__ = ("inhibited", "load", "name", "needs", "void")
    STATE: ClassVar[tuple[str, ...]] = ("inhibited", "void")
    stopping_us: int = 0
    #: What an injected fault can do to it besides blocking it: "slow", "leaking".
    impairments: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str, needs: int) -> None:
        self.name = name
        self.needs = needs | JAM
        self.inhibited = 0
        self.void = False
        #: What it draws from its station's feeder; None: nothing worth counting (compressed air, oil).
        self.load: Load | None = None

    def inhibit(self, now: int, cause: int, on: bool) -> None:
        """`cause` (one of the masks above) begins or ends to keep this mechanism from moving."""
        before = self.inhibited
        after = before | cause & (self.needs | BLOCKED) if on else before & ~cause
        self.inhibited = after
        if before & ~after & SAFETY:
            self.void = True
        if after and not before:
            self.freeze(now)
        elif before and not after:
            self.resume(now)

    @abstractmethod
    def moves(self, now: int) -> bool:
        """True if it is not at standstill at `now`, as its position tells it, not its command. For what heats or
        feeds, standstill is its rest. A welded contact is as it is."""

    @property
    def driven(self) -> bool:
        """False if a spring or a weight moves it where it goes, without power."""
        return True

    def impair(self, slowness: float, leak: float) -> None:
        """Injection: from the next motion on everything takes `slowness` (>= 1) times as long, and the share `leak`
        (0..1, not 1) of its pressure is lost; (1, 0) is as it should be. Only for what `impairments` names."""
        raise NotImplementedError

    @abstractmethod
    def freeze(self, now: int) -> None:
        """Motion ends here."""

    @abstractmethod
    def resume(self, now: int) -> None:
        """Motion goes on towards what is commanded, unless that is void."""


class Switched(Mechanism):
    """An actuator that either runs or not: motors, contactors, sources."""

    __slots__ = ("on", "running")
    STATE: ClassVar[tuple[str, ...]] = ("inhibited", "void", "on", "running")

    def __init__(self, name: str, needs: int) -> None:
        super().__init__(name, needs)
        self.on = False
        self.running = False

    def drive(self, now: int, on: bool) -> None:
        """The output is switched."""
        if on != self.on:
            self.on = on
            self.void = False
            self._settle(now)

    def moves(self, now: int) -> bool:
        return self.running

    def freeze(self, now: int) -> None:
        self._settle(now)

    def resume(self, now: int) -> None:
        self._settle(now)

    def _settle(self, now: int) -> None:
        running = self.on and not self.inhibited and not self.void
        if running != self.running:
            self.running = running
            self.turned(now, running)

    @abstractmethod
    def turned(self, now: int, running: bool) -> None:
        """It begins or ceases to run."""
