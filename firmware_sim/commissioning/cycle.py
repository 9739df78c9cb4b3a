"""A dry or a hot cycle: strokes one after the other, each with the proof that it ended as it should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from firmware_sim.commissioning.team import Outcome
from firmware_sim.plc.sequence import Builder
from firmware_sim.plc.unit import Unit
from protocols.commissioning import NEVER_ENDED, Finding
from protocols.stations.strokes import Stroke


class Cycle:
    """Runs strokes; `command` is the image of the present one while `running`."""

    STATE: ClassVar[tuple[str, ...]] = ("at", "_since", "_true_since")

    def __init__(self, unit: Unit, strokes: Sequence[Stroke]) -> None:
        self._unit = unit
        self._io = unit.io
        self._strokes = strokes
        builder = Builder(unit.io, {})
        for s in strokes:
            builder.step(
                s.name, on=s.on, until=s.until, limit_s=s.limit_s, dwell_s=s.dwell_s, target=s.target, speed=s.speed,
                duty=s.duty, program=s.program, reach=dict(s.reach),
            )  # fmt: skip
        self._steps = builder.build()
        self.at = -1
        self._since = 0
        self._true_since = -1

    @property
    def running(self) -> bool:
        """True from `begin` until the last stroke has ended, or one has failed."""
        return self.at >= 0

    @property
    def command(self) -> int:
        """The command image of the present stroke, 0 if there is none."""
        return self._steps[self.at].out if self.running else 0

    def begin(self, now: int) -> None:
        """From the first stroke on."""
        self._go(now, 0)

    def stop(self) -> None:
        """No further."""
        self.at = -1

    def tick(self, now: int, status: int) -> Outcome | None:
        """Go on; the outcome of the present stroke once there is one."""
        step, number = self._steps[self.at], self.at
        if now == self._since:
            return None
        if status & step.mask != step.value:
            self._true_since = -1
        elif self._true_since < 0:
            self._true_since = now
        if self._true_since >= 0 and now - self._true_since >= step.dwell_us:
            outcome = self._ended(now)
            self._go(now, number + 1 if outcome.passed and number + 1 < len(self._steps) else -1)
            return outcome
        if now - self._since < step.limit_us:
            return None
        self.stop()
        return Outcome(number, 0, step.limit_us // 1000, NEVER_ENDED, Finding.SEIZED)

    def _go(self, now: int, number: int) -> None:
        self.at = number
        self._since = now
        self._true_since = -1

    def _ended(self, now: int) -> Outcome:
        stroke = self._strokes[self.at]
        if not stroke.record:
            return Outcome(self.at, 0, self._steps[self.at].limit_us // 1000, (now - self._since) // 1000)
        channel = self._io.analog(stroke.record)
        raw = self._io.analogs[channel].raw(self._unit.measure(channel, now))
        low, high = stroke.window
        return Outcome(self.at, low, high, raw, 0 if low <= raw <= high else Finding.NOT_REACHED)
