"""`sector7 simulate --html`: a page beside the other reports, and an error before the run where it cannot be made."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.sector7.command_line import Command


def test_one_run_gives_page_json_and_junit(command: Command, tmp_path: Path) -> None:
    page, out, xml = (tmp_path / name for name in ("run.html", "run.json", "run.xml"))
    done = command(
        "simulate", "--duration", "20m", "--seed", "3", "--html", str(page), "--json", str(out), "--junit", str(xml)
    )  # fmt: skip
    assert done.code == 0
    report = json.loads(out.read_text())
    text = page.read_text("utf-8")
    assert "✔ Passed" in text
    assert report["trace_sha256"] in text
    assert "sector7 simulate --duration 20m --seed 3</code>" in text
    told = {node.attrib["name"]: node.attrib["value"] for node in ET.parse(xml).getroot().iter("property")}
    assert told["trace_sha256"] == report["trace_sha256"]
    assert told["bottleneck"] == report["bottleneck"]["active_period"]
    assert float(told["kwh_per_robot"]) == report["energy"]["per_robot_kwh"]


def test_without_the_extra_nothing_runs(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plotly", None)
    monkeypatch.setattr("sector7.simulate.simulate", lambda *_, **__: pytest.fail("it ran"))
    page = tmp_path / "run.html"
    done = command("simulate", "--duration", "1h", "--html", str(page))
    assert done.code == 3
    assert "plotly is not installed (pip install 'sector7[report]')" in done.err
    assert not page.exists()


def test_a_page_that_cannot_be_written_is_told_before_the_run(command: Command, tmp_path: Path) -> None:
    done = command("simulate", "--duration", "1h", "--html", str(tmp_path / "nowhere" / "run.html"))
    assert done.code == 2
    assert "--html" in done.err
