"""A recorded session again: the same hash without operators, PLC or boards; or the first divergence by name."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import signal
import sqlite3
from pathlib import Path
from typing import Final

import pytest

from firmware_sim.plc.seat import Owner
from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table, Writer
from sector7.journal.folder import DATABASE
from sector7.journal.replay import replay
from sector7.journal.rerun import Divergence
from sector7.journal.store import Journal
from tests.pty_console import PATIENCE_S
from tests.sector7.command_line import Command as CommandLine
from tests.sector7.journal.actors import command
from tests.sector7.served import Served, serving
from tests.sector7.terminal import OnTerminal

SEED: Final = 11
ACTIONS: Final = 500
#: The station that a PLC takes, and what it writes there.
CODE: Final = "ST03"
OUTPUTS: Final = tuple(
    tag.name for unit, tag in PLANT_MAP.rows() if unit.unit == 13 and tag.table is Table.COIL and tag.address < 16
)
REQUESTS: Final = tuple(
    tag.name
    for unit, tag in PLANT_MAP.rows()
    if unit.unit == 1 and tag.writer is Writer.MASTER and tag.name[:4] not in (CODE, "ST02")
    if not tag.name.endswith("OwnerRequest")
)
FORCE: Final = "ST02.press_force_sp"


async def act(client: PlantClient, stream: random.Random, owning: bool) -> None:
    """One random action of an operator or of a PLC that owns a station (or has no right to)."""
    kind = stream.random()
    if kind < 0.5:
        name = stream.choice(REQUESTS)
        await client.write(name, stream.randint(*PLANT_MAP[name].bounds))
    elif kind < 0.7:
        await command(client, stream.choice(("Line", CODE, "ST05", "ST09")), stream.choice(tuple(Command)))
    elif kind < 0.75 and owning:
        await client.write(f"{CODE}.OwnerRequest", stream.choice(tuple(Owner)))
    elif kind < 0.85:
        await client.write(f"{CODE}.ExternalState", stream.choice((State.EXECUTE, State.IDLE, State.HELD)))
        await client.write(f"{CODE}.Heartbeat", stream.randint(0, 0xFFFF))
    else:
        await client.write(stream.choice(OUTPUTS), stream.randint(0, 1))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a plant after such a session; nobody changes it."""
    folder = tmp_path_factory.mktemp("session")
    asyncio.run(record(folder))
    return folder


