"""The tag client against the real server, and against servers that are none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from protocols.errors import LinkError, MapError, Refusal
from protocols.modbus.client import PlantClient, _blocks
from protocols.modbus.server import PlantServer
from protocols.modbus.unit_image import UnitImage
from protocols.tags.line_map import LINE_MAP
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap
from tests.protocols.modbus.dict_plant import SERVERS, DictPlant
from tests.protocols.modbus.raw_client import frame
from tests.pty_console import PATIENCE_S

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
FINGERPRINT = bytes.fromhex(f"04 06 0001 {PLANT_MAP.fingerprint:08X}")


@pytest.fixture
async def client(server: PlantServer) -> AsyncIterator[PlantClient]:
    client = PlantClient("127.0.0.1", server.port)
    await client.connect()
    yield client
    await client.close()


async def serve(talk: Talk) -> tuple[asyncio.Server, int]:
    """A server that says what the test wants."""
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


async def next_request(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    header = await reader.readexactly(7)
    return int.from_bytes(header[:2]), header[6], await reader.readexactly(int.from_bytes(header[4:6]) - 1)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pdu: bytes) -> None:
    transaction, unit, _ = await next_request(reader)
    writer.write(frame(transaction, unit, pdu))


@pytest.mark.parametrize("number", sorted(PLANT_MAP.units))
async def test_every_tag_reads_what_the_plant_says(number: int, plant: DictPlant, client: PlantClient) -> None:
    unit = PLANT_MAP.units[number]
    for i, tag in enumerate(unit.tags):
        low, high = tag.bounds
        plant[tag.name] = low + (high - low) * (i % 5) // 4
    plant.generation = 5
    shown = await client.read(number)
    expected = dict(plant.values(number))
    for name in SERVERS:
        expected.pop(name, None)
    assert expected.items() <= shown.items()
    assert shown.keys() == {tag.name for tag in unit.tags}


async def test_a_reading_of_the_line_is_of_one_instant_although_the_plant_moves(
    plant: DictPlant, client: PlantClient
) -> None:
    """The plant moves once, in the middle of the first reading."""
    values = plant.values

    def moving(unit: int) -> dict[str, int]:
        result = dict(values(unit))
        if plant.asked == 2:
            plant["Line.Rate"] = plant["Line.OEE"] = 1
        return result

    plant.values = moving  # type: ignore[method-assign]
    plant.generation += 1
    shown = await client.read(1)
    assert (shown["Line.Rate"], shown["Line.OEE"]) == (1, 1)
    assert shown["Line.GenerationBefore"] == shown["Line.GenerationAfter"] == plant.generation


async def test_a_plant_that_never_rests_is_read_all_the_same(plant: DictPlant, client: PlantClient) -> None:
    values = plant.values

    def restless(unit: int) -> dict[str, int]:
        plant.generation += 1
        return dict(values(unit))

    plant.values = restless  # type: ignore[method-assign]
    plant.generation += 1
    shown = await client.read(1)
    assert shown["Line.GenerationBefore"] != shown["Line.GenerationAfter"]


@pytest.mark.parametrize(
    ("name", "raw"), [("ST01.kit_mass_sp", 1300), ("ST01.JamClear", 1), ("ST03.Board.clamp", 1), ("ST01.Board.duty", 9)]
)
async def test_a_write_reads_back_at_once(name: str, raw: int, plant: DictPlant, client: PlantClient) -> None:
    await client.write(name, raw)
    assert plant[name] == raw
    assert (await client.read(PLANT_MAP.by_name[name][0].unit))[name] == raw


async def test_refusals_before_anything_is_sent(client: PlantClient, server: PlantServer) -> None:
    requests = server.counters.requests
    with pytest.raises(Refusal, match=r"ST01\.kit_mass_sp = 5 refused: it lies outside 1000\.\.1400"):
        await client.write("ST01.kit_mass_sp", 5)
    with pytest.raises(Refusal, match=r"Line\.OEE = 5 refused: a input register cannot be written"):
        await client.write("Line.OEE", 5)
    with pytest.raises(MapError, match=r"Line\.Typo"):
        await client.write("Line.Typo", 5)
    assert server.counters.requests == requests


async def test_a_refusal_of_the_plant_carries_its_meaning_and_the_link_stays(
    plant: DictPlant, client: PlantClient
) -> None:
    plant.refuse = "somebody else owns it"
    with pytest.raises(Refusal, match=r"ST01\.JamClear = 1 refused: exception 04, the plant refused it"):
        await client.write("ST01.JamClear", 1)
    plant.refuse = ""
    await client.write("ST01.JamClear", 1)


async def test_nobody_there() -> None:
    server, port = await serve(lambda reader, writer: asyncio.sleep(0))
    server.close()
    await server.wait_closed()
    client = PlantClient("127.0.0.1", port)
    with pytest.raises(LinkError, match=rf"127\.0\.0\.1:{port}: no Modbus server can be reached"):
        await client.connect()
    assert not client.connected


async def test_another_register_map_is_named_with_both_fingerprints(plant: DictPlant, server: PlantServer) -> None:
    other_tags = (replace(LINE_MAP.tags[0], name="Line.Other"), *LINE_MAP.tags)
    other = PlantMap((replace(LINE_MAP, tags=other_tags[1:-1]), *list(PLANT_MAP.units.values())[1:]))
    client = PlantClient("127.0.0.1", server.port, other)
    with pytest.raises(LinkError) as caught:
        await client.connect()
    assert f"{PLANT_MAP.fingerprint:08X}" in str(caught.value)
    assert f"{other.fingerprint:08X}" in str(caught.value)
    assert not client.connected


async def test_a_server_without_such_registers_is_no_plant() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, b"\x84\x02")

    server, port = await serve(talk)
    with pytest.raises(LinkError, match="is no sector7 plant"):
        await PlantClient("127.0.0.1", port).connect()
    server.close()


@pytest.mark.parametrize("content", ["84", "04 02 0001", "04 06 0001", "", "04 FF 0001 0000 0000"])
async def test_a_server_that_answers_nonsense(content: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, bytes.fromhex(content))
        writer.close()

    server, port = await serve(talk)
    client = PlantClient("127.0.0.1", port, timeout_s=0.2)
    with pytest.raises(LinkError):
        await client.connect()
    assert not client.connected
    server.close()


async def test_a_lost_link_ends_the_wait_at_once_and_connect_repairs_it() -> None:
    """The timeout is far longer than the test may take: only the loss itself can end the wait."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, FINGERPRINT)
        await next_request(reader)
        writer.close()

    server, port = await serve(talk)
    client = PlantClient("127.0.0.1", port, timeout_s=3600)
    for _ in range(3):
        await client.connect()
        with pytest.raises(LinkError, match=r"read of 125 input register\(s\) at 0 of unit 1: no answer"):
            await client.read(1)
        assert not client.connected
        with pytest.raises(LinkError, match="not connected"):
            await client.read(1)
    server.close()


