"""Takes samples of a run, and makes responses of what lies behind its warm-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from statistics import fmean
from typing import Final

from sector7.scenario.expression import Expression, ExpressionError
from sector7.studies.study import Measure
from sector7.studies.warmup import mser5

_EXTREMES: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {
    "mean": fmean, "end": lambda values: values[-1], "max": max, "min": min,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Probe:
    """A measure, ready to be looked at."""

    measure: Measure
    value: Expression
    per: Expression | None


class Course:
    """The samples of one run, the first at time 0."""

    def __init__(self, probes: Sequence[Probe], every_us: int, end_us: int) -> None:
        self._probes = probes
        self._every_us = every_us
        self._end_us = end_us
        self._due = 0
        self.times: list[int] = []
        self.values: list[list[float]] = [[] for _ in probes]
        self.pers: list[list[float]] = [[] for _ in probes]

    def observe(self, now: int) -> None:
        """Look, if it is time to."""
        if now < self._due or (self.times and now == self.times[-1]):
            return
        self._due = min((now // self._every_us + 1) * self._every_us, self._end_us)
        self.times.append(now)
        for probe, values, pers in zip(self._probes, self.values, self.pers, strict=True):
            values.append(_number(probe.value))
            pers.append(_number(probe.per) if probe.per is not None else 0.0)

    def settled(self, of: int = 0) -> tuple[int, bool]:
        """Where the steady state of a measure begins, us, by MSER-5; and whether the run is long enough to tell."""
        cut, enough = mser5(self._steps(of))
        return self.times[cut], enough

    def begin(self, warmup_us: int) -> int:
        """The time of the first sample behind a warm-up, us."""
        return next((time for time in self.times if time >= warmup_us), self.times[-1])

    def responses(self, begin_us: int) -> dict[str, float]:
        """Every measure from the sample at `begin_us` on."""
        begin = self.times.index(begin_us)
        return {
            probe.measure.name: self._response(number, probe.measure, begin)
            for number, probe in enumerate(self._probes)
        }

    def _response(self, number: int, measure: Measure, begin: int) -> float:
        values = self.values[number]
        if measure.over != "gain":
            return _EXTREMES[measure.over](values[begin:])
        gain = values[-1] - values[begin]
        return _ratio(gain, self.pers[number][-1] - self.pers[number][begin]) if measure.per else gain

    def _steps(self, number: int) -> list[float]:
        """The course of a measure, sample by sample: gains between two, or what it is."""
        values, pers, measure = self.values[number], self.pers[number], self._probes[number].measure
        if measure.over != "gain":
            return values
        steps = range(len(values) - 1)
        if measure.per:
            ratios = [_ratio(values[i + 1] - values[i], pers[i + 1] - pers[i]) for i in steps]
            return [0.0 if ratio != ratio else ratio for ratio in ratios]
        return [values[i + 1] - values[i] for i in steps]


def _number(expression: Expression) -> float:
    try:
        return float(expression.value())
    except ExpressionError:
        return nan


def _ratio(gain: float, per: float) -> float:
    return gain / per if per else nan
