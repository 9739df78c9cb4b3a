"""A chaos search on a plant: from a study to the smallest set of faults that breaks what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sector7.rig.rig import Rig
from sector7.scenario.load import Plan
from sector7.scenario.model import Expect
from sector7.scenario.run import Performance
from sector7.simulate import refuse_partners
from sector7.studies.chaos.model import ChaosModel, broken
from sector7.studies.chaos.search import Search
from sector7.studies.chaos.simplify import Strikes, simplify
from sector7.studies.chaos.strike import strikes_of
from sector7.studies.load import StudyFile
from sector7.studies.model import Job, Result
from sector7.studies.plans import base_of
from sector7.studies.program import fingerprint
from sector7.studies.runner import Runner


@dataclass(frozen=True, slots=True)
class Catch:
    """What was found: the strikes, what they break and when, and the plan in which they do it."""

    strikes: Strikes
    expectation: str
    at_s: float
    plan: Plan
    singles: bool


class Hunt:
    """A study's search, checked whole. Raises StudyError, ScenarioError or Refusal."""

    def __init__(self, source: StudyFile) -> None:
        study = source.study
        assert study.chaos is not None
        self._source = source
        self._chaos = study.chaos
        self._base = base_of(source)
        refuse_partners(self._base.recipe)
        Performance(self._base)
        if not self._base.scenario.expect and not self._base.scenario.invariants:
            raise source.wrong((), "a chaos search needs something to break: [[expect]]")
        self._seed = study.seed if "seed" in study.model_fields_set else self._base.scenario.seed
        self._model = ChaosModel(fingerprint())
        self.candidates = strikes_of(source, Rig(self._base.recipe), self._base.scenario.duration_us)
        self.asked = 0

    def run(self, runner: Runner) -> Catch | None:
        """Search. Raises StudyError if something is broken without any fault."""
        self._runner = runner
        if without := broken(self._results([()])[0]):
            raise self._source.wrong((), f"{without[0]!r} fails without any fault: there is nothing to search for")
        search = Search(
            self.candidates, self._oracle, most=self._chaos.most, runs=self._chaos.runs, seed=self._source.study.seed
        )
        found = search.run()
        if found is None:
            return None
        name = found.expectation
        strikes = simplify(found.members, lambda sets: [name in failed for failed in self._oracle(sets)])
        (result,) = self._results([strikes])
        return Catch(strikes, name, result.responses[name], self._alone(self._plan(strikes), name), found.singles)

    def _oracle(self, sets: Sequence[Strikes]) -> list[list[str]]:
        return [broken(result) for result in self._results(sets)]

    def _results(self, sets: Sequence[Strikes]) -> list[Result]:
        self.asked += len(sets)
        plans = [self._plan(strikes) for strikes in sets]
        jobs = [Job(self._model.key(plan), self._model, plan, self._seed) for plan in plans]
        return self._runner.run(jobs, self._source.study.name)

    def _plan(self, strikes: Strikes) -> Plan:
        scenario = self._base.scenario
        entries = [strike.entry(number) for number, strike in enumerate(strikes, 1)]
        changed = scenario.model_copy(update={"timeline": [*scenario.timeline, *entries], "seed": self._seed})
        return replace(self._base, scenario=changed)

    def _alone(self, plan: Plan, expectation: str) -> Plan:
        """The plan that expects nothing but what is broken."""
        expected: list[Expect] = [each for each in plan.scenario.expect if each.name == expectation]
        kept = [] if expected else [name for name in plan.scenario.invariants if name == expectation]
        update = {"expect": expected, "invariants": kept}
        return replace(plan, scenario=plan.scenario.model_copy(update=update))
