"""What durability costs: a write that is answered when it is on the disk, and what a journal takes of disk and time."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.conftest import Figures
from protocols.modbus.client import PlantClient
from sector7 import recipe as recipes
from sector7.journal.folder import DATABASE
from sector7.journal.recovery import carry_on
from sector7.rig.intake import Author
from sector7.rig.rig import Rig
from sector7.serve import PlantService

pytestmark = [pytest.mark.bench, pytest.mark.timeout(120)]

TITLE = "Journal"
TIMES = 2000
HOUR_US = 3600 * 1_000_000


async def confirmed(state: Path | None, clients: int) -> list[float]:
    """Seconds from a write to its answer, for `clients` that write one after the other as fast as they are answered."""
    carried = carry_on(state, recipes.load("castle"), 7) if state is not None else None
    rig = carried.rig if carried is not None else Rig(recipes.load("castle"), 7)
    service = PlantService(rig, "127.0.0.1", 0, 1.0, 1, state=carried)
    listening = asyncio.Event()
    task = asyncio.create_task(service.run(lambda host, port: listening.set()))
    await listening.wait()
    try:
        parts = await asyncio.gather(*(_write(service.server.port, n, TIMES // clients) for n in range(clients)))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return sorted(second for part in parts for second in part)


async def _write(port: int, number: int, times: int) -> list[float]:
    client = PlantClient("127.0.0.1", port)
    await client.connect()
    name, seconds = f"ST{number + 1:02d}.HeartbeatTimeout", []
    for value in range(times):
        begin = time.perf_counter()
        await client.write(name, 2 + value % 500)
        seconds.append(time.perf_counter() - begin)
    await client.close()
    return seconds


def _text(seconds: Sequence[float]) -> str:
    return f"{seconds[len(seconds) // 2] * 1e3:.2f} / {seconds[len(seconds) * 99 // 100] * 1e3:.2f} ms"


def test_confirmed_writes(figures: Figures, tmp_path: Path) -> None:
    """Client and server share one process and one core: the times include the client's own."""
    for clients in (1, 8):
        plain = asyncio.run(confirmed(None, clients))
        durable = asyncio.run(confirmed(tmp_path / str(clients), clients))
        writers = f"{clients} writer{'s' if clients > 1 else ''}"
        figures.row(TITLE, f"write to answer, {writers}, no journal", _text(plain), "p50 / p99")
        figures.row(TITLE, f"write to answer, {writers}, on the disk", _text(durable), "p50 / p99")
        size = (tmp_path / str(clients) / DATABASE).stat().st_size
        figures.row(
            TITLE, f"{TIMES} rows", f"{size / TIMES:.0f} bytes", "for each, with everything else in the journal"
        )


def test_recovery(figures: Figures, tmp_path: Path) -> None:
    """The longest way back at real speed: ten minutes behind the last checkpoint."""
    carried = carry_on(tmp_path, recipes.load("castle"), 7)
    carried.folder.close()
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("UPDATE lease SET until_us = 600000000")
    connection.commit()
    connection.close()
    begin = time.perf_counter()
    carry_on(tmp_path, recipes.load("castle"), 7).folder.close()
    figures.row(TITLE, "recovery, 600 s behind the checkpoint", f"{time.perf_counter() - begin:.2f} s")


@pytest.mark.timeout(900)
def test_recovery_after_a_week(figures: Figures, tmp_path: Path) -> None:
    """A week of the castle line with all its failures and an operator's write every hour, then a crash."""
    asyncio.run(_a_week(tmp_path))
    size = sum(file.stat().st_size for file in tmp_path.iterdir()) / 1e6
    begin = time.perf_counter()
    carried = carry_on(tmp_path, recipes.load("castle"), 7)
    took = time.perf_counter() - begin
    carried.folder.close()
    figures.row(TITLE, "recovery after a week", f"{took:.2f} s", f"journal {size:.0f} MB; {carried.recovered}")


async def _a_week(folder: Path) -> None:
    carried = carry_on(folder, recipes.load("castle"), 7)
    rig, recorder = carried.rig, carried.recorder
    recorder.start()
    recorder.speed = 300.0  # it will run as fast as it goes
    operator = Author("somebody", "operator")
    while rig.now < 7 * 24 * HOUR_US:
        hour = rig.now // HOUR_US
        rig.run(max(rig.now, min(rig.now + 10_000_000, recorder.horizon())))
        recorder.beat()
        if rig.now // HOUR_US != hour:
            recorder.write(operator, 1, "ST05.HeartbeatTimeout", 2 + hour)
        await asyncio.sleep(0)
    await asyncio.to_thread(recorder._writer.close)  # no orderly end
    carried.folder.close()
