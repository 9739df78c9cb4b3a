"""An HMI's trends begin with what was before it came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from hmi.desk import READ_ONLY, desk
from hmi.link.backfill import past
from hmi.link.connect import plant_client
from hmi.link.history import SPAN_S, TRENDED, History
from hmi.link.snapshot import LinkState, Snapshot
from protocols.modbus.client import PlantClient
from protocols.tags.history_map import HEAD_WORDS, file_number, read_buckets, read_head, record_of
from protocols.tags.plant_map import PLANT_MAP
from tests.pty_console import PATIENCE_S
from tests.sector7.historian.test_trend_files import FORCE, OEE, Served
from tests.sector7.served import serving


class Link:
    """Reads the files of a history without a server between."""

    def __init__(self, served: Served) -> None:
        self._files = served.files
        self.requests = 0

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        self.requests += 1
        found = [self._files.read(file, *part) for part in parts]
        return [list(words) for words in found if words is not None]


@pytest.mark.parametrize(("speed", "width_s", "seconds"), [(1.0, 10, 600), (6.0, 60, 600), (0.5, 1, 300)])
async def test_the_past_lies_where_it_was(tmp_path: Path, speed: float, width_s: int, seconds: int) -> None:
    link = Link(Served(tmp_path, 5000))
    line = {"Line.SimulatedTime": 5_000_000_000, "Line.SpeedFactor": round(speed * 10)}
    values = await past(link, FORCE, line)
    assert len(values) == SPAN_S
    known = {age: raw for age, raw in enumerate(reversed(values)) if raw is not None}
    assert all(abs(-raw - (5000 - age * speed)) <= width_s for age, raw in known.items())
    assert list(known) == list(range(len(known)))
    assert len(known) == pytest.approx(seconds, abs=3)
    assert link.requests <= 12


async def test_a_paused_plant_shows_its_past_as_at_real_speed(tmp_path: Path) -> None:
    link = Link(Served(tmp_path, 5000))
    values = await past(link, OEE, {"Line.SimulatedTime": 5_000_000_000, "Line.SpeedFactor": 0})
    assert values[0] == pytest.approx(4400 // 7, abs=2)


async def test_a_young_plant_has_no_more_past_than_it_lived(tmp_path: Path) -> None:
    values = await past(Link(Served(tmp_path, 100)), OEE, {"Line.SimulatedTime": 100_000_000, "Line.SpeedFactor": 10})
    assert values[: SPAN_S - 101] == [None] * (SPAN_S - 101)
    assert None not in values[-100:]


def test_what_the_console_saw_itself_stays() -> None:
    history = History()
    name = TRENDED[0]
    seen = Snapshot(state=LinkState.OK, line={name: 5})
    for second, snapshot in enumerate((seen, Snapshot(state=LinkState.LOST), seen)):
        history.sample(snapshot, float(second))
    history.fill(name, [None] * (SPAN_S - 5) + [1, 2, 3, 4, 9])
    assert history.of(name) == [1, 2, 5, 4, 5]
    assert history.span_s() == 60
    history.fill(name, [None] * SPAN_S)
    assert history.of(name) == [1, 2, 5, 4, 5]


async def test_an_hmi_that_comes_late_shows_what_was(tmp_path: Path) -> None:
    name = "ST02.ram_position"
    async with serving("--state", str(tmp_path), "--quiet", "--speed", "20") as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        async with asyncio.timeout(PATIENCE_S):
            while (await client.read(1))["Line.HistoryNewest"] < 200:
                pass
        console = desk(plant_client(served.host, served.port), time.monotonic, READ_ONLY)
        running = asyncio.create_task(console.run())
        async with asyncio.timeout(PATIENCE_S):
            while name not in console.history.filled:
                console.frame()
                await console.acquisition.next_poll()
        shown = [raw for raw in console.history.of(name) if raw is not None]
        level, width_s = 3, 60
        (words,) = await client.read_file(file_number(PLANT_MAP[name], level), [(0, HEAD_WORDS)])
        head = read_head(words)
        (words,) = await client.read_file(file_number(PLANT_MAP[name], level), [(record_of(0), 8 * head.newest)])
        means = [round(bucket.mean) for bucket in read_buckets(words, PLANT_MAP[name].kind) if bucket is not None]
        assert len(means) == head.newest >= 200 // width_s
        assert set(means) <= set(shown)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await client.close()


async def test_two_masters_read_at_once_and_a_viewer_may(tmp_path: Path) -> None:
    arguments = ("--state", str(tmp_path), "--quiet", "--speed", "20", "--role", "viewer")
    async with serving(*arguments) as served:
        await served.listen()
        clients = [PlantClient(served.host, served.port) for _ in range(2)]
        for client in clients:
            await client.connect()
        async with asyncio.timeout(PATIENCE_S):
            while (await clients[0].read(1))["Line.HistoryNewest"] < 40:
                pass
        tags = [PLANT_MAP["Line.AirPressure"], PLANT_MAP["ST01.StateCurrent"]]

        async def read(client: PlantClient, number: int) -> list[list[int]]:
            file = file_number(tags[number], 1)
            return [(await client.read_file(file, [(record_of(5), 8 * 13)]))[0] for _ in range(30)]

        found = await asyncio.gather(read(clients[0], 0), read(clients[1], 1))
        for rows in found:
            assert all(row == rows[0] for row in rows)
        assert found[0][0] != found[1][0]
        for client in clients:
            await client.close()
