"""Answers to writes that wait for the journal: in order on their own connection, in nobody's way on others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from protocols.modbus.server import PlantServer
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import RawClient, frame

READ = bytes.fromhex("03 0014 0001")
WRITE = bytes.fromhex("06 0014 0514")
OLD, NEW = bytes.fromhex("03 02 04B0"), bytes.fromhex("03 02 0514")
EXCHANGE = bytes.fromhex("17 0014 0001 0015 0001 02 0014")


class Journal(DictPlant):
    """A plant whose writes count when the test says so: the gate and the plant behind it."""

    def __init__(self) -> None:
        super().__init__(PLANT_MAP)
        self.waiting: list[tuple[int, Table, int, list[int], str, Role]] = []
        self.callbacks: list[Callable[[bool], None]] = []
        self.shut = True
        self.arrived = asyncio.Event()

    def refused(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """Nothing is remembered."""

    def newest(self, unit: int, address: int) -> int | None:
        here = (values[address - at] for u, t, at, values, *_ in reversed(self.waiting)
                if (u, t) == (unit, Table.HOLDING) and at <= address < at + len(values))  # fmt: skip
        return next(here, None)

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        if not self.shut:
            super().write(unit, table, address, values, who, role)
        else:
            self.waiting.append((unit, table, address, values, who, role))

    def when_durable(self, done: Callable[[bool], None]) -> bool:
        if not self.shut:
            return True
        self.callbacks.append(done)
        self.arrived.set()
        return False

    async def writes(self, count: int) -> None:
        while len(self.callbacks) < count:
            self.arrived.clear()
            await self.arrived.wait()

    def commit(self, well: bool = True) -> None:
        waiting, self.waiting = self.waiting, []
        for write in waiting if well else ():
            super().write(*write)
        callbacks, self.callbacks = self.callbacks, []
        for done in callbacks:
            done(well)


@pytest.fixture
async def journal() -> Journal:
    return Journal()


@pytest.fixture
async def gated(journal: Journal) -> AsyncIterator[PlantServer]:
    server = PlantServer(journal, journal, PLANT_MAP, port=0, gate=journal, strict=True)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def client(gated: PlantServer) -> AsyncIterator[RawClient]:
    client = await RawClient.connect(gated.port)
    yield client
    await client.close()


async def test_a_write_is_answered_when_it_is_durable_and_others_go_on(
    journal: Journal, gated: PlantServer, client: RawClient
) -> None:
    other = await RawClient.connect(gated.port)
    await client.send(frame(1, 1, WRITE))
    await journal.writes(1)
    for _ in range(5):
        assert await other.ask(1, READ) == OLD
    journal.commit()
    assert await client.receive() == (1, 1, WRITE)
    assert await other.ask(1, READ) == NEW
    await other.close()


async def test_what_stands_behind_a_write_waits_and_sees_it(journal: Journal, client: RawClient) -> None:
    await client.send(frame(1, 1, READ) + frame(2, 1, WRITE) + frame(3, 1, READ) + frame(4, 9, READ))
    await journal.writes(1)
    assert await client.receive() == (1, 1, OLD)
    journal.commit()
    assert [await client.receive() for _ in range(3)] == [(2, 1, WRITE), (3, 1, NEW), (4, 9, b"\x83\x0b")]


async def test_what_comes_later_waits_behind_a_write_too(
    journal: Journal, gated: PlantServer, client: RawClient
) -> None:
    await client.send(frame(1, 1, WRITE))
    await journal.writes(1)
    await client.send(frame(2, 1, READ))
    other = await RawClient.connect(gated.port)  # a turn of the loop in which the read has come in for sure
    for _ in range(3):
        assert await other.ask(1, READ) == OLD
    journal.commit()
    assert [await client.receive() for _ in range(2)] == [(1, 1, WRITE), (2, 1, NEW)]
    await other.close()


async def test_writes_in_a_row_share_one_commit_with_their_exceptions_in_between(
    journal: Journal, client: RawClient
) -> None:
    wrong = bytes.fromhex("06 0014 FFFF")
    await client.send(frame(1, 1, WRITE) + frame(2, 1, wrong) + frame(3, 1, WRITE) + frame(4, 1, READ))
    await journal.writes(2)
    journal.commit()
    answers = [await client.receive() for _ in range(4)]
    assert answers == [(1, 1, WRITE), (2, 1, b"\x86\x03"), (3, 1, WRITE), (4, 1, NEW)]


async def test_answers_keep_their_order_when_commits_come_the_other_way_round(
    journal: Journal, client: RawClient
) -> None:
    await client.send(frame(1, 1, WRITE) + frame(2, 1, WRITE))
    await journal.writes(2)
    first, second = journal.callbacks
    journal.callbacks = []
    second(True)
    await client.send(frame(3, 1, WRITE))
    await journal.writes(1)
    first(True)
    assert [(await client.receive())[0] for _ in range(2)] == [1, 2]
    journal.commit()
    assert (await client.receive())[0] == 3


async def test_an_exchange_reads_what_it_wrote(journal: Journal, client: RawClient) -> None:
    await client.send(frame(1, 1, WRITE) + frame(2, 1, EXCHANGE))
    await journal.writes(1)
    journal.commit()
    assert await client.receive() == (1, 1, WRITE)
    await journal.writes(1)
    journal.commit()
    assert await client.receive() == (2, 1, b"\x17" + NEW[1:])


async def test_a_mask_takes_what_others_have_written_though_it_is_not_to_be_seen_yet(
    journal: Journal, gated: PlantServer, client: RawClient
) -> None:
    other = await RawClient.connect(gated.port)
    await client.send(frame(1, 1, WRITE))
    await journal.writes(1)
    mask = bytes.fromhex("16 0014 FF00 0001")
    await other.send(frame(2, 1, mask))
    await journal.writes(2)
    journal.commit()
    assert await client.receive() == (1, 1, WRITE)
    assert await other.receive() == (2, 1, mask)
    assert await other.ask(1, READ) == bytes.fromhex("03 02 0501")
    await other.close()


async def test_a_commit_that_fails_is_exception_4_and_nothing_has_changed(journal: Journal, client: RawClient) -> None:
    await client.send(frame(1, 1, WRITE) + frame(2, 1, READ))
    await journal.writes(1)
    journal.commit(well=False)
    assert [await client.receive() for _ in range(2)] == [(1, 1, b"\x86\x04"), (2, 1, OLD)]


async def test_half_close_behind_a_write_still_gets_its_answer(journal: Journal, client: RawClient) -> None:
    await client.send(frame(1, 1, WRITE))
    client.writer.write_eof()
    await journal.writes(1)
    journal.commit()
    assert await client.receive() == (1, 1, WRITE)
    assert await client.ended()


async def test_nonsense_behind_a_write_is_dropped_after_the_answer(journal: Journal, client: RawClient) -> None:
    await client.send(frame(1, 1, WRITE) + b"GET / HTTP/1.1")
    await journal.writes(1)
    journal.commit()
    assert await client.receive() == (1, 1, WRITE)
    assert await client.ended()


async def test_a_client_that_leaves_before_the_commit_hurts_nobody(
    journal: Journal, gated: PlantServer, client: RawClient
) -> None:
    rude = await RawClient.connect(gated.port)
    await rude.send(frame(1, 1, WRITE))
    await journal.writes(1)
    rude.reset()
    assert await client.ask(1, READ) == OLD
    while gated.counters.clients > 1:
        await client.ask(1, READ)
    journal.commit()
    assert await client.ask(1, READ) == NEW


async def test_many_writes_wait_within_bounds(journal: Journal, gated: PlantServer, client: RawClient) -> None:
    count = 200
    await client.send(b"".join(frame(n, 1, WRITE) for n in range(count)))
    other = await RawClient.connect(gated.port)
    await journal.writes(32)
    assert await other.ask(1, READ) == OLD
    assert len(journal.callbacks) == 32
    journal.shut = False
    journal.commit()
    assert [(await client.receive())[0] for _ in range(count)] == list(range(count))
    await other.close()


async def test_an_open_gate_costs_no_wait(journal: Journal, client: RawClient) -> None:
    journal.shut = False
    assert await client.ask(1, WRITE) == WRITE
    assert await client.ask(1, READ) == NEW
