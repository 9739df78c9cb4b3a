"""What a study says: means with their intervals, and how alternatives differ from their baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from sector7.studies.experiment import Sample
from sector7.studies.intervals import Interval, interval, paired
from sector7.studies.study import Study

Verdict = Literal["higher", "lower", "no difference shown"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A point against its baseline, replication by replication. `confidence` is that of this one interval."""

    response: str
    baseline: str
    point: str
    difference: Interval
    share: float
    confidence: float

    @property
    def verdict(self) -> Verdict:
        """What the interval allows to say."""
        if not isfinite(self.difference.half) or self.difference.covers(0.0):
            return "no difference shown"
        return "higher" if self.difference.mean > 0 else "lower"


@dataclass(frozen=True)
class Summary:
    """All figures of a study. Built from the samples alone: who computed them, and when, leaves no mark."""

    study: Study
    samples: Sequence[Sample]

    @property
    def units(self) -> dict[str, str]:
        """Units of the responses."""
        return {measure.name: measure.unit for measure in self.study.measures}

    def mean(self, sample: Sample, response: str) -> Interval:
        """A response at a point."""
        return interval(sample.values(response), self.study.confidence)

    @property
    def comparisons(self) -> list[Comparison]:
        """Every alternative against the first one of the same combination; without alternatives every point against
        the first. The intervals hold together at the study's confidence (Bonferroni)."""
        pairs = self._pairs()
        single = 1 - (1 - self.study.confidence) / max(1, len(pairs))
        found = []
        for response in self.study.names:
            for baseline, sample in pairs:
                difference = self._difference(baseline.values(response), sample.values(response), single)
                mean = interval(baseline.values(response)).mean
                share = difference.mean / mean if mean else float("nan")
                found.append(Comparison(response, baseline.point.label, sample.point.label, difference, share, single))
        return found

    def _difference(self, ones: list[float], others: list[float], confidence: float) -> Interval:
        return paired(ones, others, confidence)

    def _pairs(self) -> list[tuple[Sample, Sample]]:
        if not self.study.compare:
            return [(self.samples[0], sample) for sample in self.samples[1:]]
        group = len(self.study.compare)
        return [(self.samples[i - i % group], sample) for i, sample in enumerate(self.samples) if i % group]

    @property
    def broken(self) -> list[str]:
        """Invariants that did not hold, with the point and the replication."""
        return [
            f"{sample.point.label}, replication {number}: {result.failed[0]}"
            for sample in self.samples
            for number, result in enumerate(sample.results, 1)
            if result.broken
        ]

    @property
    def unsettled(self) -> int:
        """Replications that are too short for MSER-5 to find a steady state in."""
        return sum(not result.settled for sample in self.samples for result in sample.results)

    def to_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {
            "study": self.study.name,
            "seed": self.study.seed,
            "confidence": self.study.confidence,
            "points": [self._point(sample) for sample in self.samples],
            "comparisons": [
                {
                    "response": each.response, "baseline": each.baseline, "point": each.point,
                    **_interval(each.difference), "share": _number(each.share), "confidence": each.confidence,
                    "verdict": each.verdict,
                }
                for each in self.comparisons
            ],
            "unsettled": self.unsettled,
            "verdict": {"passed": not self.broken, "failed": self.broken},
        }  # fmt: skip

    def _point(self, sample: Sample) -> dict[str, Any]:
        warmups = [result.warmup_s for result in sample.results]
        return {
            "point": sample.point.label,
            "settings": dict(sample.point.settings),
            "replications": len(sample.results),
            "warmup_s": {"mean": sum(warmups) / len(warmups), "max": max(warmups)},
            "responses": {
                name: {**_interval(self.mean(sample, name)), "unit": self.units[name],
                       "values": [_number(value) for value in sample.values(name)]}
                for name in self.study.names
            },
        }  # fmt: skip


def _interval(found: Interval) -> dict[str, Any]:
    return {"mean": _number(found.mean), "half_width": _number(found.half), "n": found.n}


def _number(value: float) -> float | None:
    """JSON knows neither nan nor inf."""
    return value if isfinite(value) else None
