"""What a point of a study runs: its recipe and scenario with the point's values in them, checked whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from protocols.errors import EmulatorError
from sector7.recipe import PowerRecipe, Recipe, RemoteRecipe, SerialRecipe, StationRecipe
from sector7.scenario.lines import Path as KeyPath
from sector7.scenario.load import TABLES as SCENARIO_TABLES
from sector7.scenario.load import Plan, fit, recipe_of
from sector7.scenario.load import load as load_scenario
from sector7.scenario.model import Scenario
from sector7.studies.keys import KeyPathError, put
from sector7.studies.load import StudyFile
from sector7.studies.points import Point, Settings
from sector7.studies.study import STEADY
from sector7.toml_problems import Tables, expectation, key_of

_RECIPE_TABLES: Final[Tables] = {
    (): Recipe, ("station",): StationRecipe, ("power",): PowerRecipe, ("station", "remote"): RemoteRecipe,
    ("station", "serial"): SerialRecipe,
}  # fmt: skip
_ROOTS: Final = ("recipe", "scenario")

M = TypeVar("M", bound=BaseModel)


def base_of(source: StudyFile) -> Plan:
    """The study's scenario, or one in which nothing happens, with the study's expectations. Raises StudyError."""
    study = source.study
    try:
        if study.scenario is not None:
            beside = Path(source.file).parent / study.scenario
            plan = load_scenario(str(beside) if beside.is_file() else study.scenario)
        else:
            # where nothing is expected, conditions need no closer look than the measures
            sample = "1s" if study.expect else study.every
            scenario = Scenario(
                name=study.name,
                recipe=study.recipe or "castle",
                duration=study.duration or "",
                sample=sample,
                invariants=list(STEADY),
            )
            plan = Plan(source.file, source.text, scenario, recipe_of(source.file, scenario.recipe))
    except EmulatorError as error:
        raise source.wrong(("scenario" if study.scenario else "recipe",), str(error)) from None
    data = plan.scenario.model_dump(by_alias=True, exclude_unset=True)
    if study.duration is not None:
        data["duration"] = study.duration
    if study.invariants is not None:
        data["invariants"] = study.invariants
    if study.expect:
        own = [each.model_dump(by_alias=True, exclude_unset=True) for each in study.expect]
        data["expect"] = [*data.get("expect", []), *own]
    scenario = _validated(source, Scenario, SCENARIO_TABLES, data, ("expect",), "")
    return replace(plan, scenario=scenario)


def plan_of(source: StudyFile, base: Plan, point: Point) -> Plan:
    """The plan of a point. Raises StudyError if its values do not make a plant."""
    where = _where(source, point)
    recipe = base.recipe
    if point.recipe is not None:
        try:
            recipe = recipe_of(source.file, point.recipe)
        except EmulatorError as error:
            raise source.wrong((*where, "recipe"), str(error)) from None
    tables: dict[str, dict[str, Any]] = {
        "recipe": recipe.model_dump(exclude_unset=True),
        "scenario": base.scenario.model_dump(by_alias=True, exclude_unset=True),
    }
    for key, value in point.settings:
        root, _, rest = key.partition(".")
        if root not in _ROOTS or not rest:
            raise source.wrong(where, f"{key!r} must begin with recipe. or scenario.")
        try:
            put(tables[root], rest, value)
        except KeyPathError as error:
            raise source.wrong(where, f"{key}: {error}") from None
    told = _told(point.settings)
    scenario = _validated(source, Scenario, SCENARIO_TABLES, tables["scenario"], where, told)
    recipe = _validated(source, Recipe, _RECIPE_TABLES, tables["recipe"], where, told)
    try:
        return fit(replace(base, scenario=scenario, recipe=recipe))
    except EmulatorError as error:
        raise source.wrong(where, f"{told}{error}") from None


def _validated(source: StudyFile, model: type[M], tables: Tables, data: dict[str, Any], where: KeyPath, told: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first: ErrorDetails = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        key = key_of(first["loc"])
        message = expectation(first, tables)
        raise source.wrong(where, f"{told}{key}: {message}" if key else f"{told}{message}") from None


def _where(source: StudyFile, point: Point) -> KeyPath:
    """The part of the file that a mistake in a point's values is told at."""
    if source.study.sweep:
        return ("sweep",)
    names = [each.name for each in source.study.compare]
    return ("compare", names.index(point.alternative)) if point.alternative in names else ()


def _told(settings: Settings) -> str:
    return "".join(f"with {key} = {value}: " for key, value in settings)
