"""A state folder on a disk that fills up: writes are refused, the plant waits, and goes on when there is room."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocols.alarms.alarm import AlarmState, Priority, priority_of, state_of
from protocols.alarms.table import BY_ALARM
from protocols.errors import Refusal
from protocols.modbus.client import PlantClient
from sector7.journal.folder import DATABASE
from sector7.journal.recovery import carry_on
from sector7.journal.replay import replay
from sector7.journal.store import Journal
from sector7.masters.values import UNWRITABLE, WRITTEN
from sector7.recipe import load
from tests.pty_console import PATIENCE_S
from tests.sector7.served import serving

SEED = 8
NAME = "ST03.HeartbeatTimeout"
NUMBER = next(number for number, alarm in BY_ALARM.items() if alarm.tag == "Line.Alarm.journal_failed")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Two megabytes."""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tmp_path], capture_output=True, text=True)
    if done.returncode:
        why = f"no file system can be mounted here: {done.stderr.strip()}"
        if os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    yield tmp_path
    subprocess.run(["umount", "--lazy", tmp_path], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


async def refused(client: PlantClient) -> int:
    """Write until a write is refused; the last value that was acknowledged."""
    told = 0
    async with asyncio.timeout(PATIENCE_S):
        for value in range(2, 600):
            try:
                await client.write(NAME, value)
            except Refusal:
                return told
            told = value
    raise AssertionError("the disk is not full")


async def test_a_full_disk_stops_the_plant_and_loses_nothing(small_disk: Path) -> None:
    state = small_disk / "state"
    async with serving("--state", str(state), "--seed", str(SEED), "--speed", "20", "--quiet") as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        assert (await client.read(1))["Line.JournalState"] == WRITTEN
        filler = fill(small_disk)
        told = await refused(client)
        values = await client.read(1)
        assert values[NAME] == (told or 20)

        own = values["Line.Alarm.journal_failed"]
        assert (state_of(own), priority_of(own)) == (AlarmState.UNACKNOWLEDGED, Priority.HIGH)
        place = next(p for p in range(1, 33) if values[f"Line.Worst{p:02d}.Number"] == NUMBER)
        assert values[f"Line.Worst{place:02d}.Word"] == own
        assert values["Line.AlarmsHigh"] >= 1
        generation = values["Line.AlarmGenerationAfter"]

        # time stands where the lease ends, and reading goes on
        lease = Journal(state / DATABASE).lease_us
        async with asyncio.timeout(PATIENCE_S):
            while (values := await client.read(1))["Line.SimulatedTime"] < lease:
                pass
        for _ in range(100):
            values = await client.read(1)
            assert (values["Line.SimulatedTime"], values["Line.JournalState"]) == (lease, UNWRITABLE)
        with pytest.raises(Refusal, match="04"):
            await client.write(NAME, 600)

        filler.unlink()
        async with asyncio.timeout(PATIENCE_S):
            while (values := await client.read(1))["Line.SimulatedTime"] < lease + 2_000_000:
                pass
        assert values["Line.JournalState"] == WRITTEN
        assert state_of(values["Line.Alarm.journal_failed"]) == AlarmState.NORMAL
        assert values["Line.AlarmGenerationAfter"] != generation
        assert values[NAME] == (told or 20)
        await client.write(NAME, 599)
        seen = (await client.read(1))["Line.SimulatedTime"]
        await client.close()
        served.process.kill()
        await served.process.wait()
    carried = carry_on(state, load("castle"), SEED)
    carried.folder.close()
    assert carried.rig.orders.requested[NAME] == 599
    assert carried.rig.now >= seen
    assert replay(Journal(state / DATABASE), carried.rig.now).sha256 == carried.rig.trace.sha256()


async def test_a_new_plant_on_a_full_disk_is_told_in_one_line(small_disk: Path) -> None:
    fill(small_disk)
    async with serving("--state", str(small_disk / "state"), "--quiet") as served:
        code, out, err = await served.ends()
    assert (code, out) == (3, "")
    assert err.startswith(f"sector7: state folder {small_disk / 'state'}: ")
    assert err.count("\n") == 1
