"""docs/studies.md tells the whole language, and its examples are right."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from sector7.studies.chaos.hunt import Hunt
from sector7.studies.load import load, parse, shipped
from sector7.studies.measures import MEASURES
from sector7.studies.plans import base_of, plan_of
from sector7.studies.plant_model import check, model_of
from sector7.studies.points import points_of
from sector7.studies.study import Alternative, Candidates, Measure, Replications, Study, Sweep
from tests.docs.test_docs import FENCE, text

PAGE = text("docs/studies.md")
EXAMPLES = [body for language, body in FENCE.findall(PAGE) if language == "toml"]


def keys(heading: str) -> list[str]:
    part = re.split(r"\n##+ ", PAGE.partition(f"# {heading}\n")[2])[0]
    return re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "model"),
    [("The file", Study), ("Replications", Replications), ("Sweeps", Sweep), ("Alternatives", Alternative),
     ("Chaos search", Candidates)],
    ids=["study", "replications", "sweep", "compare", "candidates"],
)  # fmt: skip
def test_every_key_is_documented(heading: str, model: type[BaseModel]) -> None:
    assert sorted(keys(heading)) == sorted(field.alias or name for name, field in model.model_fields.items())


def test_every_response_is_documented() -> None:
    assert keys("Responses") == [*MEASURES, *(name for name in keys("Responses") if name in Measure.model_fields)]
    assert set(keys("Responses")) - set(MEASURES) == set(Measure.model_fields)


def test_every_shipped_study_is_told_of() -> None:
    assert keys("Those that ship") == shipped()


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_examples_are_right(number: int) -> None:
    source = parse("docs.toml", EXAMPLES[number])
    if source.study.chaos is not None:
        assert Hunt(source).candidates
        return
    base = base_of(source)
    check(source, model_of(source.study), [plan_of(source, base, point) for point in points_of(source.study)])


def test_the_shipped_chaos_study_searches_what_it_says() -> None:
    assert 30 < len(Hunt(load("weak_spots")).candidates) < 75
