"""Analogue values as closed-form functions of time between events; crossings are computed, never found by ticking."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.arithmetic import exp, log

FULL_SCALE: Final = 1023
_KEPT: Final = 4
#: Relative error that a value and its distance from the goal may carry after a few operations.
_ROUNDING: Final = 1e-15
_MARGIN_US: Final = 2

Segment = tuple[int, float, float, float, float]  # t0, v0, rate per us, goal, tau in us
Distortion = tuple[int, float, float, int]  # since, gain, offset, stuck counts (-1: not stuck)
_RIGHT: Final[Distortion] = (0, 1.0, 0.0, -1)


def _unheard(now: int) -> None:
    pass


class Signal:
    """A quantity on an analogue input: constant, a ramp to a goal, or an exponential approach to it.

    `low` and `high` are the transmitter's range in the quantity's unit. `changed` is told of every new course.
    A few past segments stay readable: a reader asks for the sample of the last exchange, which may lie a moment
    before the latest change.
    """

    __slots__ = ("_before", "_distortion", "_faults", "_reference", "changed", "high", "low", "now", "past")
    STATE: ClassVar[tuple[str, ...]] = ("now", "past", "_distortion", "_before", "_faults", "_reference")

    def __init__(self, low: float, high: float, value: float = 0.0) -> None:
        self.low = low
        self.high = high
        self.changed: Callable[[int], None] = _unheard
        self.now: Segment = (0, value, 0.0, value, 0.0)
        self.past: tuple[Segment, ...] = ()
        self._distortion = _RIGHT
        self._before: tuple[Distortion, ...] = ()
        self._faults = _RIGHT[1:]
        self._reference: float | None = None

    def value(self, t: int) -> float:
        """The true value at `t` (us)."""
        segment = self.now
        if t < segment[0]:
            for segment in self.past:
                if t >= segment[0]:
                    break
            else:
                t = segment[0]
        return _at(segment, t)

    def counts(self, t: int) -> int:
        """What the converter reads at `t`: 0..1023 over the transmitter's range."""
        since, gain, offset, stuck = self._distortion
        if t < since:
            _, gain, offset, stuck = next((d for d in self._before if t >= d[0]), _RIGHT)
        return self._read(self.value(t) * gain + offset) if stuck < 0 else stuck

    def _read(self, value: float) -> int:
        share = (value - self.low) / (self.high - self.low)
        return 0 if share <= 0.0 else FULL_SCALE if share >= 1.0 else int(share * FULL_SCALE)

    def crossing(self, counts: int, rising: bool, after: int) -> int | None:
        """An instant >= `after`, at or shortly before the one at which `counts(t) >= counts` becomes `rising`.

        None if that never happens as things stand.
        """
        t0, v0, rate, goal, tau = self.now
        _, gain, offset, stuck = self._distortion
        # readings never turn back within a segment, so its two ends tell whether there is a crossing
        if stuck >= 0 or v0 == goal or (self._read(goal * gain + offset) >= counts) is not rising:
            return None
        if (self._read(v0 * gain + offset) >= counts) is rising:
            return after
        wanted = (self.low + counts * (self.high - self.low) / FULL_SCALE - offset) / gain
        if not tau:
            return max(after, t0 + int((wanted - v0) / rate) - _MARGIN_US)
        sizes = abs(v0) + abs(goal) + (abs(self.low) + abs(self.high) + abs(offset)) / abs(gain)
        error = _ROUNDING * sizes / abs(v0 - goal)
        ratio = max((wanted - goal) / (v0 - goal), error)
        return max(after, t0 + int(-tau * (log(ratio) + error / ratio)) - _MARGIN_US)

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
        if segment[0] > self.now[0]:
            self.past = (self.now, *self.past[: _KEPT - 1])
        self.now = segment
        self.changed(segment[0])

    # ---- injection
    def distort(self, now: int, *, gain: float = 1.0, offset: float = 0.0, stuck: int = -1) -> None:
        """From now on the reading is `value * gain + offset`, or `stuck` counts if given; no argument: as it should."""
        self._faults = gain, offset, stuck
        self._reads_anew(now)

    def refer(self, now: int, value: float | None) -> None:
        """A calibrator takes the place of the quantity and gives `value` (None: it is taken away again). What is wrong
        with the transmitter stays wrong."""
        self._reference = value
        self._reads_anew(now)

    def _reads_anew(self, now: int) -> None:
        gain, offset, stuck = self._faults
        if self._reference is not None:
            gain, offset = 0.0, self._reference * gain + offset
        if now > self._distortion[0]:
            self._before = (self._distortion, *self._before[: _KEPT - 1])
        self._distortion = (now, gain, offset, stuck)
        self.changed(now)

    @property
    def injected(self) -> bool:
        """True while the reading does not follow the value."""
        return self._distortion[1:] != _RIGHT[1:]


def _at(segment: Segment, t: int) -> float:
    t0, v0, rate, goal, tau = segment
    if tau:
        return goal + (v0 - goal) * exp((t0 - t) / tau)
    if rate == 0.0:
        return v0
    v = v0 + rate * (t - t0)
    return min(v, goal) if rate > 0.0 else max(v, goal)
