"""A device with a start/done/fault handshake: robot, nutrunner, slide, flasher, test bench, labeller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.mechanism import BLOCKED, JAM, MAINS, SAFETY, Mechanism
from plant.power.load import FULL
from plant.terminals import Terminals

_SPREAD: Final = 0.06


def _nothing(now: int, program: int) -> None:
    pass


class Device(Mechanism):
    """Runs the selected program while `start` is on and then raises `done` until `start` goes off.

    `seconds` maps program numbers to durations (0: any other). `begins` and `ends` are told (now, program); what
    the device does to the robot and to the analogue inputs hangs there. While inhibited the program stands still;
    after a safety stop it is not resumed but waits for a new start. A jam raises the fault input.
    """

    __slots__ = (
        "_begun",
        "_done",
        "_fault",
        "_left",
        "_seconds",
        "_slot",
        "_slowness",
        "_stream",
        "_taken",
        "_terminals",
        "begins",
        "ends",
        "finished",
        "on",
        "program",
    )
    STATE: ClassVar[tuple[str, ...]] = (
        "inhibited",
        "void",
        "on",
        "program",
        "finished",
        "_taken",
        "_left",
        "_begun",
    )
    stopping_us = 250_000
    impairments = ("slow",)

    def __init__(
        self,
        agenda: Agenda,
        terminals: Terminals,
        name: str,
        stream: Random,
        *,
        done: str = "",
        fault: str = "",
        seconds: Mapping[int, float],
        needs: int = SAFETY | MAINS,
        begins: Callable[[int, int], None] = _nothing,
        ends: Callable[[int, int], None] = _nothing,
    ) -> None:
        super().__init__(name, needs)
        self._terminals = terminals
        self._stream = stream
        self._done = terminals.bit(done)
        self._fault = terminals.bit(fault)
        self._seconds = seconds
        self._slowness = 1.0
        self.begins = begins
        self.ends = ends
        self._slot = agenda.slot(self._fire)
        self.on = False
        self.finished = False
        self.program = 0
        self._taken = 0
        self._left = 0
        self._begun = False

    def moves(self, now: int) -> bool:
        return self._slot.at >= 0

    def select(self, now: int, program: int) -> None:
        """The program number is presented; it is taken with the next start."""
        self.program = program

    def start(self, now: int, on: bool) -> None:
        """The start signal is switched. Taking it away before `done` drops the program."""
        if on == self.on:
            return
        self.on = on
        self.void = False
        if on:
            self._taken = self.program
            nominal = self._seconds.get(self._taken, self._seconds[0]) * self._slowness
            self._left = max(1, int(nominal * 1e6 * (1.0 - _SPREAD + 2.0 * _SPREAD * self._stream.random())))
            self._begun = False
            if not self.inhibited:
                self.resume(now)
        else:
            self._slot.cancel()
            self._draw(now, 0)
            self.finished = False
            self._terminals.clear(now, self._done)

    def impair(self, slowness: float, leak: float) -> None:
        self._slowness = slowness

    def freeze(self, now: int) -> None:
        if self._slot.at >= 0:
            self._left = max(1, self._slot.at - now)
            self._slot.cancel()
            self._draw(now, 0)

    def resume(self, now: int) -> None:
        if self.on and not self.void and not self.finished:
            if not self._begun:
                self._begun = True
                self.begins(now, self._taken)
            self._slot.arm(now + self._left)
            self._draw(now, FULL)

    def _draw(self, now: int, level: int) -> None:
        if self.load is not None:
            self.load.set(now, level)

    def inhibit(self, now: int, cause: int, on: bool) -> None:
        super().inhibit(now, cause, on)
        if cause & (JAM | BLOCKED):
            faulty = self.inhibited & (JAM | BLOCKED)
            (self._terminals.set if faulty else self._terminals.clear)(now, self._fault)

    def _fire(self, now: int) -> None:
        self.finished = True
        self._draw(now, 0)
        self.ends(now, self._taken)
        self._terminals.set(now, self._done)