async def record(folder: Path) -> None:
    stream = random.Random(SEED)
    async with serving("--state", str(folder), "--seed", str(SEED), "--quiet", "--speed", "60") as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        await client.write(FORCE, PLANT_MAP[FORCE].bounds[0])
        active = FORCE.removesuffix("_sp") + "_active"
        async with asyncio.timeout(PATIENCE_S):
            while (await client.read(1))[active] == PLANT_MAP[FORCE].default:
                pass
        for _ in range(ACTIONS // 2):
            await act(client, stream, False)
        async with asyncio.timeout(PATIENCE_S):
            while (values := await client.read(1))[f"{CODE}.Owner"] != Owner.EXTERNAL:
                if values[f"{CODE}.StateCurrent"] != State.HELD:
                    await command(client, CODE, Command.HOLD)
                await client.write(f"{CODE}.OwnerRequest", Owner.EXTERNAL)
        await client.write(f"{CODE}.HeartbeatTimeout", 2)
        async with asyncio.timeout(PATIENCE_S):
            while (await client.read(1))[f"{CODE}.ExternalAlive"]:
                pass
        for _ in range(ACTIONS // 2):
            await act(client, stream, True)
        before = (await client.read(1))["Line.SimulatedTime"]
        async with asyncio.timeout(PATIENCE_S):
            while (await client.read(1))["Line.SimulatedTime"] < before + 3_000_000:
                pass
        await client.close()
        served.send(signal.SIGTERM)
        code, _, err = await served.ends()
    assert code == 0
    assert all(" board: " in line for line in err.splitlines())  # what was asked for and could not be had


def edited(session: Path, folder: Path, sql: str) -> Journal:
    """A copy of the session with something changed."""
    shutil.copytree(session, folder, dirs_exist_ok=True)
    with sqlite3.connect(folder / DATABASE) as connection:
        assert connection.execute(sql).rowcount == 1
    connection.close()
    return Journal(folder / DATABASE)


def test_a_session_of_five_hundred_actions_has_an_equal_hash(session: Path) -> None:
    journal = Journal(session / DATABASE)
    writes = list(journal.writes())
    assert len(writes) > ACTIONS / 2
    assert {"ignored", "done"} == {write.result for write in writes}
    assert {f"{CODE}.Owner", "ST05.StateCurrent", f"{CODE}.ExternalAlive"} <= tags(session)
    outcome = replay(journal)
    *_, last = journal.blocks()
    assert (outcome.now_us, outcome.entries) == (last.at_us, last.first + last.count)
    assert outcome.sha256 == last.sha256
    assert outcome.blocks > 1


def tags(session: Path) -> set[str]:
    with sqlite3.connect(session / DATABASE) as connection:
        found = {tag for (tag,) in connection.execute("SELECT DISTINCT tag FROM event")}
    connection.close()
    return found


def test_an_edited_write_is_named(session: Path, tmp_path: Path) -> None:
    high = PLANT_MAP[FORCE].bounds[1]
    last = f"(SELECT max(seq) FROM write WHERE tag = '{FORCE}')"
    journal = edited(session, tmp_path, f"UPDATE write SET new = {high} WHERE seq = {last}")
    with pytest.raises(Divergence) as caught:
        replay(journal)
    found = caught.value.difference
    assert found is not None
    assert found.recorded is not None
    assert found.repeated is not None
    assert found.recorded[:2] == found.repeated[:2]
    assert f"ST02.press_force_active was {found.recorded[2]}, now {found.repeated[2]}" in str(caught.value)


@pytest.mark.parametrize("change", ["who = 'nobody'", "at_us = at_us + 20000", "new = 1 - new", "old = old + 1"])
def test_any_edited_write_is_named_even_if_nothing_came_of_it(session: Path, tmp_path: Path, change: str) -> None:
    row = "(SELECT min(seq) FROM write WHERE tag LIKE '%.CmdChangeRequest' AND result = 'done')"
    journal = edited(session, tmp_path, f"UPDATE write SET {change} WHERE seq = {row}")
    with pytest.raises(Divergence, match=r"write \d+, \w+\.CmdChangeRequest = \d at .* is not as it was recorded"):
        replay(journal)


def test_a_write_that_was_taken_out_is_noticed_by_what_is_missing(session: Path, tmp_path: Path) -> None:
    row = f"(SELECT min(seq) FROM write WHERE tag = '{CODE}.ExternalAlive')"
    with pytest.raises(Divergence, match=rf"{CODE}\.ExternalAlive = 0 on record"):
        replay(edited(session, tmp_path, f"DELETE FROM write WHERE seq = {row}"))


def test_an_edited_piece_of_the_trace_is_named(session: Path, tmp_path: Path) -> None:
    journal = edited(session, tmp_path, "UPDATE trace SET sha256 = 'x' WHERE first = 0")
    with pytest.raises(Divergence, match=r"the hash at \d+\.\d{6} s is not the one on record"):
        replay(journal)


def test_the_command_line_tells_hash_and_divergence(session: Path, tmp_path: Path, command: CommandLine) -> None:
    *_, last = Journal(session / DATABASE).blocks()
    done = command("replay", str(session))
    assert (done.code, done.err) == (0, "")
    assert last.sha256 in done.out
    done = command("replay", str(session), "--until", "5s")
    assert (done.code, done.out.partition(",")[0]) == (0, "replayed 5.0 s of plant time")
    row = f"(SELECT max(seq) FROM write WHERE tag = '{FORCE}')"
    edited(session, tmp_path, f"UPDATE write SET new = {PLANT_MAP[FORCE].bounds[1]} WHERE seq = {row}")
    done = command("replay", str(tmp_path))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("sector7: first divergence at ")
    done = command("replay", str(tmp_path / "none"))
    assert (done.code, done.out) == (2, "")
    assert "holds no journal" in done.err


async def test_the_past_is_shown_on_modbus_and_nobody_changes_it(session: Path) -> None:
    async with serving(str(session), "--speed", "1000", "--quiet", verb="replay") as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        end = Journal(session / DATABASE).lease_us
        async with asyncio.timeout(PATIENCE_S):
            while (values := await client.read(1))["Line.SimulatedTime"] < end:
                pass
            while values["Line.SpeedFactor"]:
                values = await client.read(1)
        assert values["Line.SimulatedTime"] == end
        assert values[FORCE] == PLANT_MAP[FORCE].bounds[0]
        assert await refuses(client)
        await client.close()
        code, out, err = await done(served)
        assert (code, out) == (0, "")
        assert re.fullmatch(r"write refused: .* the role viewer may not write\n", err)


async def refuses(client: PlantClient) -> bool:
    try:
        await client.write(FORCE, PLANT_MAP[FORCE].bounds[0] + 1)
    except Exception as error:  # whatever the client makes of exception 01
        return "01" in str(error) or "refused" in str(error)
    return False


async def done(served: Served) -> tuple[int, str, str]:
    served.send(signal.SIGTERM)
    return await served.ends()


async def test_the_operator_watches_the_past(session: Path) -> None:
    async with OnTerminal("replay", str(session), "--hmi", "--speed", "100") as shown:
        await shown.shows("PAUSED", "READ-ONLY")
