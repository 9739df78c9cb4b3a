"""`sector7 degrade` against a running server; the journal repeats what was asked."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from protocols.modbus.client import PlantClient
from protocols.packml import Command as Cmd
from protocols.tags.degraded_map import Degrade
from sector7.journal.folder import DATABASE
from sector7.journal.replay import empty_plant, replay
from sector7.journal.rerun import Rerun
from sector7.journal.store import Journal
from tests.pty_console import PATIENCE_S, ROOT
from tests.sector7.command_line import Command
from tests.sector7.served import Served, serving


async def degrade(served: Served, verb: str, *words: str) -> tuple[int, str, str]:
    """`sector7 degrade` at the served plant."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "degrade", verb, f"{served.host}:{served.port}", *words, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def hold(served: Served, code: str) -> None:
    client = PlantClient(served.host, served.port, timeout_s=PATIENCE_S)
    await client.connect()
    for name, raw in (("CmdChangeRequest", 0), ("CntrlCmd", int(Cmd.STOP)), ("CmdChangeRequest", 1)):
        await client.write(f"{code}.{name}", raw)
    async with asyncio.timeout(PATIENCE_S):
        while (await client.read(1))[f"{code}.StateCurrent"] != 2:
            pass
    await client.close()


def test_an_operator_sees_the_cost_and_chooses_and_the_journal_repeats_it(tmp_path: Path) -> None:
    async def session() -> None:
        async with serving("--state", str(tmp_path), "--seed", "5", "--quiet", "--speed", "20") as served:
            await served.listen()
            code, out, _ = await degrade(served, "show", "st06")
            assert code == 0
            assert out.startswith("ST06 harness: normal, ")
            rows = {line.split()[0]: line for line in out.splitlines()[2:]}
            assert list(rows) == ["normal", "bypass", "manual", "reroute", "cannibalise"]
            assert "the station runs; hold or stop it first" in rows["manual"]
            code, _, err = await degrade(served, "set", "ST06", "manual")
            assert (code, "manual of ST06 refused: the station runs; hold or stop it first" in err) == (2, True)
            await hold(served, "ST06")
            assert "possible" in (await degrade(served, "show", "ST06"))[1]
            code, out, err = await degrade(served, "set", "ST06", "manual")
            assert (code, err) == (0, "")
            assert out.startswith("ST06: manual, ")
            code, _, err = await degrade(served, "set", "ST06", "cannibalise", "--donor", "ST02")
            assert (code, "a change is under way there" in err) == (2, True)
            assert len((await degrade(served, "show"))[1].splitlines()) == 12 * 7
            served.process.terminate()
            await served.ends()

    asyncio.run(session())
    journal = Journal(tmp_path / DATABASE)
    assert any(row.tag == "Line.DegradeChangeRequest" and row.who for row in journal.writes())
    outcome = replay(journal)
    *_, last = journal.blocks()
    assert (outcome.entries, outcome.sha256) == (last.first + last.count, last.sha256)
    rig = empty_plant(journal)
    Rerun(rig, journal).run(journal.lease_us)
    assert rig.plant.stand_ins[6].mode == Degrade.MANUAL


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("show", "127.0.0.1:5020", "ST13"), "ST01 to ST12"),
        (("set", "127.0.0.1:5020", "ST05", "broken"), "normal, bypass, manual, reroute or cannibalise"),
        (("set", "127.0.0.1:5020", "ST05", "cannibalise"), "given with cannibalise, and only with it"),
        (("set", "127.0.0.1:5020", "ST05", "bypass", "--donor", "ST02"), "given with cannibalise, and only with it"),
        (("set", "nowhere", "ST05", "bypass"), "a host and a port"),
    ],
)
def test_what_is_wrong_is_said_before_anybody_is_asked(command: Command, words: tuple[str, ...], problem: str) -> None:
    done = command("degrade", *words)
    assert done.code == 2
    assert problem in done.err
