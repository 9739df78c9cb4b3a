"""The page of a study: nothing from elsewhere, names are text, and a real browser draws it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sector7.studies.page import render
from tests.sector7.report.browser import BROWSER, opened
from tests.sector7.studies.samples import COMPARE, HEAD, SWEEP, summary

NASTY = "</script><b>you & me"


def figures(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def test_a_sweep_of_numbers_is_a_curve_for_each_alternative() -> None:
    drawn = figures(render(summary(HEAD + SWEEP + COMPARE), "sector7 study t.toml"))
    assert sorted(drawn) == ["difference-rate", "difference-wip", "mean-rate", "mean-wip"]
    curves = [trace for trace in drawn["mean-rate"]["data"] if trace["name"] != "single runs"]
    assert [curve["name"] for curve in curves] == ["one", "two"]
    assert [curve["x"] for curve in curves] == [[18, 20, 24]] * 2


def test_names_are_text_and_nothing_is_wanted_from_elsewhere() -> None:
    page = render(summary(HEAD.replace("made up", NASTY)), f"sector7 study '{NASTY}'")
    assert NASTY not in page
    assert "&lt;/script&gt;&lt;b&gt;you &amp; me" in page
    assert "default-src 'none'" in page
    assert not re.search(r'(src|href)="(https?:)?//', page.partition('id="figures"')[0])
    assert "difference-rate" not in figures(page)


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
def test_a_browser_draws_it_and_complains_of_nothing(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(render(summary(HEAD + COMPARE), "sector7 study t.toml"), "utf-8")
    seen = opened(file, tmp_path)
    assert seen.console == []
    assert 'data-drawn="4"' in seen.dom
    assert [address for address in seen.asked if address.startswith(("http", "ws", "ftp"))] == []
