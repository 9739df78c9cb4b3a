"""Actuators that feed an analogue input: spindle, gas and coolant, voltages."""

from __future__ import annotations

from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.mechanism import Switched
from plant.power.load import FULL
from plant.signal import Signal
from plant.terminals import Terminals

#: An exponential decay has as good as ended after so many time constants (1 % left).
_DECAYED: Final = 4.6
#: Share of its level below which it counts as at rest.
_REST: Final = 0.011


class Source(Switched):
    """While it runs, `signal` moves towards `level`; otherwise back to `rest`: with a ramp, or with a time constant.

    Give `rise_per_s`/`fall_per_s` (signal units per second) or `tau_us`. A proportional source scales `level` with
    the modulation (0..1024). `flag` names an input that is true while the source runs, with a delay of `delay_us`
    to either side; with `normally` it is a contact for the opposite ("discharged"), which opens without delay.
    """

    __slots__ = (
        "_delay_us",
        "_fall",
        "_flag",
        "_leak",
        "_modulated",
        "_normally",
        "_rest",
        "_rise",
        "_slot",
        "_slowness",
        "_tau",
        "_terminals",
        "duty",
        "level",
        "signal",
        "stopping_us",
    )
    STATE: ClassVar[tuple[str, ...]] = (*Switched.STATE, "duty", "level")
    impairments = ("slow", "leaking")

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        name: str,
        signal: Signal,
        *,
        needs: int,
        level: float,
        rest: float = 0.0,
        rise_per_s: float = 0.0,
        fall_per_s: float = 0.0,
        tau_us: float = 0.0,
        modulated: bool = False,
        flag: str = "",
        normally: bool = False,
        delay_us: int = 500_000,
    ) -> None:
        super().__init__(name, needs)
        self._terminals = terminals
        self.signal = signal
        self.level = level
        self._rest = rest
        self._rise = rise_per_s
        self._fall = fall_per_s
        self._tau = tau_us
        self._modulated = modulated
        self._flag = terminals.bit(flag)
        self._normally = normally
        self._delay_us = delay_us
        self._slot = agenda.slot(self._fire)
        self.duty = 0
        self._slowness, self._leak = 1.0, 0.0
        self.stopping_us = int(_DECAYED * tau_us if tau_us else abs(level - rest) / fall_per_s * 1e6)
        signal.hold(0, rest)
        if normally:
            terminals.initial(self._flag)

    def moves(self, now: int) -> bool:
        return abs(self.signal.value(now) - self._rest) > _REST * abs(self.level - self._rest)

    def modulate(self, now: int, duty: int) -> None:
        """The PWM duty changes (0..1024)."""
        self.duty = duty
        if self._modulated and self.running:
            self._follow(now)

    def impair(self, slowness: float, leak: float) -> None:
        self._slowness, self._leak = slowness, leak

    def turned(self, now: int, running: bool) -> None:
        self._follow(now)
        if running and self._normally:
            self._slot.cancel()
            self._terminals.clear(now, self._flag)
        elif self._flag:
            self._slot.arm(now + self._delay_us)

    def _follow(self, now: int) -> None:
        goal = self._rest
        if self.load is not None:
            self.load.set(now, (self.duty if self._modulated else FULL) if self.running else 0)
        if self.running:
            share = self.duty / 1024 if self._modulated else 1.0
            goal = self._rest + (self.level - self._rest) * share * (1.0 - self._leak)
        slowness = self._slowness if self.running else 1.0  # it runs down as it always did
        if self._tau:
            self.signal.approach(now, goal, self._tau * slowness)
        else:
            rising = goal > self.signal.value(now)
            self.signal.ramp(now, goal, self._rise / slowness if rising else self._fall)

    def _fire(self, now: int) -> None:
        (self._terminals.set if self.running != self._normally else self._terminals.clear)(now, self._flag)
