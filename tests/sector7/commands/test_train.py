"""`sector7 train` headless, and `sector7 diagnose` at its door."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Final

import pytest

from sector7.scenario.load import load
from tests.pty_console import PATIENCE_S, ROOT
from tests.sector7.command_line import Command
from tests.sector7.served import Served, serving
from tests.sector7.terminal import OnTerminal

DRILL: Final = """
name = "short drill"
hidden = true
duration = "5m"

[[timeline]]
at = "5s"
do = [{ fault = "link_cut", on = "ST03", why = "a rat" }]
"""


async def diagnose(served: Served, *words: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "diagnose", f"{served.host}:{served.port}", *words, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def test_a_trainee_names_the_fault_and_reads_the_score_sheet(tmp_path: Path) -> None:
    drill, sheet = tmp_path / "drill.toml", tmp_path / "sheet.json"
    drill.write_text(DRILL)

    async def session() -> None:
        words = (str(drill), "--serve", "--quiet", "--speed", "10", "--json", str(sheet), "--pass", "100")
        async with serving(*words, verb="train") as served:
            await served.listen()
            assert await diagnose(served, "ST09") == (0, "taken: something at ST09\n", "")
            assert await diagnose(served, "line", "utility_loss") == (0, "taken: utility_loss at the line\n", "")
            assert (await diagnose(served, "st03", "link_cut"))[:2] == (0, "taken: link_cut at ST03\n")
            served.process.terminate()  # enough of it
            code, out, err = await served.ends()
            assert (code, err) == (1, "")
            assert "(ended early)" in out
            assert "link_cut of ST03 at 5 s: a rat" in " ".join(out.split())
            assert "diagnosis  right" in out
            assert "total 60 of 100" in out

    asyncio.run(session())
    told = json.loads(sheet.read_text())
    (fault,) = told["faults"]
    assert (fault["kind"], fault["diagnosis"], fault["points"], told["total"]) == ("link_cut", "right", 70, 60)
    assert told["false_diagnoses"][0]["kind"] == "utility_loss"


def test_an_exercise_ends_by_itself_when_its_time_is_over(tmp_path: Path) -> None:
    drill = tmp_path / "drill.toml"
    drill.write_text(DRILL.replace('"5m"', '"20s"'))

    async def session() -> None:
        async with serving(str(drill), "--serve", "--quiet", "--speed", "50", verb="train") as served:
            await served.listen()
            code, out, _ = await served.ends()
            assert code == 0
            assert "(ended early)" not in out
            assert out.endswith("total 0 of 100\n")

    asyncio.run(session())


async def test_with_the_operator_screen_the_sheet_comes_when_it_is_left(tmp_path: Path) -> None:
    drill = tmp_path / "drill.toml"
    drill.write_text(DRILL)
    async with OnTerminal("train", str(drill), "--port", "0", "--speed", "10") as shown:
        await shown.shows("LINE", "Board lost")
        shown.press("q")
        assert await shown.ends() == 0
        await shown.shows("link_cut of ST03 at 5 s", "noticed    never", "total 0 of 100")


def test_a_plant_without_an_exercise_takes_no_diagnosis() -> None:
    async def session() -> None:
        async with serving("--quiet") as served:
            await served.listen()
            code, _, err = await diagnose(served, "ST03", "link_cut")
            assert (code, "no exercise is running" in err) == (2, True)

    asyncio.run(session())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("train", "lost_board", "--serve"), "hidden = true makes an exercise of it"),
        (("train", "nowhere.toml", "--serve"), "no such file"),
        (("diagnose", "127.0.0.1:1", "ST05", "jamed"), "did you mean jammed"),
        (("diagnose", "127.0.0.1:1", "ST55", "jammed"), "ST01 to ST12"),
    ],
)
def test_what_is_wrong_is_said_at_once(command: Command, words: tuple[str, ...], said: str) -> None:
    done = command(*words)
    assert done.code == 2
    assert said in done.err


def test_the_exercise_that_ships_is_one() -> None:
    scenario = load("night_shift").scenario
    assert scenario.hidden
    assert len(scenario.timeline) == 4
