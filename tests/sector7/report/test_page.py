"""The page: everything in one file, said in words and tables too, drawn by a real browser without a complaint."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from sector7.report.page import render
from sector7.report.sections import sections
from sector7.scenario.load import parse
from sector7.scenario.outcome import ScenarioOutcome
from sector7.scenario.run import perform
from tests.sector7.report.browser import BROWSER, opened

#: A name that would break a page which does not take care of what it shows.
NASTY = "</script><b>night & day"
SCENARIO = f"""\
name = "{NASTY}"
seed = 3
duration = "20m"
sample = "1s"

[[timeline]]
name = "the stone"
at = "5m"
do = [{{ fault = "destroyed", on = "ST06", for = "4m", why = "a stone, with \\"quotes\\" & <angles>" }}]

[[timeline]]
name = "air"
at = "12m"
do = [{{ fault = "utility_loss", on = "air", for = "2m" }}]

[[expect]]
name = "harness goes on"
always = "ST06.StateCurrent == Execute or ST06.StateCurrent == Suspended or time < 10"

[[expect]]
name = "robots"
at_end = "robots > 1000"

[[expect]]
name = "safe"
always = "safety"
"""
#: What a page must have, in this order.
PARTS = ["verdict", "oee", "states", "buffers", "bottleneck", "alarms", "energy", "faults", "run"]


class Reader(HTMLParser):
    """What is in a page: elements with their attributes, and the text of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.tables: list[list[str]] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in = tag
        if tag == "table":
            self.tables.append([])

    def handle_data(self, data: str) -> None:
        if self._in not in ("script", "style"):
            self.text.append(data.strip())
            if self.tables and self._in in ("td", "th"):
                self.tables[-1].append(data.strip())


@pytest.fixture(scope="module")
def outcome() -> ScenarioOutcome:
    return perform(parse("nasty.toml", SCENARIO), collect=True)


@pytest.fixture(scope="module")
def page(outcome: ScenarioOutcome) -> str:
    return render(outcome, "sector7 simulate nasty.toml")


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def figures(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def test_the_verdict_comes_first_with_its_first_failure(read: Reader) -> None:
    assert [attrs["id"] for tag, attrs in read.elements if tag == "section"] == PARTS
    text = "\n".join(read.text)
    assert text.index("✘ Failed") < text.index("harness goes on") < text.index("Around the first failure")
    assert text.index("Around the first failure") < text.index("What was expected")
    assert {f"#{part}" for part in PARTS} <= {attrs.get("href") for tag, attrs in read.elements if tag == "a"}


def test_trends_stand_around_the_failure(outcome: ScenarioOutcome, page: str) -> None:
    trends = figures(page)["trends"]
    names = [trace["name"] for trace in trends["data"]]
    assert names[0] == "ST06.StateCurrent"
    assert "executing" in names
    x, y = trends["data"][0]["x"], trends["data"][0]["y"]
    assert x[0] < -60 / 60 < 0 < 60 / 60 < x[-1] or min(x) < 0 < max(x)
    assert y[x.index(0)] == pytest.approx(outcome.report["expectations"][0]["values"]["ST06.StateCurrent"])
    assert {value for at, value in zip(x, y, strict=True) if at < 0} != {value for at, value in zip(x, y, strict=True)}


def test_nothing_is_wanted_from_elsewhere(read: Reader, page: str) -> None:
    for tag, attrs in read.elements:
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert not re.match(r"(https?:)?//", attrs.get(name) or ""), (tag, attrs)
        assert tag not in ("iframe", "object", "embed", "img", "base")
    assert "default-src 'none'" in page
    assert page.count("plotly.js v") == 1
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_names_from_files_are_text(read: Reader, page: str) -> None:
    assert NASTY not in page
    assert NASTY in read.text
    assert any('a stone, with "quotes" & <angles>' in cell for table in read.tables for cell in table)


def test_every_picture_has_words_and_a_table(outcome: ScenarioOutcome, read: Reader, page: str) -> None:
    assert outcome.collected is not None
    drawn = figures(page)
    plots = [attrs for tag, attrs in read.elements if tag == "div" and "data-figure" in attrs]
    assert sorted(str(attrs["data-figure"]) for attrs in plots) == sorted(drawn)
    assert all(attrs["role"] == "img" and len(str(attrs["aria-label"])) > 20 for attrs in plots)
    charts = [chart for part in sections(outcome, outcome.collected) for chart in part.charts]
    assert {chart.name for chart in charts if chart.data} | {"trends"} == set(drawn)
    for chart in charts:
        assert chart.table.rows, chart.name
        assert chart.says
    assert all(table for table in read.tables)


def test_the_root_causes_are_told(read: Reader) -> None:
    cells = [cell for table in read.tables for cell in table]
    assert "destroyed of ST06" in cells
    assert "utility_loss of air" in cells
    assert "air lost" in cells


def test_the_run_can_be_had_again(outcome: ScenarioOutcome, read: Reader) -> None:
    assert outcome.report["trace_sha256"] in read.text
    assert "sector7 simulate nasty.toml" in read.text


def test_a_passed_run_says_what_held(outcome: ScenarioOutcome) -> None:
    passed = perform(parse("calm.toml", 'name = "calm"\nduration = "10m"\n'), collect=True)
    text = render(passed, "sector7 simulate calm.toml")
    assert "✔ Passed" in text
    assert "trends" not in figures(text)


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
def test_the_browser_would_notice(tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text('<img src="http://elsewhere.invalid/x.png"><script>console.error("oh no")</script>', "utf-8")
    seen = opened(file, tmp_path)
    assert any("oh no" in line for line in seen.console)
    assert "http://elsewhere.invalid/x.png" in seen.asked


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_browser_draws_it_all_and_complains_of_nothing(page: str, tmp_path: Path, theme: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page, "utf-8")
    options = ["--blink-settings=preferredColorScheme=0"] if theme == "dark" else []
    seen = opened(file, tmp_path, *options)
    assert seen.console == []
    drawn = figures(page)
    assert f'data-drawn="{len(drawn)}"' in seen.dom
    for name in drawn:
        plot = seen.dom.partition(f'data-figure="{name}"')[2].partition("</figure>")[0]
        assert 'class="main-svg"' in plot, name
    paper = {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 33, 38)"}[theme]
    assert f"background: {paper}" in seen.dom
    # colours are put in everywhere, and numbers are in the shapes
    assert not re.search(r'="@\w+"|: ?@\w+;', seen.dom.partition("</script>")[0])
    assert "NaN" not in seen.dom.partition('id="figures"')[0]
    assert [address for address in seen.asked if address.startswith(("http", "ws", "ftp"))] == []
