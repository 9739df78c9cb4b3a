"""docs/ci.md does what it says: the wheel, a fresh environment, and the commands of the page, word for word."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.docs.test_docs import FENCE, text
from tests.wheels import build_wheel

PAGE = text("docs/ci.md")
BLOCKS = [body for _, body in FENCE.findall(PAGE)]
(SCENARIO,) = (body for language, body in FENCE.findall(PAGE) if language == "toml")
(JOB,) = (body for body in BLOCKS if "-m venv" in body)
(COMPARE,) = (body for body in BLOCKS if "expected.sha256" in body)
(GITLAB,) = (body for body in BLOCKS if "artifacts:" in body)
(GITHUB,) = (body for body in BLOCKS if "runs-on:" in body)


def shell(script: str, folder: Path, *, activated: bool = False) -> subprocess.CompletedProcess[str]:
    """Run it as a pipeline does. Nothing is fetched: pip gets the wheel alone."""
    places = [str(folder / "venv" / "bin")] * activated + [str(folder / "python"), "/usr/bin", "/bin"]
    environment = {"PATH": os.pathsep.join(places), "HOME": str(folder), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"}
    return subprocess.run(
        ["sh", "-e", "-c", script], cwd=folder, env=environment, text=True, capture_output=True, timeout=110
    )


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the scenario, after the first two commands of the page."""
    folder = tmp_path_factory.mktemp("ci")
    build_wheel(folder)
    (folder / "python").mkdir()
    (folder / "python" / "python3").symlink_to(sys.executable)
    (folder / "plant-tests").mkdir()
    (folder / "plant-tests" / "night_shift.toml").write_text(SCENARIO)
    commands = JOB.splitlines()
    assert commands[1].startswith("venv/bin/pip install ")
    done = shell("\n".join(commands[:2]), folder)
    assert done.returncode == 0, done.stderr
    assert "sector7-" in done.stdout
    # what an index would have brought is lent by this environment, all but sector7 itself
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_the_job_of_the_page_runs_from_the_wheel(runner: Path) -> None:
    where = shell("venv/bin/python -c 'import sector7; print(sector7.__file__)'", runner).stdout
    assert where.startswith(str(runner)), where
    done = shell("\n".join(JOB.splitlines()[2:]), runner)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "night_shift.toml: ok" in done.stdout
    suite = ET.parse(runner / "report.xml").getroot()
    assert {case.attrib["name"] for case in suite.iter("testcase")} > {"back by itself", "robots are built"}
    assert suite.attrib["failures"] == "0"
    assert "✔ Passed" in (runner / "report.html").read_text("utf-8")
    report = json.loads((runner / "report.json").read_text())
    (runner / "expected.sha256").write_text(report["trace_sha256"] + "\n")
    assert shell(COMPARE, runner).returncode == 0
    (runner / "expected.sha256").write_text("another\n")
    assert shell(COMPARE, runner).returncode == 1


def test_the_gitlab_job_fails_with_its_scenario_and_reports_all(runner: Path) -> None:
    broken = SCENARIO.replace("robots >= 30", "robots >= 3000").replace('duration = "1h"', 'duration = "25m"')
    (runner / "plant-tests" / "broken.toml").write_text(broken)
    script = re.search(r"^    - \|\n((?:      .*\n)+)", GITLAB, re.MULTILINE)
    assert script is not None
    try:
        done = shell(re.sub(r"(?m)^      ", "", script[1]), runner, activated=True)
    finally:
        (runner / "plant-tests" / "broken.toml").unlink()
    assert done.returncode == 1
    assert ET.parse(runner / "report-broken.xml").getroot().attrib["failures"] == "1"
    assert ET.parse(runner / "report-night_shift.xml").getroot().attrib["failures"] == "0"
    assert "✘ Failed" in (runner / "report-broken.html").read_text("utf-8")


def test_both_pipelines_run_the_commands_of_the_job() -> None:
    words = [shlex.split(line)[1:3] for line in JOB.splitlines()[2:]]
    for pipeline in (GITLAB, GITHUB):
        assert '"$(ls sector7-*.whl)[report]"' in pipeline
        for verb in words:
            assert f"sector7 {verb[0]}" in pipeline
        assert "--junit" in pipeline
        assert "--html" in pipeline
    assert re.search(r"run: (sector7 simulate plant-tests/night_shift.toml .*)", GITHUB)
