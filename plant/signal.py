"""Analogue values as closed-form functions of time between events; crossings are computed, never found by ticking."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.arithmetic import exp, log

FULL_SCALE: Final = 1023
_KEPT: Final = 4

Segment = tuple[int, float, float, float, float]  # t0, v0, rate per us, goal, tau in us


def _unheard(now: int) -> None:
    pass


class Signal:
    """A quantity on an analogue input: constant, a ramp to a goal, or an exponential approach to it.

    `low` and `high` are the transmitter's range in the quantity's unit. `changed` is told of every new segment.
    A few past segments stay readable: a reader asks for the sample of the last exchange, which may lie a moment
    before the latest change. Injection: `gain` and `offset` distort the reading, `stuck` replaces it (counts).
    """

    __slots__ = ("changed", "gain", "high", "low", "now", "offset", "past", "stuck")
    STATE: ClassVar[tuple[str, ...]] = ("now", "past", "gain", "offset", "stuck")

    def __init__(self, low: float, high: float, value: float = 0.0) -> None:
        self.low = low
        self.high = high
        self.changed: Callable[[int], None] = _unheard
        self.now: Segment = (0, value, 0.0, value, 0.0)
        self.past: tuple[Segment, ...] = ()
        self.gain = 1.0
        self.offset = 0.0
        self.stuck: int | None = None

    def value(self, t: int) -> float:
        """The true value at `t` (us)."""
        segment = self.now
        if t < segment[0]:
            for segment in self.past:
                if t >= segment[0]:
                    break
        return _at(segment, t)

    def counts(self, t: int) -> int:
        """What the converter reads at `t`: 0..1023 over the transmitter's range."""
        if self.stuck is not None:
            return self.stuck
        share = (self.value(t) * self.gain + self.offset - self.low) / (self.high - self.low)
        return 0 if share <= 0.0 else FULL_SCALE if share >= 1.0 else int(share * FULL_SCALE)

    def crossing(self, counts: int, rising: bool, after: int) -> int | None:
        """An instant >= `after`, at or shortly before the one at which `counts(t) >= counts` becomes `rising`."""
        t0, v0, rate, goal, tau = self.now
        if self.stuck is not None or v0 == goal or (v0 < goal) != (rising == (self.gain > 0.0)):
            return None
        wanted = ((self.low + counts * (self.high - self.low) / FULL_SCALE) - self.offset) / self.gain
        if (goal >= wanted) != (v0 < goal):
            return None
        if (v0 >= wanted) == (v0 < goal):
            return after
        if tau:
            ratio = (wanted - goal) / (v0 - goal)
            if ratio <= 0.0:
                return None
            return max(after, t0 + int(-tau * log(ratio)) - 2)
        return max(after, t0 + int((wanted - v0) / rate) - 2)

    # ---- what mechanisms do with it
    def hold(self, now: int, value: float) -> None:
        """The value jumps to `value` and stays."""
        self._follow((now, value, 0.0, value, 0.0))

    def ramp(self, now: int, goal: float, rate_per_s: float) -> None:
        """The value moves to `goal` at `rate_per_s` (> 0) and stays there."""
        v0 = self.value(now)
        rate = rate_per_s / 1e6
        self._follow((now, v0, rate if goal >= v0 else -rate, goal, 0.0))

    def approach(self, now: int, goal: float, tau_us: float) -> None:
        """The value approaches `goal` exponentially with time constant `tau_us`."""
        self._follow((now, self.value(now), 0.0, goal, tau_us))

    def _follow(self, segment: Segment) -> None:
        self.past = (self.now, *self.past[: _KEPT - 1])
        self.now = segment
        self.changed(segment[0])


def _at(segment: Segment, t: int) -> float:
    t0, v0, rate, goal, tau = segment
    if tau:
        return goal + (v0 - goal) * exp((t0 - t) / tau)
    if rate == 0.0:
        return v0
    v = v0 + rate * (t - t0)
    return min(v, goal) if rate > 0.0 else max(v, goal)
