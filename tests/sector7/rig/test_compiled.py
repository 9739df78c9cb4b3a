"""The loop as machine code: it can be translated, and a wheel that has it gives the traces of the sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from scripts.compiled_wheel import sources
from tests.sector7.rig.test_rig_hash import ROOT, assert_equal, probe
from tests.wheels import build_wheel, unpacked

RELAY: Final = Path(__file__).with_name("relay_probe.py")
#: Run apart: mypyc changes setuptools for the whole process.
TRANSLATE: Final = """
import sys
from pathlib import Path
from scripts.compiled_wheel import translate
print(*(extension.name for extension in translate(Path(sys.argv[1]), Path(sys.argv[2]))))
"""


def python(*arguments: str | Path, folder: Path) -> str:
    """What a program says that finds our packages in `folder`."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, text=True, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_is_compiled_is_there() -> None:
    chosen = sources(ROOT)
    assert len(chosen) > 50
    assert {"plant/stations/weld.py", "firmware_sim/plc/unit.py", "sector7/rig/engine.py"} <= set(chosen)
    assert [name for name in chosen if not (ROOT / name).is_file() or name.endswith("__init__.py")] == []


def test_every_module_of_the_loop_can_be_translated(tmp_path: Path) -> None:
    *warnings, names = python("-c", TRANSLATE, ROOT, tmp_path, folder=ROOT).splitlines()
    assert warnings == []
    modules = {name.removesuffix(".py").replace("/", ".") for name in sources(ROOT)}
    assert set(names.split()) == modules | {"sector7__mypyc"}


def test_a_machine_that_cannot_compile_is_told_so_in_one_line(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    environment = {"PATH": str(tmp_path), "SECTOR7_COMPILED": "1", "CC": "strange-cc -O2"}
    done = subprocess.run(build, cwd=ROOT, env=environment, text=True, capture_output=True)
    assert done.returncode == 1
    assert done.stderr == "compiled wheel: no C compiler 'strange-cc' here: on Debian: apt-get install gcc\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_a_compiled_wheel_gives_the_same_traces(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path / "dist", compiled=True)
    assert "-cp" in wheel.name
    assert "-none-any" not in wheel.name
    compiled = unpacked(wheel, tmp_path / "compiled")

    assert python("-m", "sector7", "--version", folder=compiled).endswith(", compiled\n")
    told = probe(sys.executable, compiled)
    assert told["loop"].startswith(str(compiled))
    assert told["loop"].endswith(".so")
    assert_equal(told)

    report = tmp_path / "report.json"
    for scenario in ("siege", "lightning", "cold_start"):
        assert simulated(scenario, compiled, report) == simulated(scenario, ROOT, report), scenario

    # hand to hand through snapshots, and in one go
    legs = [leg(tmp_path / "relay.json", hour, folder) for hour, folder in ((1, ROOT), (2, compiled), (3, ROOT))]
    assert [Path(told["loop"]).suffix for told in legs] == [".py", ".so", ".py"]
    assert legs[-1]["sha256"] == leg(tmp_path / "alone.json", 3, compiled)["sha256"]


def simulated(scenario: str, folder: Path, out: Path) -> dict[str, Any]:
    """The report of a scenario, less what depends on the machine."""
    python("-m", "sector7", "simulate", scenario, "--json", out, folder=folder)
    report: dict[str, Any] = json.loads(out.read_text())
    return {key: value for key, value in report.items() if key not in ("wall_s", "speed")}


def leg(snapshot: Path, hour: int, folder: Path) -> dict[str, Any]:
    """One leg of a relay."""
    told: dict[str, Any] = json.loads(python(RELAY, snapshot, str(hour), folder=folder))
    return told
