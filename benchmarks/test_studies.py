"""How well replications share the cores of a machine, and how long a month of production takes.

By default days are short; `FULL=1 make bench` takes 100 replications of a whole day and a whole month.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from benchmarks.conftest import Figures
from sector7.studies.experiment import Experiment, Sample
from sector7.studies.load import parse
from sector7.studies.plans import base_of, plan_of
from sector7.studies.plant_model import model_of
from sector7.studies.points import points_of
from sector7.studies.runner import Runner
from sector7.studies.store import Store
from sector7.studies.workers import Pool

FULL = "FULL" in os.environ
pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

CORES = os.cpu_count() or 1


def replicated(runs: int, hours: int, workers: int, folder: Path) -> tuple[float, list[Sample]]:
    """Wall seconds of so many replications, from reading the study to the last result on the disk."""
    begin = time.perf_counter()
    source = parse("bench.toml", f'name = "bench"\nduration = "{hours}h"\n[replications]\nmin = {runs}\n')
    points = points_of(source.study)
    base = base_of(source)
    plans = [plan_of(source, base, point) for point in points]
    with Store(folder / f"{workers}.db") as store, Runner(Pool(workers), store) as runner:
        samples = Experiment(source.study, points, model_of(source.study), plans).run(runner)
    return time.perf_counter() - begin, samples


def test_replications_share_the_cores(figures: Figures, tmp_path: Path) -> None:
    """The same study with one worker and with one for each core."""
    runs, hours = (100, 24) if FULL else (12, 4)
    one, alone = replicated(runs, hours, 1, tmp_path)
    all_cores, shared = replicated(runs, hours, CORES, tmp_path)
    assert [s.values("rate") for s in alone] == [s.values("rate") for s in shared]
    busy = sum(result.wall_s for sample in shared for result in sample.results)
    title = f"{runs} replications of {hours} h of the castle line"
    figures.row(title, "one worker", f"{one:.1f} s", f"{runs * hours * 3600 / one:,.0f} x real time")
    figures.row(title, f"{CORES} workers", f"{all_cores:.1f} s", f"{runs * hours * 3600 / all_cores:,.0f} x real time")
    figures.row(title, "parallel efficiency", f"{one / all_cores / CORES:.2f}", "speed-up over workers (goal 0.85)")
    figures.row(title, "workers at work", f"{busy / all_cores / CORES:.2f}", "of their time, start-up included")


def test_a_month(figures: Figures, tmp_path: Path) -> None:
    """Thirty days of steady production as one study on all cores: each day another one's luck."""
    days = 30 if FULL else 2 * CORES
    wall, samples = replicated(days, 24, CORES, tmp_path)
    speed = days * 86_400 / wall
    title = f"{days} days of steady production, one command, {CORES} cores"
    robots = sum(values * 24 for values in samples[0].values("rate"))
    figures.row(title, "wall time", f"{wall:.1f} s", f"{speed:,.0f} x real time, about {robots:,.0f} robots")
    figures.row(title, "a month at that speed", f"{30 * 86_400 / speed:.0f} s", "goal: under 120 s")
