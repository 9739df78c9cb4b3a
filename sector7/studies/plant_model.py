"""The model of sector7's own studies: a run of the plant in fast mode."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sector7.scenario.expression import ExpressionError, compile_text
from sector7.scenario.load import Plan
from sector7.scenario.model import us
from sector7.scenario.run import Performance
from sector7.simulate import refuse_partners
from sector7.studies.load import StudyFile
from sector7.studies.measures import PASSED
from sector7.studies.model import Result
from sector7.studies.program import fingerprint, require
from sector7.studies.sampling import Course, Probe
from sector7.studies.study import MSER, Measure, Study


@dataclass(frozen=True)
class PlantModel:
    """Port `Model`; its points are plans. `warmup_us` is None where MSER-5 finds it, on the first measure."""

    measures: tuple[Measure, ...]
    every_us: int
    warmup_us: int | None
    program: str

    def key(self, point: Plan) -> str:
        """See port `Model`."""
        parts = [
            point.scenario.model_dump(mode="json", exclude={"name", "about", "seed", "recipe"}),
            point.recipe.model_dump(mode="json", exclude={"name"}),
            [measure.model_dump(mode="json") for measure in self.measures],
            self.every_us, self.warmup_us, self.program,
        ]  # fmt: skip
        return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def __call__(self, point: Plan, seed: int) -> Result:
        """See port `Model`. Raises LinkError on a machine that has another build of sector7."""
        require(self.program)
        begin = time.perf_counter()
        performance = Performance(point, seed=seed)
        course = Course(self.probes(performance), self.every_us, point.scenario.duration_us)
        course.observe(0)
        performance.observers.append(course.observe)
        outcome = performance.run()
        begin_us, settled = course.settled() if self.warmup_us is None else (course.begin(self.warmup_us), True)
        responses = course.responses(begin_us)
        if PASSED in responses:
            responses[PASSED] = float(outcome.passed)
        return Result(
            responses, tuple(outcome.failed), bool(outcome.broken), begin_us / 1e6, settled,
            time.perf_counter() - begin,
        )  # fmt: skip

    def probes(self, performance: Performance) -> list[Probe]:
        """The measures on one plant. Raises ExpressionError."""
        resolve = performance.names.resolve
        return [
            Probe(each, compile_text(each.value, resolve), compile_text(each.per, resolve) if each.per else None)
            for each in self.measures
        ]


def model_of(study: Study) -> PlantModel:
    """The model of a study of the plant."""
    warmup_us = None if study.warmup == MSER else us(study.warmup)
    return PlantModel(tuple(study.measures), us(study.every), warmup_us, fingerprint())


def check(source: StudyFile, model: PlantModel, plans: Sequence[Plan]) -> None:
    """Find out before anything runs that every plan can. Raises StudyError, ScenarioError or Refusal."""
    for plan in plans:
        refuse_partners(plan.recipe)
        if model.warmup_us is not None and model.warmup_us >= plan.scenario.duration_us:
            raise source.wrong(("warmup",), f"must be shorter than a run ({plan.scenario.duration})")
        performance = Performance(plan)
        try:
            model.probes(performance)
        except ExpressionError as error:
            raise source.wrong(("response",), str(error)) from None
