"""docs/report.md names every key of the JSON and every part of the page."""

from __future__ import annotations

import re

from sector7.scenario.load import parse
from sector7.scenario.run import perform
from tests.docs.test_docs import text

PAGE = text("docs/report.md")


def part(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_key_of_the_json_is_documented() -> None:
    dormant = 'name = "x"\nduration = "5m"\nstart = "dormant"\n'
    report = perform(parse("x.toml", dormant), collect=True).report
    first_cells = re.findall(r"^\| (`.*?) \|", part("The JSON"), re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(first_cells))) == sorted(report)


def test_every_property_of_the_junit_file_is_documented() -> None:
    outcome = perform(parse("x.toml", 'name = "x"\nduration = "5m"\n'), collect=True)
    documented = re.findall(r"`(\w+)`", part("The JUnit file"))
    assert set(outcome.properties) == set(documented)
