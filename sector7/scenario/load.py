"""Reads scenario files. Every mistake is found before anything runs, and told with file, line and key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from protocols.errors import EmulatorError
from protocols.stations.io_table import BY_NUMBER
from sector7.faults.fault import suggest
from sector7.recipe import Recipe
from sector7.recipe import load as load_recipe
from sector7.scenario.lines import Path as KeyPath
from sector7.scenario.model import Action, Entry, Expect, Random, Scenario
from sector7.toml_problems import Problem, Tables, UnreadableError, explain, problem_at, shipped_in, table_of, text_of

#: What the tables of a scenario are.
TABLES: Final[Tables] = {
    (): Scenario, ("timeline",): Entry, ("timeline", "do"): Action, ("timeline", "do", "random"): Random,
    ("expect",): Expect,
}  # fmt: skip


class ScenarioError(EmulatorError):
    """A scenario file is wrong. The message tells the first mistake; `problems` are all that were found."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        first = problems[0]
        where = f"{file}:{first.line}" if first.line else file
        more = f" (and {len(problems) - 1} more: sector7 scenario check)" if len(problems) > 1 else ""
        super().__init__(": ".join(filter(None, (where, first.key, first.expected))) + more)
        self.file = file
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Plan:
    """A scenario that was read, and where its parts stand in the file."""

    file: str
    text: str
    scenario: Scenario
    recipe: Recipe

    def problem(self, path: KeyPath, expected: str) -> Problem:
        """A mistake at `path`."""
        return problem_at(self.text, path, expected)


def shipped() -> list[str]:
    """The names of the scenarios that come with sector7."""
    return shipped_in(_folder())


def load(name: str) -> Plan:
    """The scenario of a file, or one that ships with sector7. Raises ScenarioError, or RecipeError for its recipe."""
    try:
        text = text_of(name, _folder(), "scenario")
    except UnreadableError as error:
        raise _error(name, str(error)) from None
    return parse(name, text)


def parse(file: str, text: str) -> Plan:
    """A scenario from TOML text; `file` is what errors name, and beside it its recipe is looked for."""
    try:
        scenario = Scenario.model_validate(table_of(text))
    except UnreadableError as error:
        raise _error(file, str(error)) from None
    except ValidationError as error:
        raise ScenarioError(file, explain(text, error.errors(), TABLES)) from None
    return fit(Plan(file, text, scenario, recipe_of(file, scenario.recipe)))


def recipe_of(file: str, name: str) -> Recipe:
    """The recipe that a file names: beside it, or anywhere else, or a shipped one. Raises RecipeError."""
    beside = Path(file).parent / name
    return load_recipe(str(beside) if beside.is_file() else name)


def fit(plan: Plan) -> Plan:
    """The plan with what its scenario says of the recipe: boards of stations, and how the line starts."""
    scenario, recipe = plan.scenario, plan.recipe
    codes = [BY_NUMBER[row.number].code for row in recipe.station]
    for code in scenario.boards:
        if code not in codes:
            raise ScenarioError(
                plan.file, [plan.problem(("boards", code), f"is no station of the recipe{suggest(code, codes)}")]
            )
    tiers = [scenario.boards.get(code, row.board) for code, row in zip(codes, recipe.station, strict=True)]
    rows = [row.model_copy(update={"board": tier}) for row, tier in zip(recipe.station, tiers, strict=True)]
    start = scenario.start or recipe.start
    return replace(plan, recipe=recipe.model_copy(update={"start": start, "station": rows}))


def _folder() -> Traversable:
    return resources.files("sector7").joinpath("scenarios")


def _error(file: str, expected: str) -> ScenarioError:
    return ScenarioError(file, [Problem(0, "", expected)])
