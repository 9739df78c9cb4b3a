"""`sector7 simulate SCENARIO` and `sector7 scenario`: exit codes, files, messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sector7.scenario.load import shipped
from tests.sector7.command_line import Command

PLANTED = """\
name = "planted"
duration = "3m"
invariants = ["safety"]

[[timeline]]
name = "cut"
at = "1m"
do = [{ fault = "link_cut", on = "ST05", why = "on purpose" }]

[[expect]]
name = "the board answers"
always = "ST05.LinkOk"
since = "5s"
"""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    path = tmp_path / "planted.toml"
    path.write_text(PLANTED)
    return path


def test_a_failing_scenario_ends_with_1_and_names_the_first_failure(
    command: Command, planted: Path, tmp_path: Path
) -> None:
    out, xml = tmp_path / "out.json", tmp_path / "out.xml"
    done = command("simulate", str(planted), "--json", str(out), "--junit", str(xml))
    assert done.code == 1
    assert "  at 61.00 s: the board answers: always: ST05.LinkOk: became false (ST05.LinkOk = 0)" in done.out
    assert "link_cut of ST05, until the end [scenario planted, cut]: on purpose" in done.out
    report = json.loads(out.read_text())
    assert report["expectations"][0]["first_failure_s"] == 61.0
    assert 'name="the board answers"' in xml.read_text()


def test_a_passing_scenario_ends_with_0(command: Command, planted: Path) -> None:
    planted.write_text(PLANTED.replace("always", "never").replace('"ST05.LinkOk"', '"ST04.LinkOk == 0"'))
    done = command("simulate", str(planted), "--seed", "4")
    assert done.code == 0
    assert "passed: safety, 1 expectation\n" in done.out
    assert "seed 4" in done.out


@pytest.mark.parametrize(("option", "value"), [("--duration", "1h"), ("--recipe", "castle")])
def test_what_a_scenario_has_itself_is_not_given_twice(
    command: Command, planted: Path, option: str, value: str
) -> None:
    done = command("simulate", str(planted), option, value)
    assert done.code == 2
    assert option in done.err


def test_a_broken_scenario_ends_with_2(command: Command, planted: Path) -> None:
    planted.write_text(PLANTED.replace("link_cut", "link_cat"))
    done = command("simulate", str(planted))
    assert done.code == 2
    assert f"{planted}:8: timeline[1].do[1].fault: " in done.err
    assert "did you mean link_cut" in done.err


def test_check_tells_every_mistake(command: Command, planted: Path) -> None:
    assert command("scenario", "check", str(planted), "siege").code == 0
    planted.write_text(PLANTED.replace("link_cut", "link_cat").replace("ST05.LinkOk", "ST05.LinkOK"))
    done = command("scenario", "check", str(planted), "siege")
    assert done.code == 2
    lines = done.out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [f"{planted}:8", f"{planted}:12", "siege"]
    assert "did you mean ST05.LinkOk" in lines[1]


def test_check_tells_of_a_recipe_that_is_not_there(command: Command, planted: Path) -> None:
    planted.write_text(f'recipe = "nowhere.toml"\n{PLANTED}')
    done = command("scenario", "check", str(planted))
    assert done.code == 2
    assert "nowhere.toml" in done.out


def test_list_names_them_all(command: Command) -> None:
    done = command("scenario", "list")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == shipped()
