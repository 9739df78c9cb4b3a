"""docs/scenarios.md tells the whole language, and its examples run."""

from __future__ import annotations

import re
import tomllib

import pytest
from pydantic import BaseModel

from protocols.faults.kinds import KINDS, FaultKind
from sector7.scenario.load import parse, shipped
from sector7.scenario.model import KINDS as ACTIONS
from sector7.scenario.model import Entry, Expect, Scenario
from sector7.scenario.names import FIGURES
from sector7.scenario.run import Performance, perform
from tests.docs.test_docs import FENCE, text

PAGE = text("docs/scenarios.md")


def part(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def keys(heading: str) -> list[str]:
    """The first cells of the tables in a part."""
    return re.findall(r"^\| `(\w+)` \|", part(heading), re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "model"), [("The file", Scenario), ("What must hold", Expect)], ids=["file", "expect"]
)
def test_every_key_is_documented(heading: str, model: type[BaseModel]) -> None:
    assert sorted(keys(heading)) == sorted(model.model_fields)


def test_every_key_of_an_entry_and_every_action_is_documented() -> None:
    assert sorted(keys("What happens")) == sorted([*Entry.model_fields, *ACTIONS])


def test_every_figure_is_documented() -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", part("Conditions"), re.MULTILINE)) == FIGURES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_fault_is_documented(kind: FaultKind) -> None:
    row = re.search(rf"^\| `{kind.name}` \| (\w+) \| (.*) \| (.*) \|$", part("Faults"), re.MULTILINE)
    assert row is not None
    assert row[1] == kind.level.name.lower()
    assert ("(momentary)" in row[2]) is kind.momentary
    documented = re.findall(r"`(\w+)` (-?[\d,.]+) to ([\d,.]+) ", row[3])
    assert [(name, float(low.replace(",", "")), float(high.replace(",", ""))) for name, low, high in documented] == [
        (p.name, p.low, p.high) for p in kind.parameters
    ]


def test_every_shipped_scenario_is_told_of() -> None:
    assert sorted(keys("Those that ship")) == shipped()


def test_the_first_one_passes_and_fails_as_the_page_says() -> None:
    (example,) = (body for language, body in FENCE.findall(PAGE) if language == "toml")
    assert perform(parse("docs.toml", example)).failed == []
    failed = perform(parse("docs.toml", example.replace('for = "90s"', 'for = "10m"'))).failed
    assert [text.split(": ")[1] for text in failed] == ["back by itself"]


def test_actions_in_the_text_are_actions() -> None:
    actions = re.findall(r"`(\{ \w+ = .*? \})`", PAGE)
    assert actions
    for action in actions:
        do = f'name = "x"\nduration = "1m"\n[[timeline]]\nat = "1s"\ndo = [{action}]\n'
        assert tomllib.loads(do)
        Performance(parse("docs.toml", do))
