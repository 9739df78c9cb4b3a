"""Many plants in one real PostgreSQL server: rows, names, outages, losses, runs that are recovered."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from protocols.modbus.client import PlantClient
from protocols.tags.line_map import LINE_MAP
from sector7.historian.errors import HistoryError, SinkFailure
from sector7.historian.historian import Historian, Recording
from sector7.historian.postgres_sink import PostgresSink, check_url
from sector7.historian.reporter import Report, Reporter
from sector7.historian.selection import Recorded
from sector7.historian.writer import Writer
from tests.pty_console import PATIENCE_S
from tests.sector7.command_line import Command
from tests.sector7.historian.postgres import Postgres, binaries
from tests.sector7.served import serving

TAGS = [tag for tag in LINE_MAP.tags if tag.name in ("Line.OEE", "Line.RobotsCompleted")]
OEE, ROBOTS = (
    next(i for i, tag in enumerate(TAGS) if tag.name == name) for name in ("Line.OEE", "Line.RobotsCompleted")
)
RECORDED = [Recorded(tag, 0) for tag in TAGS]
SECOND = 1_000_000
VALUES = (
    "SELECT at_ms, value FROM sector7_sample JOIN sector7_series ON id = series "
    "WHERE plant = '{}' AND tag = '{}' ORDER BY at_ms"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    programs = binaries()
    if programs is None:
        why = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    postgres = Postgres(programs)
    try:
        postgres.start()
        yield postgres
    finally:
        postgres.remove()


@pytest.fixture
def database(server: Postgres) -> Postgres:
    server.execute("DROP VIEW IF EXISTS sector7_history; DROP TABLE IF EXISTS sector7_sample, sector7_series")
    return server


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def sink(database: Postgres, plant: str = "castle", epoch: int = 7, goes_on_ms: int = 0) -> PostgresSink:
    return PostgresSink(database.url, plant, epoch, TAGS, goes_on_ms)


def test_rows_arrive_in_units_with_names_and_both_times(database: Postgres) -> None:
    target = sink(database)
    target.write(
        [Report(1000, 1_600_000_000_250, [(OEE, 853), (ROBOTS, 12)]), Report(2000, 1_600_000_001_250, [(OEE, None)])]
    )
    target.close()
    rows = database.rows(
        "SELECT plant, tag, unit, run, plant_s::float, extract(epoch FROM wall)::float, value FROM sector7_history "
        "ORDER BY plant_s, tag"
    )
    assert rows == [
        ("castle", "Line.OEE", "%", 7, 1.0, 1_600_000_000.25, 85.3),
        ("castle", "Line.RobotsCompleted", "robots", 7, 1.0, 1_600_000_000.25, 12.0),
        ("castle", "Line.OEE", "%", 7, 2.0, 1_600_000_001.25, None),
    ]


def test_the_same_batch_again_changes_nothing(database: Postgres) -> None:
    target = sink(database)
    batch = [Report(1000, 0, [(OEE, 853)]), Report(1000, 0, [(OEE, 853)])]
    target.write(batch)
    target.write(batch)
    target.close()
    assert database.rows("SELECT count(*) FROM sector7_sample") == [(1,)]


def test_many_plants_begin_at_once_in_an_empty_database_and_keep_apart(database: Postgres) -> None:
    failures: list[BaseException] = []

    def plant(number: int) -> None:
        try:
            target = sink(database, f"castle {number}")
            for second in range(20):
                target.write([Report(1000 * second, 0, [(ROBOTS, 100 * number + second)])])
            target.close()
        except SinkFailure as failure:
            failures.append(failure)

    threads = [threading.Thread(target=plant, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    for number in range(6):
        rows = database.rows(VALUES.format(f"castle {number}", "Line.RobotsCompleted"))
        assert rows == [(1000 * second, 100.0 * number + second) for second in range(20)]


def test_a_recovered_run_replaces_what_happens_again_and_no_other_run(database: Postgres) -> None:
    for epoch in (7, 8):
        target = sink(database, epoch=epoch)
        target.write([Report(1000 * second, 0, [(ROBOTS, second)]) for second in range(10)])
        target.close()
    sink(database, epoch=8, goes_on_ms=4000).close()
    runs = database.rows("SELECT run, max(at_ms) FROM sector7_sample GROUP BY run ORDER BY run")
    assert runs == [(7, 9000), (8, 4000)]


class Plant:
    """Counts robots; recorded in the database."""

    def __init__(self, database: Postgres, room: int) -> None:
        self.now = 0
        self.writer = Writer(partial(sink, database), batch_s=0.01, room=room)
        self.recording = Recording(Reporter(RECORDED), self.writer, len(TAGS))
        self.historian = Historian(lambda: self.now, self.values, [self.recording])

    def values(self) -> dict[str, int]:
        return {"Line.OEE": 500, "Line.RobotsCompleted": self.now // SECOND}

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += SECOND
            self.historian.beat()

    def kept(self) -> None:
        """Wait until everything is in the database."""
        until(lambda: self.writer.kept_ms == self.now // 1000)


@pytest.fixture
def outages(database: Postgres) -> Iterator[Postgres]:
    """A server that may be stopped by the test."""
    yield database
    database.stop()
    database.start()


def test_an_outage_costs_nothing_while_there_is_room(outages: Postgres) -> None:
    plant = Plant(outages, room=1000)
    plant.run(10)
    plant.kept()
    outages.stop()
    plant.run(50)
    until(lambda: bool(plant.writer.problem))
    outages.start()
    plant.run(10)
    plant.kept()
    plant.historian.close()
    assert plant.recording.lost == 0
    assert outages.rows(VALUES.format("castle", "Line.RobotsCompleted")) == [(1000 * n, float(n)) for n in range(1, 71)]


def test_a_long_outage_loses_what_finds_no_room_and_says_from_when(outages: Postgres) -> None:
    plant = Plant(outages, room=30)
    plant.run(5)
    plant.kept()
    outages.stop()
    plant.run(100)
    assert plant.recording.lost > 50
    outages.start()
    until(lambda: plant.writer.kept_ms > 5000)
    plant.run(5)
    plant.kept()
    plant.historian.close()
    robots = dict(outages.rows(VALUES.format("castle", "Line.RobotsCompleted")))
    (gap,) = [at for at, value in robots.items() if value is None]
    assert not [at for at in robots if gap < at <= 105_000]
    assert all(value == at / 1000 for at, value in robots.items() if at != gap)
    assert max(robots) == 110_000
    oee = dict(outages.rows(VALUES.format("castle", "Line.OEE")))
    assert oee == {1000: 50.0, gap: None, 106_000: 50.0}


def test_a_server_that_is_not_there_yet_is_waited_for(outages: Postgres) -> None:
    outages.stop()
    plant = Plant(outages, room=1000)
    plant.run(3)
    until(lambda: bool(plant.writer.problem))
    outages.start()
    plant.kept()
    plant.historian.close()
    assert len(outages.rows("SELECT * FROM sector7_sample")) == 4


async def test_a_plant_server_writes_there_without_a_state_folder(database: Postgres) -> None:
    arguments = ("--speed", "20", "--history", database.url, "--plant", "castle 1", "--quiet")
    async with serving(*arguments) as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        async with asyncio.timeout(PATIENCE_S):
            while (values := await client.read(1))["Line.SimulatedTime"] < 60 * SECOND:
                pass
        assert (values["Line.HistoryState"], values["Line.HistoryTags"]) == (0, 0)
        await client.close()
        served.send(signal.SIGINT)
        code, _, said = await served.ends()
    assert (code, said) == (0, "")
    ((plants, runs, tags, last),) = database.rows(
        "SELECT min(plant), min(run), count(DISTINCT tag), max(plant_s)::float FROM sector7_history"
    )
    assert (plants, runs) == ("castle 1", values["Line.RunEpoch"])
    assert tags > 500
    assert last >= 59


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--history", "mysql://x/y"), "--history: 'mysql://x/y' is not a URL such as postgresql://user@host/database"),
        (("--plant", "castle"), "--plant: 'castle' is not --history URL beside it"),
        (("--history", "postgresql://x/y", "--plant", "a;b"), "--plant: 'a;b' is not up to 60 letters"),
        (
            ("--history", "postgresql://x/y?colour=blue"),
            "history in PostgreSQL: --history: invalid URI query parameter",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(command: Command, arguments: tuple[str, ...], said: str) -> None:
    done = command("serve", "--port", "0", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "psycopg.conninfo", raising=False)
    with pytest.raises(HistoryError, match=r"driver psycopg is missing.*pip install 'sector7\[history\]'"):
        check_url("postgresql://x/y")


def test_passwords_stay_out_of_messages() -> None:
    assert check_url("postgresql://me:secret@db.example:5433/factory") == "postgresql://db.example:5433/factory"


@pytest.mark.parametrize("url", ["postgresql://[::1/x", "postgresql://h/x?colour=blue"])
def test_a_url_that_is_none_is_told(url: str) -> None:
    with pytest.raises(HistoryError, match=r"history in PostgreSQL: --history: .+ \(postgresql://user@host"):
        check_url(url)
