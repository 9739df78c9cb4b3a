"""Actuators that feed an analogue input: spindle, gas and coolant, voltages."""

from __future__ import annotations

from typing import ClassVar

from plant.agenda import Agenda
from plant.mechanism import Mechanism
from plant.signal import Signal
from plant.terminals import Terminals


class Source(Mechanism):
    """While on, `signal` moves towards `level`; while off, back to `rest`: with a ramp, or with a time constant.

    Give `rise_per_s`/`fall_per_s` (signal units per second) or `tau_us`. A proportional source scales `level` with
    the modulation (0..1024). `flag` names an input that is true while the source is on and its supply is there,
    after `delay_us`; with `normally` it is inverted (a "discharged" contact).
    """

    __slots__ = (
        "_delay_us",
        "_fall",
        "_flag",
        "_modulated",
        "_rest",
        "_rise",
        "_slot",
        "_tau",
        "_terminals",
        "duty",
        "level",
        "on",
        "signal",
        "wanted",
    )
    STATE: ClassVar[tuple[str, ...]] = ("inhibited", "on", "duty", "level", "wanted")

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        name: str,
        signal: Signal,
        *,
        level: float,
        rest: float = 0.0,
        rise_per_s: float = 0.0,
        fall_per_s: float = 0.0,
        tau_us: float = 0.0,
        modulated: bool = False,
        flag: str = "",
        normally: bool = False,
        delay_us: int = 500_000,
        needs: int,
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
        self._delay_us = delay_us
        self._slot = agenda.slot(self._fire)
        self.on = False
        self.duty = 0
        self.wanted = normally
        if normally:
            terminals.initial(self._flag)

    def drive(self, now: int, on: bool) -> None:
        """The output is switched."""
        if on != self.on:
            self.on = on
            self.wanted = not self.wanted
            self._follow(now)

    def modulate(self, now: int, duty: int) -> None:
        """The PWM duty changes (0..1024)."""
        self.duty = duty
        if self._modulated and self.on:
            self._follow(now)

    def freeze(self, now: int) -> None:
        self._follow(now)

    def resume(self, now: int) -> None:
        self._follow(now)

    def _follow(self, now: int) -> None:
        running = self.on and not self.inhibited
        goal = self._rest
        if running:
            share = self.duty / 1024 if self._modulated else 1.0
            goal = self._rest + (self.level - self._rest) * share
        if self._tau:
            self.signal.approach(now, goal, self._tau)
        else:
            rising = goal > self.signal.value(now)
            self.signal.ramp(now, goal, self._rise if rising else self._fall)
        if self._flag:
            self._slot.arm(now + self._delay_us)

    def _fire(self, now: int) -> None:
        true = self.wanted and not self.inhibited
        (self._terminals.set if true else self._terminals.clear)(now, self._flag)