async def test_no_answer_in_time_closes_the_link() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, FINGERPRINT)
        await reader.read()

    server, port = await serve(talk)
    client = PlantClient("127.0.0.1", port, timeout_s=0.1)
    await client.connect()
    with pytest.raises(LinkError, match=r"ST01\.JamClear = 1: no answer"):
        await client.write("ST01.JamClear", 1)
    assert not client.connected
    await client.close()
    server.close()


@pytest.mark.parametrize("steps", range(1, 12))
async def test_a_cancelled_request_leaves_no_late_answer_behind(
    steps: int, plant: DictPlant, server: PlantServer
) -> None:
    """Cancelled at whichever step: before the request, while it is under way, together with its answer."""
    client = PlantClient("127.0.0.1", server.port, timeout_s=3600)
    for _ in range(3):
        await client.connect()
        reading = asyncio.create_task(client.read(1))
        for _ in range(steps):
            await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    await client.connect()
    plant["Line.Rate"] = 77
    assert (await client.read(1))["Line.Rate"] == 77
    await client.close()
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("steps", range(12))
async def test_a_cancellation_is_heeded_when_it_comes_with_the_loss_of_the_link(steps: int) -> None:
    """As many rounds of the loop after the server hung up as it takes to meet the error on its way."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, FINGERPRINT)
        await next_request(reader)
        writer.close()
        for _ in range(steps):
            await asyncio.sleep(0)
        writing[0].cancel()

    server, port = await serve(talk)
    client = PlantClient("127.0.0.1", port, timeout_s=3600)
    await client.connect()
    told: list[LinkError] = []

    async def write() -> None:
        try:
            await client.write("ST01.JamClear", 1)
        except LinkError as error:
            told.append(error)
        await asyncio.sleep(0)  # where a task that is to end ends at the latest, if it was told before the link

    writing = [asyncio.create_task(write())]
    await asyncio.wait(writing, timeout=PATIENCE_S)
    assert writing[0].cancelled() or (told and not writing[0].cancelling())
    await client.close()
    server.close()


async def test_close_ends_a_request_in_flight() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, FINGERPRINT)
        await next_request(reader)
        arrived.set()
        await reader.read()

    arrived = asyncio.Event()
    server, port = await serve(talk)
    client = PlantClient("127.0.0.1", port, timeout_s=3600)
    await client.connect()
    writing = asyncio.create_task(client.write("ST01.JamClear", 1))
    await arrived.wait()
    await client.close()
    with pytest.raises(LinkError):
        await writing
    await client.close()  # again: without effect
    server.close()


async def test_many_tasks_share_one_client(plant: DictPlant, client: PlantClient) -> None:
    async def work(n: int) -> None:
        name = f"ST{n:02d}.JamClear"
        await client.write(name, 1)
        assert (await client.read(1))[name] == 1
        assert len(await client.read(10 + n)) == len(PLANT_MAP.units[10 + n].tags)

    await asyncio.gather(*(work(n) for n in range(1, 13)))
    await asyncio.gather(client.connect(), client.connect())


# ---- several at once
async def test_neighbours_are_written_with_one_request(plant: DictPlant, client: PlantClient) -> None:
    block = {"Line.AlarmCommand": 5, "Line.AlarmNumber": 506, "Line.AlarmShelveReason": 2}
    before = len(plant.written)
    await client.write_together(block)
    assert len(plant.written) == before + 1
    shown = await client.read(1)
    assert {name: shown[name] for name in block} == block


async def test_what_cannot_be_written_together_is_refused_whole(plant: DictPlant, client: PlantClient) -> None:
    before = len(plant.written)
    with pytest.raises(MapError, match=r"Line\.AlarmShelveReason: is not the holding register 1 behind"):
        await client.write_together({"Line.AlarmCommand": 1, "Line.AlarmShelveReason": 2})
    with pytest.raises(MapError, match=r"Line\.AlarmRate: is not the holding register 0"):
        await client.write_together({"Line.AlarmRate": 1})
    with pytest.raises(Refusal, match=r"Line\.AlarmNumber = 1300 lies outside 0\.\.1299"):
        await client.write_together({"Line.AlarmCommand": 1, "Line.AlarmNumber": 1300})
    assert len(plant.written) == before


def test_everything_is_read_between_the_two_generation_numbers() -> None:
    blocks = _blocks(UnitImage(LINE_MAP))
    for (table, start, count), name in ((blocks[0], "Line.GenerationBefore"), (blocks[-1], "Line.GenerationAfter")):
        tag = PLANT_MAP[name]
        assert table is tag.table
        assert start <= tag.address < start + count
    assert len(set(blocks)) == len(blocks)
