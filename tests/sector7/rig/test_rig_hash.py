"""Same recipe, seed and requests: the same trace, whatever runs it and however the run is cut into pieces."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.packml import Command
from sector7.recipe import Recipe
from sector7.rig.rig import Rig
from tests.sector7.lines import HOUR, MINUTE, SECOND, busy, small
from tests.sector7.rig.hash_probe import arithmetic
from tests.sector7.test_conservation import FIXED

ROOT: Final = Path(__file__).parents[3]
PROBE: Final = Path(__file__).with_name("hash_probe.py")
UNTIL: Final = 25 * MINUTE
SEED: Final = 11

Plan = dict[str, Any]

#: What masters ask for during the run: (plant time, tag, value).
REQUESTS: Final = [
    (200 * SECOND + 1, "ST03.CntrlCmd", int(Command.HOLD)),
    (200 * SECOND + 1, "ST03.CmdChangeRequest", 1),
    (230 * SECOND, "ST03.CmdChangeRequest", 0),
    (230 * SECOND, "ST03.CntrlCmd", int(Command.UNHOLD)),
    (230 * SECOND, "ST03.CmdChangeRequest", 1),
    (300 * SECOND + 4567, "ST02.press_force_sp", 2000),
    (400 * SECOND, "Line.JamClearAll", 1),
    (700 * SECOND, "Line.CntrlCmd", int(Command.STOP)),
    (700 * SECOND, "Line.CmdChangeRequest", 1),
    *(
        (t * SECOND, name, raw)
        for t, command in ((720, Command.RESET), (780, Command.START))
        for name, raw in (("Line.CmdChangeRequest", 0), ("Line.CntrlCmd", int(command)), ("Line.CmdChangeRequest", 1))
    ),
]


def planned(recipe: Recipe, seed: int = SEED) -> Rig:
    """A rig with all requests queued."""
    rig = Rig(recipe, seed)
    for at, name, raw in REQUESTS:
        rig.request(name, raw, at)
    return rig


@cache
def expected() -> tuple[str, int]:
    """Hash and length of the trace of a plain run in this process."""
    rig = planned(busy())
    rig.run(UNTIL)
    return rig.trace.sha256(), rig.trace.count


def plan(checkout: Path) -> str:
    """The same run as JSON for the probe."""
    recipe = busy()
    rows = [{**row.model_dump(), "raw": row.raw_setpoints()} for row in recipe.station]
    return json.dumps(
        {
            "checkout": str(checkout),
            # SimPy is pure Python: any interpreter may read ours
            "packages": str(Path(simpy.__file__).parents[1]),
            "recipe": {**recipe.model_dump(), "station": rows},
            "seed": SEED,
            "requests": REQUESTS,
            "until_us": UNTIL,
        }
    )


def probe(python: str, checkout: Path = ROOT, **environment: str) -> Plan:
    """What the probe says when `python` runs it in an environment."""
    done = subprocess.run(
        [python, str(PROBE)],
        input=plan(checkout), capture_output=True, text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def assert_equal(told: Plan) -> None:
    """The probe's run and its arithmetic are those of this process."""
    assert (told["sha256"], told["count"]) == expected()
    assert told["own"] == arithmetic()


def test_the_run_is_worth_comparing() -> None:
    """Many events, and the requests had an effect."""
    plain = Rig(busy(), SEED)
    plain.run(UNTIL)
    digest, count = expected()
    assert count > 5_000
    assert plain.trace.sha256() != digest


def test_two_runs_are_equal_and_seed_and_recipe_count() -> None:
    again = planned(busy())
    again.run(UNTIL)
    assert (again.trace.sha256(), again.trace.count) == expected()
    for recipe, seed in ((busy(), SEED + 1), (busy(crews=2, mttr_min=4.5), SEED)):
        other = planned(recipe, seed)
        other.run(UNTIL)
        assert other.trace.sha256() != expected()[0]


def test_names_recipes_and_machines_do_not_enter_the_trace() -> None:
    """Other names and other rows of a recipe that change nothing leave the trace as it is."""
    renamed = planned(busy(name="another name"))
    renamed.run(UNTIL)
    assert renamed.trace.sha256() == expected()[0]


@settings(FIXED, max_examples=15)
@given(st.lists(st.integers(1, 200_000_000), max_size=20))
def test_a_run_may_be_cut_anywhere(cuts: list[int]) -> None:
    rig, whole = planned(small()), planned(small())
    whole.run(10 * MINUTE)
    for cut in cuts:
        rig.run(min(rig.now + cut, 10 * MINUTE))
    rig.run(10 * MINUTE)
    assert rig.trace.sha256() == whole.trace.sha256()


def test_requests_may_be_told_early_or_at_the_last_moment() -> None:
    rig = Rig(busy(), SEED)
    for at, name, raw in REQUESTS:
        rig.run(at)
        rig.request(name, raw)
    rig.run(UNTIL)
    assert rig.trace.sha256() == expected()[0]


@pytest.mark.parametrize("hash_seed", ["0", "1", "4294967295"])
def test_the_order_of_sets_and_dicts_does_not_count(hash_seed: str) -> None:
    assert_equal(probe(sys.executable, PYTHONHASHSEED=hash_seed))


TUNABLES: Final = {
    "no FMA": "glibc.cpu.hwcaps=-FMA,-FMA4,-FMA_Usable,-FMA4_Usable",
    "no AVX2": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX,-AVX2,-AVX512F,-FMA_Usable,-FMA4_Usable,-AVX_Usable,-AVX2_Usable",
}


@pytest.mark.parametrize("name", TUNABLES)
def test_the_machines_libm_does_not_count(name: str) -> None:
    """glibc chooses its exp, log and sin by the processor; told that there is no FMA it takes others."""
    told = probe(sys.executable, GLIBC_TUNABLES=TUNABLES[name])
    assert_equal(told)
    if told["libm"] == probe(sys.executable)["libm"]:
        pytest.skip("equal, but this libm does not depend on the processor: nothing was proved")


@cache
def interpreters() -> dict[str, str]:
    """Other Pythons from 3.11 on, by version: on the path, or where pyenv keeps them."""
    found: dict[str, str] = {}
    candidates = [shutil.which(f"python3.{minor}") for minor in range(11, 16)]
    candidates += [str(path) for path in sorted((Path.home() / ".pyenv" / "versions").glob("3.1[1-9].*/bin/python"))]
    for candidate in filter(None, candidates):
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        told = subprocess.run([candidate, "-c", code], capture_output=True, text=True)
        if told.returncode == 0:
            found.setdefault(told.stdout.strip(), candidate)
    return found


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_python_does_not_count(version: str) -> None:
    python = interpreters().get(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    assert_equal(probe(python))


def test_the_trace_goes_forward_in_time() -> None:
    rig = Rig(busy(), 3, keep_trace=True)
    rig.run(HOUR)
    times = [t for t, _, _ in rig.trace.entries()]
    assert times == sorted(times)
    assert 0 <= times[0] <= times[-1] < HOUR
