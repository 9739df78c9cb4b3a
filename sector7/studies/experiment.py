"""Replications of every point, until the study's rule says that it is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sector7.studies.intervals import interval
from sector7.studies.model import Job, Model, Result
from sector7.studies.points import Point, seed_at
from sector7.studies.runner import Runner
from sector7.studies.study import Study


@dataclass(frozen=True, slots=True)
class Sample:
    """A point and its results, replication by replication."""

    point: Point
    results: list[Result]

    def values(self, response: str) -> list[float]:
        """A response in every replication."""
        return [result.responses[response] for result in self.results]


@dataclass(frozen=True)
class Experiment:
    """A study on a model. `inputs` are what the model takes for each point."""

    study: Study
    points: Sequence[Point]
    model: Model
    inputs: Sequence[Any]

    def run(self, runner: Runner, planned: Callable[[int], None] = lambda runs: None) -> list[Sample]:
        """Replicate. `planned` is told how many runs are known to be needed, as often as that changes.

        The rule is looked at after `min` and after every further `step` replications, never in between: how many
        replications a point gets depends on its results alone, not on who finishes first.
        """
        rule = self.study.replications
        keys = [self.model.key(each) for each in self.inputs]
        wanted = {point.number: rule.min for point in self.points}
        samples = {point.number: Sample(point, []) for point in self.points}
        while True:
            planned(sum(wanted.values()))
            asked = [
                (point, replication)
                for replication in range(max(wanted.values()))
                for point in self.points
                if len(samples[point.number].results) <= replication < wanted[point.number]
            ]
            if not asked:
                return [samples[point.number] for point in self.points]
            jobs = [
                Job(keys[at.number], self.model, self.inputs[at.number], seed_at(self.study, at, replication))
                for at, replication in asked
            ]
            for (point, _), result in zip(asked, runner.run(jobs, self.study.name), strict=True):
                samples[point.number].results.append(result)
            for number, sample in samples.items():
                if not self._enough(sample):
                    wanted[number] = min(rule.most, len(sample.results) + rule.step)

    def _enough(self, sample: Sample) -> bool:
        rule = self.study.replications
        if len(sample.results) >= rule.most:
            return True
        found = interval(sample.values(rule.of or self.study.names[0]), self.study.confidence)
        if rule.relative is not None:
            return found.half <= rule.relative * abs(found.mean)
        return rule.half_width is None or found.half <= rule.half_width
