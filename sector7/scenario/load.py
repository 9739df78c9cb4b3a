"""Reads scenario files. Every mistake is found before anything runs, and told with file, line and key."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from protocols.errors import EmulatorError
from protocols.io_table import BY_NUMBER
from sector7.faults.fault import suggest
from sector7.recipe import Recipe
from sector7.recipe import load as load_recipe
from sector7.scenario.lines import Path as KeyPath
from sector7.scenario.lines import line_of
from sector7.scenario.model import Action, Entry, Expect, Random, Scenario

_FOLDER: Final = "scenarios"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where, and what was expected there."""

    line: int
    key: str
    expected: str


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
        return Problem(line_of(self.text, path), key_of(path), expected)


def shipped() -> list[str]:
    """The names of the scenarios that come with sector7."""
    folder = resources.files("sector7").joinpath(_FOLDER)
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def load(name: str) -> Plan:
    """The scenario of a file, or one that ships with sector7. Raises ScenarioError, or RecipeError for its recipe."""
    if name in shipped():
        text = resources.files("sector7").joinpath(_FOLDER, f"{name}.toml").read_text("utf-8")
    else:
        try:
            text = Path(name).read_text("utf-8-sig")
        except FileNotFoundError:
            known = ", ".join(shipped())
            raise _error(name, f"no such file, and not one of the shipped scenarios ({known})") from None
        except UnicodeDecodeError:
            raise _error(name, "is no text file: a scenario is TOML in UTF-8") from None
        except (OSError, ValueError) as error:
            raise _error(name, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return parse(name, text)


def parse(file: str, text: str) -> Plan:
    """A scenario from TOML text; `file` is what errors name, and beside it its recipe is looked for."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _error(file, f"is not valid TOML: {error}") from None
    except RecursionError:
        raise _error(file, "is not valid TOML: nested too deeply") from None
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        # unknown keys first: they often explain what is missing
        errors = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise ScenarioError(file, [_explain(text, each) for each in errors]) from None
    beside = Path(file).parent / scenario.recipe
    recipe = load_recipe(str(beside) if beside.is_file() else scenario.recipe)
    plan = Plan(file, text, scenario, recipe)
    codes = [BY_NUMBER[row.number].code for row in recipe.station]
    for code in scenario.boards:
        if code not in codes:
            raise ScenarioError(
                file, [plan.problem(("boards", code), f"is no station of the recipe{suggest(code, codes)}")]
            )
    tiers = [scenario.boards.get(code, row.board) for code, row in zip(codes, recipe.station, strict=True)]
    rows = [row.model_copy(update={"board": tier}) for row, tier in zip(recipe.station, tiers, strict=True)]
    start = scenario.start or recipe.start
    return replace(plan, recipe=recipe.model_copy(update={"start": start, "station": rows}))


def _error(file: str, expected: str) -> ScenarioError:
    return ScenarioError(file, [Problem(0, "", expected)])


def key_of(path: KeyPath) -> str:
    """`timeline[2].do[1].on`: counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _explain(text: str, error: ErrorDetails) -> Problem:
    path = error["loc"]
    return Problem(line_of(text, path), key_of(path), _expectation(path, error))


def _expectation(path: KeyPath, error: ErrorDetails) -> str:
    kind, got = error["type"], repr(error["input"])
    if kind == "extra_forbidden":
        known = _keys(path[:-1])
        return "is no key here" + suggest(str(path[-1]), known)
    if kind == "missing":
        return "must be given"
    message = " ".join(error["msg"].removeprefix("Value error, ").split())
    if kind == "value_error":
        return message if isinstance(error["input"], dict) else f"must be {message}, not {got:.40}"
    return f"{message[0].lower()}{message[1:]}, not {got:.40}"


def _keys(place: KeyPath) -> list[str]:
    """The keys that a table of the file has."""
    names = [part for part in place if isinstance(part, str)]
    tables: dict[tuple[str, ...], Any] = {
        (): Scenario, ("timeline",): Entry, ("timeline", "do"): Action, ("timeline", "do", "random"): Random,
        ("expect",): Expect,
    }  # fmt: skip
    fields = tables.get(tuple(names), Scenario).model_fields
    return [field.alias or name for name, field in fields.items()]
