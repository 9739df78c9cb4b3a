"""How often points are run, with which seeds, and that a study goes on where it was stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.errors import RecipeError
from sector7.studies.experiment import Experiment, Sample
from sector7.studies.intervals import interval
from sector7.studies.load import parse
from sector7.studies.model import Result
from sector7.studies.points import points_of
from sector7.studies.runner import RunError, Runner, Tally
from sector7.studies.store import Store
from sector7.studies.study import Study
from tests.sector7.studies.stub_model import Inline, NormalModel

HEAD = 'name = "t"\nduration = "1h"\nseed = 3\n[[response]]\nname = "x"\nvalue = "time"\n'
SWEEP = '[[sweep]]\nkey = "recipe.crews"\nvalues = [1, 2, 3]\n'


def study(text: str) -> Study:
    return parse("t.toml", HEAD + text).study


def run(
    of: Study, store: Store | None = None, sigma: float = 1.0, log: Path | None = None, shown: list[int] | None = None
) -> list[Sample]:
    points = points_of(of)
    inputs = [(float(point.number), sigma * (1 + point.number)) for point in points]
    with Runner(Inline(), store or Store(None)) as runner:
        planned = shown.append if shown is not None else (lambda runs: None)
        return Experiment(of, points, NormalModel(log), inputs).run(runner, planned)


def counts(samples: list[Sample]) -> list[int]:
    return [len(sample.results) for sample in samples]


def test_every_point_is_run_as_often_as_is_said() -> None:
    assert counts(run(study("[replications]\nmin = 4\n" + SWEEP))) == [4, 4, 4]


def test_common_random_numbers_share_streams_and_others_do_not() -> None:
    samples = run(study("[replications]\nmin = 5\n" + SWEEP))
    deviates = [[(value - s.point.number) / (1 + s.point.number) for value in s.values("x")] for s in samples]
    assert deviates[0] == pytest.approx(deviates[1])
    assert len({round(value, 9) for value in deviates[0]}) == 5
    other = parse("t.toml", "common_random_numbers = false\n" + HEAD + "[replications]\nmin = 5\n" + SWEEP).study
    apart = [[(v - s.point.number) / (1 + s.point.number) for v in s.values("x")] for s in run(other)]
    assert len({round(value, 9) for row in apart for value in row}) == 15


@settings(max_examples=30, deadline=None)
@given(
    least=st.integers(2, 8), more=st.integers(0, 30), step=st.integers(1, 7), half=st.floats(0.05, 3.0),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_the_stop_rule_is_looked_at_step_by_step(least: int, more: int, step: int, half: float, seed: int) -> None:
    """Against a plain loop over one point's values."""
    rule = f"[replications]\nmin = {least}\nmax = {least + more}\nstep = {step}\nhalf_width = {half}\n"
    of = parse("t.toml", HEAD.replace("seed = 3", f"seed = {seed}") + rule).study
    (sample,) = run(of)
    values = sample.values("x")
    n = least
    while interval(values[:n]).half > half and n < least + more:
        n = min(n + step, least + more)
    assert len(values) == n


def test_a_relative_half_width() -> None:
    samples = run(study("[replications]\nmin = 3\nmax = 200\nrelative = 0.5\n" + SWEEP), sigma=0.4)
    last = samples[2]
    assert interval(last.values("x")).half <= 0.5 * 2.5
    assert counts(samples)[0] == 200  # the mean of the first point is 0: no share of it is ever met


def test_points_stop_one_by_one_and_the_plan_is_told() -> None:
    shown: list[int] = []
    samples = run(study("[replications]\nmin = 3\nmax = 60\nstep = 3\nhalf_width = 1.0\n" + SWEEP), shown=shown)
    assert len(set(counts(samples))) > 1
    assert shown[0] == 9
    assert shown[-1] == sum(counts(samples))


def test_a_study_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    log = tmp_path / "log"
    store = Store(tmp_path / "r.db")
    short = study("[replications]\nmin = 3\n" + SWEEP)
    long = study("[replications]\nmin = 5\n" + SWEEP)
    run(short, store, log=log)
    assert len(log.read_text().splitlines()) == 9
    samples = run(long, store, log=log)
    lines = log.read_text().splitlines()
    assert len(lines) == len(set(lines)) == 15
    assert store.count == 15
    assert samples == run(long)


def test_a_longer_sweep_uses_what_is_known(tmp_path: Path) -> None:
    log = tmp_path / "log"
    store = Store(None)
    run(study("[replications]\nmin = 3\n" + SWEEP.replace("[1, 2, 3]", "[1, 2]")), store, log=log)
    run(study("[replications]\nmin = 3\n" + SWEEP), store, log=log)
    assert len(log.read_text().splitlines()) == 9


class Refusing:
    """A model that the plant says no to."""

    def key(self, point: Any) -> str:
        return "no"

    def __call__(self, point: Any, seed: int) -> Result:
        raise RecipeError("bad.toml", "pallets", "too many")


def test_what_a_run_says_against_it_ends_the_study() -> None:
    of = study("")
    tallies: list[Tally] = []
    with Runner(Inline(), Store(None), tallies.append) as runner, pytest.raises(RunError) as caught:
        Experiment(of, points_of(of), Refusing(), [0]).run(runner)
    assert str(caught.value) == "bad.toml: pallets: too many"
    assert caught.value.exit_code == 2
