"""Writes a found set of faults as a scenario that can be run and looked at."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sector7.recipe import SHIPPED
from sector7.scenario.model import Scenario
from sector7.studies.chaos.hunt import Catch
from sector7.times import written


def render(catch: Catch, study: str, file: str, out: Path) -> str:
    """The scenario as TOML text, for the file `out`; `file` is that of the study, beside which its recipe may be."""
    scenario = catch.plan.scenario
    count = len(catch.strikes)
    about = f"{count} fault{'s' * (count != 1)} that break{'s' * (count == 1)} '{catch.expectation}'; found by {study}."
    recipe = recipe_for(scenario.recipe, file, catch.plan.file, out)
    update = {"name": f"{study}: found", "about": about[:400], "recipe": recipe}
    data = scenario.model_copy(update=update).model_dump(by_alias=True, exclude_unset=True)
    head = f"# Found by a chaos search; fails at {written(round(catch.at_s * 1e6))} by {catch.expectation!r}.\n"
    return head + toml({name: data[name] for name in Scenario.model_fields if name in data})


def recipe_for(recipe: str, study: str, scenario: str, out: Path) -> str:
    """How `out` names the recipe: a shipped one by its name, a file by the way from there."""
    if recipe in SHIPPED:
        return recipe
    beside = next((p for p in (Path(scenario).parent / recipe, Path(study).parent / recipe) if p.is_file()), None)
    return os.path.relpath(beside or Path(recipe), out.parent)


def toml(data: Mapping[str, Any]) -> str:
    """A table as TOML: lists of tables as blocks, everything deeper on one line."""
    plain = {key: value for key, value in data.items() if not _blocks(value)}
    text = "".join(f"{key} = {_value(value)}\n" for key, value in plain.items())
    for key, rows in data.items():
        if _blocks(rows):
            for row in rows:
                text += f"\n[[{key}]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in row.items())
    return text


def _blocks(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # JSON and TOML write texts, whole numbers, floats and truth alike
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return (
        key
        if key.replace("_", "").replace("-", "").isalnum() and key.isascii()
        else json.dumps(key, ensure_ascii=False)
    )
