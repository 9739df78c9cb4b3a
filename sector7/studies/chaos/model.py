"""The model of a chaos search: a scenario run, of which only counts what it breaks and when."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from hashlib import sha256

from sector7.scenario.load import Plan
from sector7.scenario.run import Performance
from sector7.simulate import invariant
from sector7.studies.model import Result
from sector7.studies.program import require

_AT = re.compile(r"at (\d+(?:\.\d+)?) s: ")


@dataclass(frozen=True)
class ChaosModel:
    """Port `Model`; its points are plans. A response is the time of an expectation's first failure, s; those that held
    have none. An invariant has the response of its name."""

    program: str

    def key(self, point: Plan) -> str:
        """See port `Model`."""
        scenario = point.scenario.model_dump(mode="json", exclude={"name", "about", "seed", "recipe"})
        parts = ["chaos", scenario, point.recipe.model_dump(mode="json", exclude={"name"}), self.program]
        return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def __call__(self, point: Plan, seed: int) -> Result:
        """See port `Model`. Raises LinkError on a machine that has another build of sector7."""
        require(self.program)
        begin = time.perf_counter()
        outcome = Performance(point, seed=seed).run()
        end = point.scenario.duration_us / 1e6
        failures: dict[str, float] = {}
        for text in outcome.broken:
            at = _AT.match(text)
            failures.setdefault(invariant(text), float(at[1]) if at else end)
        for each in outcome.performance.judgements:
            if each.failed_us is not None:
                failures[each.expect.name] = each.failed_us / 1e6
        return Result(failures, tuple(outcome.failed), bool(outcome.broken), wall_s=time.perf_counter() - begin)


def broken(result: Result) -> list[str]:
    """What was broken, the earliest failure first."""
    return [name for _, name in sorted((at, name) for name, at in result.responses.items())]
