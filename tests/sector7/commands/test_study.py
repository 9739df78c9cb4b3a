"""`sector7 study` on the real plant: figures, going on after Ctrl-C, exit codes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sector7.studies.load import shipped
from tests.pty_console import PATIENCE_S, ROOT
from tests.sector7.command_line import Command
from tests.sector7.terminal import OnTerminal, gone

#: Wide enough for a line that names a file in a temporary folder.
WIDE = (300, 42)
STUDY = """
name = "pallets"
duration = "20m"
warmup = "5m"
every = "1m"
seed = 1
responses = ["robots", "rate", "oee", "wip", "energy_per_robot", "passed"]
[replications]
min = 3
[[response]]
name = "starved"
value = "ST12.StateCurrent == Suspended"
over = "mean"
[[sweep]]
key = "recipe.pallets"
values = [18, 24]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pallets.toml").write_text(STUDY)
    return tmp_path


def test_figures_on_the_terminal_in_json_and_the_same_again(folder: Path, command: Command) -> None:
    done = command("study", "pallets.toml", "--json", "one.json", "--html", "one.html", "--workers", "2")
    assert done.code == 0, done.err
    assert "✔ passed: the invariants held in every run" in done.out
    assert "\x1b" not in done.out
    assert re.search(r"^pallets = 18 +3 +\d+", done.out, re.MULTILINE)
    assert "sector7 study pallets.toml" in Path("one.html").read_text("utf-8")
    figures = json.loads(Path("one.json").read_text())
    wip = [point["responses"]["wip"]["mean"] for point in figures["points"]]
    assert 15 < wip[0] <= 18 < wip[1] <= 24
    assert all(point["responses"]["passed"]["mean"] == 1 for point in figures["points"])
    robots, rate = (figures["points"][0]["responses"][name]["values"] for name in ("robots", "rate"))
    assert rate == [pytest.approx(each * 4) for each in robots]  # a quarter of an hour behind the warm-up
    (verdict,) = [each["verdict"] for each in figures["comparisons"] if each["response"] == "wip"]
    assert verdict == "higher"
    # on other workers, in another file, and from what is kept: not a digit differs
    again = command("study", "pallets.toml", "--json", "two.json", "--workers", "1", "--results", "other.db")
    known = command("study", "pallets.toml", "--json", "three.json")
    assert again.out == known.out == done.out
    assert Path("one.json").read_text() == Path("two.json").read_text() == Path("three.json").read_text()
    with closing(sqlite3.connect("pallets.study.db")) as results:
        assert results.execute("SELECT count(*) FROM result").fetchone() == (6,)


async def test_ctrl_c_keeps_what_was_done_and_the_same_command_goes_on(tmp_path: Path) -> None:
    study = tmp_path / "long.toml"
    text = STUDY.replace("min = 3", "min = 200").replace('"20m"', '"10m"').replace('value = "ST12.S', 'value = "ST01.S')
    study.write_text(text)
    results = tmp_path / "r.db"
    arguments = ("study", str(study), "--workers", "1", "--results", str(results))
    async with OnTerminal(*arguments, size=WIDE) as terminal:
        await terminal.until(lambda: re.search(r"[1-9]\d* of 400 runs, about .* left", terminal.text), "a run done")
        assert terminal.process is not None
        terminal.send(signal.SIGINT)
        assert await terminal.process.wait() == 130
        await terminal.until(lambda: "the same command goes on from there" in terminal.text, "the farewell")
        assert "Traceback" not in terminal.text
        (kept,) = map(int, re.findall(r"stopped; (\d+) runs are in", terminal.text))
    with closing(sqlite3.connect(results)) as connection:
        assert connection.execute("SELECT count(*) FROM result").fetchone() == (kept,)
    async with OnTerminal(*arguments, size=WIDE) as terminal:
        await terminal.until(lambda: f"{kept} from before" in terminal.text, "a study that goes on")


async def test_workers_do_not_outlive_the_command(tmp_path: Path) -> None:
    """Killed outright, with no terminal that hangs up, it can clean up nothing: a worker in the middle of a long run
    sees that it is alone."""
    study = tmp_path / "long.toml"
    study.write_text('name = "long"\nduration = "300d"\nwarmup = "1d"\n')
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "study", str(study), "--workers", "1", "--results", str(tmp_path / "r.db"),
        cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        workers: list[int] = []
        while max(map(cpu_s, workers), default=0.0) < 2.0:  # well beyond its imports
            workers = children_of(process.pid)
            await asyncio.sleep(0.05)
    process.kill()
    await process.wait()
    for pid in workers:
        await gone(pid)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def cpu_s(pid: int) -> float:
    """CPU time that a process has used; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def test_a_broken_invariant_ends_with_1(folder: Path, command: Command) -> None:
    (folder / "stuck.toml").write_text(
        'name = "stuck"\nduration = "2m"\n[[timeline]]\nat = "1s"\ndo = [{ command = "Stop", to = "Line" }]\n'
    )
    (folder / "s.toml").write_text('name = "s"\nscenario = "stuck.toml"\nwarmup = "0s"\n[replications]\nmin = 2\n')
    done = command("study", "s.toml", "--workers", "1")
    assert done.code == 1
    assert "✘ failed: invariants broke in 2 runs\n  as it is, replication 1: no robot was completed" in done.out


def test_what_is_wrong_is_told_and_nothing_is_written(folder: Path, command: Command) -> None:
    Path("wrong.toml").write_text('name = "w"\nduration = "1h"\nsedd = 3\n')
    done = command("study", "wrong.toml")
    assert (done.code, done.out) == (2, "")
    assert done.err == "sector7: study: wrong.toml:3: sedd: is no key here; did you mean seed?\n"
    for arguments, told in (
        (("pallets.toml", "--workers", "2", "--cluster", "tcp://127.0.0.1:1"), "its workers are its own"),
        (("pallets.toml", "--json", "no/such/folder.json"), "--json"),
        (("pallets.toml", "--out", "x.toml"), "only for a chaos search"),
        (("nowhere",), "not one of the shipped studies"),
    ):
        done = command("study", *arguments)
        assert done.code == 2
        assert told in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["pallets.toml", "wrong.toml"]


def test_those_that_ship_are_listed(command: Command) -> None:
    listed = [line.split()[0] for line in command("study").out.splitlines()]
    assert listed == shipped()
    assert command("study", listed[0], "--check").code == 0
