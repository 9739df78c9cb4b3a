"""A line with emulated boards is saved at any instant and goes on in a new process with the same trace."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from sector7.boards.kinds import with_boards
from sector7.recipe import load
from sector7.rig import checkpoint
from sector7.rig.checkpoint import CheckpointError
from sector7.rig.rig import Rig
from tests.hil.toolbox import need_emulator

ROOT: Final = Path(__file__).parents[3]
PROBE: Final = Path(__file__).with_name("resume_probe.py")
SECOND: Final = 1_000_000
UNTIL: Final = 75 * SECOND
#: e-stop, its release, a cable cut, mended.
MARKS: Final = {30: "stop", 34: "release", 50: "cut", 58: "mend"}


def disturb(rig: Rig, what: str) -> None:
    if what in ("stop", "release"):
        rig.plant.e_stop(rig.now, what == "stop")
    else:
        rig.cabinets[3].link(rig.now, what == "mend")


def run_on(rig: Rig, until_us: int) -> None:
    for second, what in MARKS.items():
        if rig.now <= second * SECOND < until_us:
            rig.run(second * SECOND)
            disturb(rig, what)
    rig.run(until_us)


def fresh() -> Rig:
    need_emulator()
    return Rig(with_boards(load("castle"), "emulated"), 7)


@cache
def whole() -> str:
    rig = fresh()
    run_on(rig, UNTIL)
    return f"{rig.trace.sha256()} {rig.trace.count}"


@cache
def shots() -> dict[int, str]:
    """Snapshots at random instants, and within every disturbance."""
    instants = [0, *(second * SECOND + 1 for second in MARKS), 50_090_000, 50_110_000]
    instants += random.Random(4).sample(range(UNTIL), 3)
    rig, taken = fresh(), {}
    for at in sorted(instants):
        run_on(rig, at)
        taken[at] = json.dumps(checkpoint.save(rig))
    run_on(rig, UNTIL)
    assert f"{rig.trace.sha256()} {rig.trace.count}" == whole()
    return taken


@pytest.mark.timeout(300)
def test_any_instant_goes_on_with_the_same_trace() -> None:
    for at, text in shots().items():
        rig = checkpoint.load(json.loads(text))
        run_on(rig, UNTIL)
        assert f"{rig.trace.sha256()} {rig.trace.count}" == whole(), at


@pytest.mark.timeout(300)
def test_it_goes_on_in_a_new_process() -> None:
    late = {at: text for at, text in shots().items() if at > 58 * SECOND}
    assert late
    done = subprocess.run(
        [sys.executable, str(PROBE), str(UNTIL)],
        input="\n".join(late.values()), capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [whole()] * len(late)


def test_boards_of_another_firmware_are_refused() -> None:
    data = json.loads(shots()[0])
    path = next(path for path in data["parts"] if path.endswith("cabinets.4.board"))
    state = data["parts"][path]
    state[-1] = "f" * 16 + state[-1][16:]
    data["sha256"] = checkpoint._checksum(data)
    with pytest.raises(CheckpointError, match="another firmware or emulator"):
        checkpoint.load(data)
