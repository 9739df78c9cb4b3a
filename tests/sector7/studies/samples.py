"""Samples of made-up studies, for what tells of them."""

from __future__ import annotations

from random import Random

from plant.arithmetic import normal
from sector7.studies.experiment import Sample
from sector7.studies.load import parse
from sector7.studies.model import Result
from sector7.studies.points import points_of
from sector7.studies.summary import Summary

HEAD = 'name = "made up"\nduration = "8h"\nresponses = ["rate", "wip"]\n'
SWEEP = '[[sweep]]\nkey = "recipe.pallets"\nvalues = [18, 20, 24]\n'
COMPARE = '[[compare]]\nname = "one"\n[[compare]]\nname = "two"\nset = { "recipe.crews" = 2 }\n'


def summary(text: str, runs: int = 6, gain: float = 2.0) -> Summary:
    """A study in which each point is `gain` better than the one before, on shared noise."""
    study = parse("t.toml", text).study
    samples = []
    for point in points_of(study):
        results = []
        for run in range(runs):
            noise = 5 * normal(Random(f"shared {run}")) + 0.1 * normal(Random(f"{point.number} {run}"))
            figures = {"rate": 50 + gain * point.number + noise, "wip": 20.0}
            results.append(Result(figures, warmup_s=600.0 + 60 * run))
        samples.append(Sample(point, results))
    return Summary(study, samples)
