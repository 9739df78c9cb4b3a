"""Studies of lines whose figures are known exactly: their intervals cover them as often as they say.

Each study is a whole one: its own seed, replications of the plant's material flow, warm-up by MSER-5, a t interval.
"""

from __future__ import annotations

from typing import Any

import pytest

from sector7.studies.experiment import Experiment
from sector7.studies.intervals import interval
from sector7.studies.load import parse
from sector7.studies.model import Model
from sector7.studies.points import points_of
from sector7.studies.runner import Runner
from sector7.studies.store import Store
from tests.plant.markov import machines_down
from tests.sector7.studies.stub_model import CrewCase, CrewModel, Inline, LineCase, LineModel

LINES = [
    *(LineCase(2, places) for places in (0, 1, 2, 4)),
    *(LineCase(3, places) for places in (0, 1, 2, 4)),
    *(LineCase(5, places) for places in (0, 1)),
    LineCase(2, 3, fail=0.02),
]
#: What the exact figures are, to six digits: the chains compute them anew.
EXACT = [0.666667, 0.75, 0.8, 0.857143, 0.564103, 0.670466, 0.734017, 0.807486, 0.485798, 0.607583, 0.727561]
CREWS = [(CrewCase(1), 2.145823), (CrewCase(2), 1.038638)]


def covering(studies: int, model: Model, point: Any, exact: float, response: str) -> int:
    """How many of so many studies have the exact figure in their interval."""
    count = 0
    for seed in range(studies):
        text = f'name = "t"\nduration = "1h"\nseed = {seed}\n[[response]]\nname = "{response}"\nvalue = "time"\n'
        study = parse("t.toml", text).study
        with Runner(Inline(), Store(None)) as runner:
            (sample,) = Experiment(study, points_of(study), model, [point]).run(runner)
        assert len(sample.results) == 10
        count += interval(sample.values(response), 0.95).covers(exact)
    return count


@pytest.mark.nightly
@pytest.mark.parametrize(("case", "exact"), list(zip(LINES, EXACT, strict=True)), ids=str)
def test_throughput_is_covered_at_the_nominal_rate(case: LineCase, exact: float) -> None:
    assert case.exact == pytest.approx(exact, abs=5e-7)
    parts = 4000 if case.fail else 1000
    assert 180 <= covering(200, LineModel(parts), case, case.exact, "throughput") <= 198


@pytest.mark.nightly
@pytest.mark.parametrize(("case", "exact"), CREWS, ids=str)
def test_mean_down_is_covered_at_the_nominal_rate(case: CrewCase, exact: float) -> None:
    assert machines_down(10, case.crews, 100.0, 10.0) == pytest.approx(exact, abs=5e-7)
    assert 180 <= covering(200, CrewModel(20_000), case, exact, "down") <= 198


def test_a_few_studies_cover() -> None:
    """The same, short: 20 studies."""
    case = LINES[0]
    assert covering(20, LineModel(400), case, case.exact, "throughput") >= 16
