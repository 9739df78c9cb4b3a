"""Utilities that stations depend on: compressed air, hydraulics, cooling water."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from plant.agenda import Agenda
from plant.power.load import FULL, Load
from plant.signal import Signal

Told = Callable[[int, bool], None]


class Utility:
    """A supply whose level rises while it runs and falls while it does not; below `low` its consumers stand still.

    Level in the utility's unit, rates per second. `lost` is told (now, True) when the level falls below `low` and
    (now, False) when it is back above. A supply that has failed, is not commanded or has no power does not run.
    """

    __slots__ = (
        "_fall",
        "_lost",
        "_rise",
        "_slot",
        "cause",
        "failed",
        "gauges",
        "level",
        "load",
        "low",
        "missing",
        "name",
        "nominal",
        "on",
        "powered",
        "tripped",
    )
    STATE: ClassVar[tuple[str, ...]] = ("on", "failed", "missing", "tripped", "powered")

    def __init__(
        self,
        agenda: Agenda,
        name: str,
        cause: int,
        *,
        nominal: float,
        low: float,
        rise: float,
        fall: float,
        lost: Told,
        on: bool,
    ) -> None:
        self.name = name
        self.cause = cause
        self.nominal = nominal
        self.low = low
        self._rise = rise
        self._fall = fall
        self._lost = lost
        self._slot = agenda.slot(self._fire)
        self.level = Signal(0.0, nominal * 1.5, nominal if on else 0.0)
        #: Transmitters on this main at other places than the utility's own.
        self.gauges: list[Signal] = []
        self.on = on
        self.failed = False
        self.tripped = False
        self.missing = not on
        self.powered = True
        #: What it draws from its feeder.
        self.load: Load | None = None

    def measure(self, load: Load | None) -> None:
        """Fit the meter of its motor."""
        self.load = load
        if load is not None and self.on:
            load.set(0, FULL)

    def run(self, now: int, on: bool) -> None:
        """The supply is commanded to run, or not."""
        if on != self.on:
            self.on = on
            self._follow(now)

    def power(self, now: int, on: bool) -> None:
        """Its motor's feeder is switched."""
        self.powered = on
        self._follow(now)

    def fail(self, now: int) -> None:
        """The supply trips."""
        self.failed = True
        self._follow(now)

    def mend(self, now: int) -> None:
        """The supply may run again."""
        self.failed = False
        self._follow(now)

    def trip(self, now: int, tripped: bool) -> None:
        """Injection: the supply is cut off, or no longer; the failures of its own come and go beneath."""
        if tripped != self.tripped:
            self.tripped = tripped
            self._follow(now)

    def _follow(self, now: int) -> None:
        here = self.level.value(now)
        running = self.on and self.powered and not self.failed and not self.tripped
        if self.load is not None:
            self.load.set(now, FULL if running else 0)
        for signal in (self.level, *self.gauges):
            signal.ramp(now, self.nominal if running else 0.0, self._rise if running else self._fall)
        if running == self.missing:
            way, rate = (self.low - here, self._rise) if running else (here - self.low, self._fall)
            self._slot.arm(now + 1 + int(max(0.0, way) / rate * 1e6))
        else:
            self._slot.cancel()

    def _fire(self, now: int) -> None:
        self.missing = not self.missing
        self._lost(now, self.missing)
