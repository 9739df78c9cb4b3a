"""What gets a row and what does not, when it counts, and what is left of it after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from firmware_sim.plc.seat import Owner
from protocols.errors import Refusal
from protocols.packml import Command, Mode
from protocols.records.journal_files import EVENT_LOG, EVENT_WORDS, GENEALOGY, OPERATOR_LOG, WRITE_WORDS
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from sector7.journal.folder import DATABASE
from sector7.journal.recorder import LEASE_US, Recorder
from sector7.journal.recovery import Carried, carry_on, newest
from sector7.journal.replay import replay
from sector7.journal.rows import Write
from sector7.journal.store import Journal
from sector7.masters.bulk import HISTORY_WORDS, PlantFiles, StopEvents
from sector7.masters.values import PlantValues
from sector7.recipe import Recipe
from sector7.rig.intake import Author
from tests.pty_console import PATIENCE_S
from tests.sector7.lines import busy, small

SECOND = 1_000_000
ME = Author("me", "engineer")
NAME = "ST05.HeartbeatTimeout"


class Plant:
    """A plant with a journal that is driven by hand."""

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        self.folder = folder
        self.carried: Carried = carry_on(folder, recipe, 2)
        self.rig = self.carried.rig
        self.recorder: Recorder = self.carried.recorder
        self.values = PlantValues(self.rig, self.carried.epoch, self.recorder)
        self.recorder.start()
        self.closed = False

    async def durable(self) -> bool:
        """Wait for what was written last; True if it is on the disk."""
        told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        return True if self.recorder.when_durable(told.set_result) else await told

    async def write(self, name: str, raw: int, author: Author = ME) -> bool:
        self.recorder.write(author, 1, name, raw)
        return await self.durable()

    async def run(self, until_us: int, stride_us: int = 10 * SECOND) -> None:
        """As the pacemaker does, but without a clock: the lease decides how far it may go."""
        while self.rig.now < until_us:
            before = self.rig.now
            self.rig.run(min(until_us, before + stride_us, max(before, self.recorder.horizon())))
            self.recorder.beat()
            # at the end of a lease the writer's thread needs the processor more than we do
            await asyncio.sleep(0 if self.rig.now > before else 0.001)

    async def command(self, owner: str, number: Command) -> None:
        for name, raw in (("CmdChangeRequest", 0), ("CntrlCmd", int(number)), ("CmdChangeRequest", 1)):
            assert await self.write(f"{owner}.{name}", raw)

    async def close(self) -> None:
        if not self.closed:
            self.closed = True
            await self.recorder.close()
            self.carried.folder.close()

    async def crash(self) -> None:
        """No orderly end: what the recorder would still write is lost."""
        self.closed = True
        await asyncio.to_thread(self.recorder._writer.close)
        self.carried.folder.close()

    def rows(self) -> list[Write]:
        return list(Journal(self.folder / DATABASE).writes())


Begin = Callable[[], Plant]


@pytest.fixture
async def begin(tmp_path: Path) -> AsyncIterator[Begin]:
    plants: list[Plant] = []

    def new() -> Plant:
        plants.append(Plant(tmp_path, small()))
        return plants[-1]

    yield new
    for plant in plants:
        await plant.close()


@pytest.fixture
async def plant(tmp_path: Path) -> AsyncIterator[Plant]:
    plant = Plant(tmp_path, small())
    yield plant
    await plant.close()


async def test_a_value_counts_from_its_commit_on_and_time_waits_for_it(plant: Plant) -> None:
    plant.rig.run(12_345)
    plant.recorder.write(ME, 1, NAME, 77)
    assert plant.recorder.horizon() == 20_000
    assert plant.values.values(1)[NAME] == 20
    assert await plant.durable()
    assert plant.values.values(1)[NAME] == 77
    assert plant.recorder.horizon() == LEASE_US
    (row,) = plant.rows()
    assert (row.at_us, row.who, row.role, row.unit, row.tag, row.old, row.new) == (
        20_000,
        "me",
        "engineer",
        1,
        NAME,
        20,
        77,
    )
    assert row.result == "done"


async def test_without_a_journal_behind_it_nothing_waits(plant: Plant) -> None:
    assert plant.recorder.when_durable(lambda well: pytest.fail("there was nothing to wait for"))


async def test_what_is_there_already_costs_no_row(plant: Plant) -> None:
    for value in (30, 30, 30, 31, 31, 30):
        assert await plant.write(NAME, value)
    assert [(row.old, row.new) for row in plant.rows()] == [(20, 30), (30, 31), (31, 30)]


async def test_values_on_their_way_are_the_old_ones_of_those_behind(plant: Plant) -> None:
    for value in (30, 31, 30):
        plant.recorder.write(ME, 1, NAME, value)
    assert await plant.durable()
    assert [(row.old, row.new) for row in plant.rows()] == [(20, 30), (30, 31), (31, 30)]


async def taken(plant: Plant, code: str = "ST05") -> None:
    await plant.run(20 * SECOND)
    await plant.command(code, Command.HOLD)
    await plant.run(40 * SECOND)
    assert await plant.write(f"{code}.OwnerRequest", Owner.EXTERNAL)
    await plant.run(41 * SECOND)
    assert plant.values.values(1)[f"{code}.Owner"] == Owner.EXTERNAL


async def test_what_is_on_its_way_is_the_newest_until_it_can_be_read(plant: Plant) -> None:
    address = PLANT_MAP[NAME].address
    assert plant.values.newest(1, address) is None
    for raw in (30, 40):
        plant.recorder.write(ME, 1, NAME, raw)
        assert plant.values.newest(1, address) == raw
    assert plant.values.newest(1, address + 1) is None
    assert await plant.durable()
    assert plant.values.newest(1, address) is None
    assert plant.values.values(1)[NAME] == 40


async def test_a_plc_that_rewrites_its_outputs_every_poll_costs_rows_only_for_what_changes(plant: Plant) -> None:
    await taken(plant)
    before = len(plant.rows())
    clamp = PLANT_MAP["ST05.Board.clamp"].address
    for poll in range(200):
        outputs = [0] * 16
        outputs[clamp] = int(poll >= 100)
        plant.values.write(15, Table.COIL, 0, outputs, "plc", Role.PLC)
        plant.values.write(1, Table.HOLDING, PLANT_MAP["ST05.Heartbeat"].address, [poll], "plc", Role.PLC)
        plant.values.write(1, Table.HOLDING, PLANT_MAP["ST05.ExternalState"].address, [6], "plc", Role.PLC)
        assert await plant.durable()
        await plant.run(plant.rig.now + 20_000)
    rows = plant.rows()[before:]
    # at first every output is new; the program's own had other values
    assert len({row.tag for row in rows}) == len(rows) - 1
    assert [(row.old, row.new) for row in rows if row.tag == "ST05.Board.clamp"] == [(0, 0), (0, 1)]
    assert plant.values.values(1)["ST05.Heartbeat"] == 199
    assert plant.rig.cabinets[1].seat.image >> clamp & 1


async def test_a_refused_request_for_ownership_is_asked_again(plant: Plant) -> None:
    await plant.run(30 * SECOND)
    for _ in range(2):  # the station works: refused
        assert await plant.write("ST05.OwnerRequest", Owner.EXTERNAL)
        await plant.run(plant.rig.now + SECOND)
    assert [row.new for row in plant.rows()] == [1, 1]


async def test_what_a_stranger_writes_has_one_row_in_all(plant: Plant) -> None:
    for _ in range(10):
        plant.values.write(15, Table.COIL, 0, [1] * 5, "stranger", Role.PLC)
        assert await plant.durable()
    plant.values.write(15, Table.COIL, 0, [1], "other", Role.PLC)
    assert await plant.write(NAME, 99)  # and behind it all
    ignored = [row for row in plant.rows() if row.result == "ignored"]
    assert [(row.who, row.unit) for row in ignored] == [("stranger", 15), ("other", 15)]
    assert not plant.rig.orders.owned


async def test_a_heartbeat_that_is_lost_and_back_is_on_record_once(plant: Plant) -> None:
    await taken(plant)
    for alive in (0, 0, 0, 1):
        plant.recorder.write(Author("pacemaker", "server"), 1, "ST05.ExternalAlive", alive)
        if alive:
            await plant.run(plant.rig.now + SECOND)
    assert await plant.durable()
    await plant.run(plant.rig.now + SECOND)
    rows = [row.new for row in plant.rows() if row.tag == "ST05.ExternalAlive"]
    assert rows == [0, 1]


def limit(plant: Plant, pages: int) -> None:
    """The database may have no more pages: as a full disk."""
    connection = plant.recorder._writer._connection
    assert connection is not None
    connection.execute(f"PRAGMA max_page_count = {pages}")


async def test_a_block_is_written_whole_or_not_at_all(plant: Plant) -> None:
    limit(plant, 1)
    names = [tag.name for unit, tag in PLANT_MAP.rows() if unit.unit == 1 and tag.name.endswith("HeartbeatTimeout")]
    written = True
    before = dict(plant.rig.orders.requested)
    while written:  # until the pages there are are full
        before = dict(plant.rig.orders.requested)
        for name in names:
            plant.recorder.write(ME, 1, name, before[name] + 1)
        written = await plant.durable()
    assert plant.rig.orders.requested == before
    assert "full" in plant.recorder.problem
    limit(plant, 1 << 30)
    assert await plant.write(NAME, 5)
    assert plant.recorder.problem == ""
    assert all(sum(row.tag == name for row in plant.rows()) == before[name] - 20 for name in names if name != NAME)


async def test_the_plant_stands_at_the_end_of_its_lease(plant: Plant) -> None:
    limit(plant, 1)
    while await plant.write(NAME, plant.rig.orders.requested[NAME] % 500 + 3):
        pass
    plant.rig.run(LEASE_US - 10_000)
    plant.recorder.beat()
    assert not await plant.write(NAME, 2)
    assert plant.recorder.horizon() == LEASE_US
    limit(plant, 1 << 30)
    async with asyncio.timeout(PATIENCE_S):
        while plant.recorder.horizon() == LEASE_US:  # noqa: ASYNC110 - it tries again in its own time
            await asyncio.sleep(0.01)
    assert plant.recorder.horizon() >= 2 * LEASE_US - 10_000


async def test_what_raises_a_refusal_is_not_on_record(plant: Plant) -> None:
    plant.rig.agenda._now = -1
    with pytest.raises(Refusal):
        plant.values.write(1, Table.HOLDING, 0, [1], "me", Role.OPERATOR)
    plant.rig.agenda._now = 0
    assert plant.rows() == []


async def test_a_stop_and_a_start_lose_nothing_and_repeat_nothing(begin: Begin) -> None:
    first = begin()
    await taken(first)
    assert await first.write("ST05.Board.program", 3)
    await first.run(first.rig.now + SECOND)
    first.values.write(15, Table.HOLDING, PLANT_MAP["ST05.Board.program"].address, [4], "plc", Role.PLC)
    assert await first.durable()
    await first.close()
    now, sha, was = first.rig.now, first.rig.trace.sha256(), first.values.values(15)
    second = begin()
    assert (second.rig.now, second.rig.trace.sha256()) == (now, sha)
    assert second.values.values(15) == was
    assert second.carried.epoch == first.carried.epoch
    await second.run(now + 100 * SECOND)
    await second.close()
    again = replay(Journal(second.folder / DATABASE))
    assert (again.now_us, again.sha256) == (second.rig.now, second.rig.trace.sha256())


async def test_checkpoints_are_taken_now_and_then_and_two_are_kept(begin: Begin) -> None:
    plant = begin()
    await plant.run(45 * 60 * SECOND)
    assert await plant.write(NAME, 60)
    await plant.run(46 * 60 * SECOND)
    journal = Journal(plant.folder / DATABASE)
    async with asyncio.timeout(PATIENCE_S):
        while len(shots := journal.snapshots()) < 2 or shots[0].at_us < 40 * 60 * SECOND:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)
    assert len(shots) == 2
    assert shots[0].at_us - shots[1].at_us >= 600 * SECOND
    found = newest(journal)
    assert found is not None
    assert found[0].now == shots[0].at_us
    # what lies behind the checkpoint is repeated, the rest is not
    await plant.crash()
    again = begin()
    assert again.rig.now >= plant.rig.now
    assert float(again.carried.recovered.split(", ")[1].split()[0]) < 900
    assert again.rig.orders.requested[NAME] == 60


async def test_many_inputs_make_a_checkpoint_due_earlier_and_so_does_coming_back(begin: Begin) -> None:
    plant = begin()
    for value in range(2100):
        plant.recorder.write(ME, 1, NAME, 2 + value % 500)
    assert await plant.durable()
    await plant.run(4 * SECOND, SECOND)
    journal = Journal(plant.folder / DATABASE)
    async with asyncio.timeout(PATIENCE_S):
        while not (shots := journal.snapshots()):  # noqa: ASYNC110 - packed and written in its own time
            await asyncio.sleep(0.01)
    assert 2 * SECOND <= shots[0].at_us <= 4 * SECOND
    assert shots[0].seq == 2100
    await plant.crash()
    again = begin()
    assert Journal(plant.folder / DATABASE).snapshots()[0].at_us == again.rig.now
    await again.crash()
    third = begin()
    await third.run(30 * SECOND)
    await third.close()
    assert replay(Journal(plant.folder / DATABASE)).sha256 == third.rig.trace.sha256()


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


@pytest.mark.nightly
@pytest.mark.timeout(600)
async def test_a_day_with_all_failures_on_stays_small_and_is_never_far_from_a_checkpoint(tmp_path: Path) -> None:
    plant = Plant(tmp_path, busy())
    for hour in range(24):
        await plant.run((hour + 1) * 3600 * SECOND)
        assert await plant.write(NAME, 20 + hour)
    await plant.crash()
    assert size(tmp_path) < 50_000_000
    again = Plant(tmp_path, busy())
    assert float(again.carried.recovered.split(", ")[1].split()[0]) <= 700
    assert again.rig.orders.requested[NAME] == 43
    await again.close()
    assert replay(Journal(tmp_path / DATABASE)).sha256 == again.rig.trace.sha256()


async def test_the_logs_can_be_read_as_files_and_go_on_after_a_restart(tmp_path: Path) -> None:
    plant = Plant(tmp_path, busy())
    await plant.run(600 * SECOND)
    await plant.command("ST02", Command.HOLD)
    assert await plant.write("Line.UnitMode", Mode.MAINTENANCE, Author("somebody", "operator"))
    await plant.run(1500 * SECOND)
    files = PlantFiles(plant.rig, plant.recorder.logs)
    before = {file: whole(files, file) for file in (EVENT_LOG, OPERATOR_LOG, GENEALOGY)}
    events, writes, robots = before.values()
    assert events[:2] == [len(events) // EVENT_WORDS, EVENT_WORDS]
    assert writes[:2] == [3, WRITE_WORDS]
    last = writes[2 + 2 * WRITE_WORDS :]
    assert last[:2] == [0, 3]
    assert last[5:9] == [2, 1, 3, 2]  # an operator, unit 1, holding register 2
    assert last[9:14] == [0, 1, 0, 2, 0]  # from 1 to 2, done
    assert bytes(byte for word in last[14:] for byte in divmod(word, 256)) == b"somebody".ljust(16, b"\0")
    assert robots[:2] == [len(plant.rig.plant.ledger.finished), HISTORY_WORDS]
    assert robots[2:] == whole(files, 1)[2:]
    assert files.read(EVENT_LOG, len(events), 1) is None
    assert files.read(5, 0, 1) is None
    stops = StopEvents(plant.rig.trace, plant.carried.stops)
    await plant.crash()

    second = Plant(tmp_path, busy())
    files = PlantFiles(second.rig, second.recorder.logs)
    after = {file: whole(files, file) for file in before}
    assert after[OPERATOR_LOG] == writes
    assert after[EVENT_LOG][2 : len(events)] == events[2:]
    assert after[GENEALOGY][2 : len(robots)] == robots[2:]
    numbers = StopEvents(second.rig.trace, second.carried.stops).registers()[::4]
    assert numbers
    assert numbers[-1] == len(second.carried.stops) >= len(stops.registers()) // 4
    await second.close()


def whole(files: PlantFiles, file: int) -> list[int]:
    head = files.read(file, 0, 2)
    assert head is not None
    content = files.read(file, 0, 2 + head[0] * head[1])
    assert content is not None
    return list(content)
