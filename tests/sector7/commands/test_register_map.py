"""`sector7 map export`: what it writes is what the exporters render."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from protocols.exports import c_header as export_c
from protocols.exports import csv_table as export_csv
from protocols.exports import markdown_page as export_markdown
from protocols.tags.plant_map import PLANT_MAP
from tests.sector7.command_line import Command


@pytest.mark.parametrize(
    ("form", "render"), [("csv", export_csv.render), ("md", export_markdown.render), ("c", export_c.render)]
)
def test_the_map_is_written_as_rendered(form: str, render: object, command: Command, tmp_path: Path) -> None:
    assert callable(render)
    done = command("map", "export", "--format", form)
    assert (done.code, done.err) == (0, "")
    assert done.out == render(PLANT_MAP)
    file = tmp_path / "map"
    assert command("map", "export", "--format", form, "--out", str(file)).out == ""
    assert file.read_text("utf-8") == done.out


@pytest.mark.parametrize("form", ["openplc", "node-red"])
def test_the_map_for_tools(form: str, command: Command) -> None:
    done = command("map", "export", "--format", form)
    assert done.code == 0
    assert len(done.out.splitlines()) > 20
    if form == "node-red":
        json.loads(done.out)
