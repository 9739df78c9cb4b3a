"""Real workers: one process, two, a dask cluster of two; and workers that are killed in the middle."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from protocols.errors import LinkError
from sector7.studies.experiment import Experiment, Sample
from sector7.studies.load import parse
from sector7.studies.model import Job, Model
from sector7.studies.points import points_of, seed_at
from sector7.studies.runner import Runner, Tally
from sector7.studies.store import Store
from sector7.studies.workers import Cluster, Pool, Workers
from tests.pty_console import ROOT
from tests.sector7.studies.stub_model import LineCase, LineModel, MurderousModel, NormalModel

STUDY = parse(
    "t.toml",
    'name = "t"\nduration = "1h"\n[[response]]\nname = "throughput"\nvalue = "time"\n'
    "[replications]\nmin = 4\nmax = 12\nstep = 2\nhalf_width = 0.03\n"
    '[[sweep]]\nkey = "recipe.crews"\nvalues = [1, 2]\n',
).study
CASES = [LineCase(2, 0), LineCase(3, 2)]


def run(workers: Workers, store: Store | None = None) -> list[Sample]:
    with Runner(workers, store or Store(None)) as runner:
        return Experiment(STUDY, points_of(STUDY), LineModel(300), CASES).run(runner)


@pytest.fixture
def cluster() -> Iterator[str]:
    """A real scheduler and two real workers on loopback."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    with ExitStack() as processes:

        def start(*arguments: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment, cwd=ROOT,
            )  # fmt: skip
            processes.enter_context(process)
            processes.callback(process.kill)
            return process

        scheduler = start(
            "distributed.cli.dask_scheduler", "--host", "tcp://127.0.0.1", "--port", "0", "--no-dashboard"
        )
        assert scheduler.stderr is not None
        address = next(
            found[0] for text in scheduler.stderr if (found := re.search(r"tcp://127\.0\.0\.1:\d+", text)) is not None
        )
        for number in range(2):
            start(
                "distributed.cli.dask_worker", address, "--host", "tcp://127.0.0.1", "--nthreads", "1", "--no-nanny",
                "--no-dashboard", "--name", f"w{number}", "--local-directory", "/tmp",
            )  # fmt: skip
        distributed: Any = import_module("distributed")
        with distributed.Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield address


def with_a_murder(workers: Workers, folder: Path) -> Tally:
    """Twelve runs, of which one kills its worker the first time; the results are those of a quiet life."""
    log = folder / "log"
    point = points_of(STUDY)[0]
    model = MurderousModel(log, at_seed=seed_at(STUDY, point, 5))
    jobs = [Job(model.key(0), model, (0.0, 1.0), seed_at(STUDY, point, k)) for k in range(12)]
    store = Store(folder / "r.db")
    with Runner(workers, store) as runner:
        results = runner.run(jobs)
        assert runner.tally.fresh == store.count == 12
    assert log.with_suffix(".killed").exists()
    quiet = [NormalModel()((0.0, 1.0), job.seed).responses["x"] for job in jobs]
    assert [result.responses["x"] for result in results] == quiet
    return runner.tally


def test_one_worker_two_and_a_cluster_give_the_same(cluster: str, tmp_path: Path) -> None:
    one = run(Pool(1))
    assert one == run(Pool(2))
    assert one == run(Cluster(cluster))
    assert [len(sample.results) for sample in one] != [4, 4]
    assert with_a_murder(Cluster(cluster), tmp_path).restarts == 0  # dask has another worker do it


def test_a_killed_worker_costs_nothing_and_counts_nothing_twice(tmp_path: Path) -> None:
    assert with_a_murder(Pool(2), tmp_path).restarts == 1


def test_workers_that_die_over_the_same_run_are_the_environments_fault(tmp_path: Path) -> None:
    model: Model = MurderousModel(tmp_path / "log", 7, always=True)
    with Runner(Pool(1), Store(None)) as runner, pytest.raises(LinkError, match="die over the same runs") as caught:
        runner.run([Job("k", model, (0.0, 1.0), 7)])
    assert caught.value.exit_code == 3


def test_equal_jobs_are_done_once(tmp_path: Path) -> None:
    model = NormalModel(tmp_path / "log")
    job = Job("k", model, (0.0, 1.0), 7)
    with Runner(Pool(1), Store(None)) as runner:
        first, second = runner.run([job, job])
        assert first == second
        assert runner.run([job]) == [first]
    assert len((tmp_path / "log").read_text().splitlines()) == 1


def test_no_scheduler_is_told_with_the_address() -> None:
    with pytest.raises(LinkError, match=r"tcp://127\.0\.0\.1:1: no scheduler answers"):
        Cluster("tcp://127.0.0.1:1", 1)
    with pytest.raises(LinkError, match="no scheduler answers"):
        Cluster("nonsense", 1)
