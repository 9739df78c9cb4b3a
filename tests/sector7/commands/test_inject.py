"""`sector7 inject` against a running server; what it refuses needs none."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest

from protocols.faults.kinds import KINDS
from sector7.journal.folder import DATABASE
from sector7.journal.replay import empty_plant, replay
from sector7.journal.rerun import Rerun
from sector7.journal.store import Journal
from tests.pty_console import PATIENCE_S, ROOT
from tests.sector7.command_line import Command
from tests.sector7.served import Served, serving


async def inject(served: Served, *words: str) -> tuple[int, str, str]:
    """`sector7 inject` with `@` for the server's address."""
    arguments = [f"{served.host}:{served.port}" if word == "@" else word for word in words]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "inject", *arguments, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def test_an_engineer_breaks_and_mends_and_the_journal_repeats_it(tmp_path: Path) -> None:
    async def session() -> None:
        async with serving("--state", str(tmp_path), "--seed", "5", "--quiet", "--speed", "20") as served:
            await served.listen()
            assert (await inject(served, "list", "@"))[1] == "no fault is injected\n"
            code, out, err = await inject(served, "@", "slow", "ST05.clamp", "--set", "factor=3", "--for", "10m")
            assert (code, out, err) == (0, "fault 1: slow of ST05.clamp (factor 3), for 10 min 00 s\n", "")
            assert (await inject(served, "@", "link_cut", "ST03"))[0] == 0
            assert (await inject(served, "@", "lightning", "mains"))[1].startswith("fault 3: lightning of mains (")
            code, out, _ = await inject(served, "list", "@")
            assert [row.split()[0] for row in out.splitlines()] == ["1", "2"]
            assert "slow of ST05.clamp (factor 3), until" in out
            assert "[an engineer over Modbus]" in out
            assert (await inject(served, "clear", "2", "@"))[:2] == (0, "fault 2 cleared\n")
            assert (await inject(served, "clear", "all", "@"))[:2] == (0, "all faults cleared\n")
            code, out, _ = await inject(served, "list", "@", "--past")
            assert re.findall(r"^ +(\d)  .*ended .*\((.*)\) \[", out, re.MULTILINE) == [
                ("1", "an engineer over Modbus"), ("2", "an engineer over Modbus"), ("3", "momentary"),
            ]  # fmt: skip
            code, _, err = await inject(served, "clear", "9", "@")
            assert (code, "unknown fault" in err) == (2, True)
            code, _, err = await inject(served, "@", "slow", "ST01.gantry", "--set", "factor=2")
            assert (code, "unknown target" in err) == (2, True)
            served.process.terminate()
            await served.ends()

    asyncio.run(session())
    journal = Journal(tmp_path / DATABASE)
    outcome = replay(journal)
    *_, last = journal.blocks()
    assert (outcome.entries, outcome.sha256) == (last.first + last.count, last.sha256)
    rig = empty_plant(journal)
    Rerun(rig, journal).run(journal.lease_us)
    assert [record.fault.kind for record in rig.faults.records] == ["slow", "link_cut", "lightning"]


def test_who_is_no_engineer_is_refused() -> None:
    async def session() -> None:
        async with serving("--role", "operator", "--quiet") as served:
            await served.listen()
            code, _, err = await inject(served, "@", "link_cut", "ST03")
            assert (code, "exception 01" in err) == (2, True)
            assert (await inject(served, "list", "@"))[1] == "no fault is injected\n"

    asyncio.run(session())


def test_every_kind_is_told(command: Command) -> None:
    out = command("inject", "kinds").out
    for kind in KINDS:
        assert re.search(rf"^  {kind.name} +{re.escape(kind.doc)}", out, re.MULTILINE)
        for parameter in kind.parameters:
            assert f"{parameter.name} {parameter.low:g}..{parameter.high:g}" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("127.0.0.1:1", "stuck", "ST05.clamped"), "did you mean stuck_o"),
        (("127.0.0.1:1", "stuck_on", "ST05.clampd"), "did you mean ST05.clamped"),
        (("127.0.0.1:1", "gain", "ST05.press_force"), "gain.factor: must be given"),
        (("127.0.0.1:1", "gain", "ST05.press_force", "--set", "factor=0.33333"), "too many digits"),
        (("127.0.0.1:1", "gain", "ST05.press_force", "--set", "factor"), "a name and a number"),
        (("127.0.0.1:1", "link_cut", "ST05", "--for", "soon"), "--for"),
        (("127.0.0.1:1", "board_reset", "ST05", "--for", "5s"), "strikes once"),
        (("nowhere", "link_cut", "ST05"), "a host and a port"),
        (("clear", "some"), "the number of a fault"),
    ],
)
def test_what_cannot_be_said_is_refused_before_anything_is_asked(
    command: Command, words: tuple[str, ...], said: str
) -> None:
    done = command("inject", *words)
    assert done.code == 2
    assert said in done.err


def test_where_nobody_answers_the_environment_is_at_fault(command: Command) -> None:
    done = command("inject", "127.0.0.1:1", "link_cut", "ST05")
    assert done.code == 3
