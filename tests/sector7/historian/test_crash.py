"""Kill -9: the history of a plant that was killed again and again is that of one that was not."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from protocols.modbus.client import PlantClient
from sector7.historian.keeper import Keeper
from sector7.historian.options import HistoryOptions
from sector7.historian.reader import History
from sector7.historian.store import DATABASE, examine
from sector7.recipe import load
from sector7.rig.rig import Rig
from tests.pty_console import PATIENCE_S
from tests.sector7.served import serving

SEED = 3
#: Twenty plant seconds a second: the fastest that is sampled every second.
SPEED = "20"


def written(folder: Path) -> dict[str, list[tuple[int, int | None]]]:
    history = History(folder / DATABASE)
    rows = {column.name: history.samples(column.number, 0, 1 << 60) for column in history.columns()}
    history.close()
    return rows


def uninterrupted(folder: Path, epoch: int, until_us: int) -> dict[str, list[tuple[int, int | None]]]:
    folder.mkdir()
    rig = Rig(load("castle"), SEED)
    keeper = Keeper(rig, epoch, HistoryOptions(), folder)
    keeper.beat()
    while rig.now < until_us:
        rig.run(min(until_us, keeper.horizon()))
        keeper.beat()
    keeper.close()
    return written(folder)


async def life(state: Path, seconds: int, end: signal.Signals) -> int:
    """One life of a server, for so many more seconds of recorded plant time; what it last told to be on the disk."""
    async with serving("--state", str(state), "--seed", str(SEED), "--quiet", "--speed", SPEED) as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        values = await client.read(1)
        first = values["Line.HistoryNewest"]
        async with asyncio.timeout(PATIENCE_S):
            while values["Line.HistoryNewest"] < first + seconds:
                values = await client.read(1)
        assert values["Line.HistoryState"] == 1
        assert values["Line.HistoryLost"] == 0
        await client.close()
        os.kill(served.process.pid, end)
        await served.process.wait()
        return values["Line.HistoryNewest"]


async def test_a_killed_plants_history_is_that_of_one_that_was_not(tmp_path: Path) -> None:
    state = tmp_path / "state"
    for seconds in (30, 0, 0, 30, 30):  # some are killed as soon as they have come back
        newest = await life(state, seconds, signal.SIGKILL)
        kept = max(rows[-1][0] for rows in written(state).values() if rows)
        assert kept >= (newest - 5) * 1000, "the last batch may be lost, no more"
    await life(state, 30, signal.SIGINT)
    mine = written(state)
    history = History(state / DATABASE)
    span = history.span()
    history.close()
    assert span is not None
    epoch = examine(state / DATABASE).epoch
    assert mine == uninterrupted(tmp_path / "other", epoch, span[1] * 1000)
    assert sum(len(rows) for rows in mine.values()) > 3000


async def test_a_plant_with_a_damaged_history_does_not_start_and_leaves_it_alone(tmp_path: Path) -> None:
    await life(tmp_path, 1, signal.SIGINT)
    file = tmp_path / DATABASE
    content = bytearray(file.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    file.write_bytes(content)
    async with serving("--state", str(tmp_path), "--seed", str(SEED)) as served:
        code, _, said = await served.ends()
    assert code == 2
    assert f"history {file}: is damaged" in said
    assert "move the file away to begin a new one" in said
    assert "Traceback" not in said
    assert file.read_bytes() == bytes(content)
    file.unlink()
    await life(tmp_path, 1, signal.SIGINT)
