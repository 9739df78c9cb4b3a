"""The server as a whole: life and death, units, windows, what only the server knows."""

from __future__ import annotations

import asyncio
import socket

import pytest

from protocols.errors import LinkError
from protocols.modbus.server import PlantServer
from protocols.modbus.unit_image import UnitImage
from protocols.tags.line_map import MAP_VERSION
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap, Table, UnitMap
from tests.protocols.modbus.clogging import clogged
from tests.protocols.modbus.dict_plant import SERVERS, DictPlant
from tests.protocols.modbus.raw_client import RawClient
from tests.protocols.modbus.small_map import SMALL_MAP

FUNCTIONS = {Table.COIL: (1, 2000), Table.DISCRETE: (2, 2000), Table.HOLDING: (3, 125), Table.INPUT: (4, 125)}


async def read_unit(raw: RawClient, unit: UnitMap) -> UnitImage:
    """The unit's tables as a master reads them in blocks of maximum size."""
    image = UnitImage(unit)
    for table, size in unit.sizes:
        function, most = FUNCTIONS[table]
        content = b""
        for start in range(0, size, most):
            count = min(most, size - start)
            answer = await raw.ask(unit.unit, bytes((function, *start.to_bytes(2), *count.to_bytes(2))))
            assert answer[:2] == bytes((function, len(answer) - 2))
            content += answer[2:]
        image.tables[table][:] = content
    return image


@pytest.mark.parametrize("number", sorted(PLANT_MAP.units))
async def test_every_tag_of_every_unit_shows_its_value(number: int, plant: DictPlant, raw: RawClient) -> None:
    unit = PLANT_MAP.units[number]
    expected = {}
    for i, tag in enumerate(unit.tags):
        low, high = tag.bounds
        expected[tag.name] = plant[tag.name] = low + (high - low) * (i % 7) // 6
    shown = (await read_unit(raw, unit)).values()
    for name in SERVERS:
        expected.pop(name, None), shown.pop(name, None)
    assert shown == expected


async def test_what_the_server_itself_is_the_writer_of(plant: DictPlant, raw: RawClient) -> None:
    await raw.ask(1, b"\x63")
    plant.generation = 0x12345
    shown = (await read_unit(raw, PLANT_MAP.units[1])).values()
    assert shown["Line.MapVersion"] == MAP_VERSION
    assert shown["Line.MapFingerprint"] == PLANT_MAP.fingerprint
    assert shown["Line.GenerationBefore"] == shown["Line.GenerationAfter"] == 0x2345
    # as they were when the image was worked out, with the first of the reads
    assert (shown["Line.Requests"], shown["Line.Exceptions"], shown["Line.Clients"]) == (1, 1, 1)
    assert (shown["Line.BytesReceived"], shown["Line.BytesSent"]) == (8 + 12, 9)


async def test_counters(server: PlantServer, raw: RawClient) -> None:
    await raw.ask(1, bytes.fromhex("03 0000 0002"))
    await raw.ask(9, bytes.fromhex("03 0000 0002"))
    counters = server.counters
    assert (counters.requests, counters.exceptions) == (2, 1)
    assert (counters.bytes_in, counters.bytes_out) == (24, 13 + 9)
    assert (counters.clients, counters.connections) == (1, 1)


async def test_a_write_goes_to_the_real_unit_once_as_a_whole(plant: DictPlant, raw: RawClient) -> None:
    await raw.ask(255, bytes.fromhex("10 0014 0003 06 0514 0014 BEEF"))
    host, port = raw.writer.get_extra_info("sockname")
    assert plant.written == [(1, Table.HOLDING, 20, [0x514, 0x14, 0xBEEF], f"{host}:{port}")]
    assert plant["ST01.kit_mass_sp"] == 0x514


async def test_an_exchange_through_the_windows_is_coils_and_registers(plant: DictPlant, raw: RawClient) -> None:
    words = [0, 20_000, 0b1_0000_0011, 0x0123, 0x0456, 0x0200, 7, 100]
    payload = b"".join(word.to_bytes(2) for word in words)
    request = bytes.fromhex("17 1100 0009 1000 0008 10") + payload
    answer = await raw.ask(11, request)
    assert answer[:2] == b"\x17\x12"
    assert [w[:4] for w in plant.written] == [
        (11, Table.COIL, 0, [1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
        (11, Table.HOLDING, 0, [0x0123, 0x0456, 0x0200, 7, 100]),
    ]
    assert plant["ST01.Board.acknowledge"] == 1
    assert plant["ST01.Board.axis_speed"] == 0x0456
    assert await raw.ask(11, bytes.fromhex("03 1002 0003")) == bytes.fromhex("03 06 0103 0123 0456")


async def test_a_master_that_rewrites_everything_it_read_gets_no_exception(plant: DictPlant, raw: RawClient) -> None:
    for unit in PLANT_MAP.units.values():
        holding = dict(unit.sizes)[Table.HOLDING]
        for start in range(0, holding, 123):
            count = min(123, holding - start)
            block = (await raw.ask(unit.unit, b"\x03" + start.to_bytes(2) + count.to_bytes(2)))[2:]
            request = b"\x10" + start.to_bytes(2) + count.to_bytes(2) + bytes((len(block),)) + block
            assert (await raw.ask(unit.unit, request)) == request[:5]
    assert all(raw_value == plant[name] for name, raw_value in plant.values(1).items())


async def test_the_port_in_use_is_named_with_the_remedy(server: PlantServer, plant: DictPlant) -> None:
    second = PlantServer(plant, plant, PLANT_MAP, port=server.port)
    with pytest.raises(LinkError, match=rf"127\.0\.0\.1:{server.port}.*in use.*another port") as caught:
        await second.start()
    assert caught.value.exit_code == 3
    await second.stop()


@pytest.mark.parametrize(
    ("host", "port", "remedy"),
    [("192.0.2.1", 0, "does not have that address"), ("127.0.0.1", 65536, "0-65535")],
)
async def test_an_address_that_cannot_be_had(host: str, port: int, remedy: str, plant: DictPlant) -> None:
    with pytest.raises(LinkError, match=remedy) as caught:
        await PlantServer(plant, plant, PLANT_MAP, host, port).start()
    assert caught.value.partner == f"{host}:{port}"


async def test_stop_parts_from_clients_frees_the_port_and_leaves_nothing(plant: DictPlant) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    await server.stop()  # never started: without effect
    await server.start()
    port = server.port
    clients = [await RawClient.connect(port) for _ in range(3)]
    for client in clients:
        await client.ask(1, b"\x03\0\0\0\x01")
    await server.stop()
    assert [await client.ended() for client in clients] == [True] * 3
    assert server.counters.clients == 0
    assert asyncio.all_tasks() == {asyncio.current_task()}
    with socket.create_server(("127.0.0.1", port), reuse_port=False):
        pass
    for client in clients:
        await client.close()


async def test_a_stuck_client_does_not_hold_up_the_stop(plant: DictPlant) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    await server.start()
    stuck = await RawClient.connect(server.port)
    stuck.reader._transport.pause_reading()  # type: ignore[attr-defined]
    stuck.writer.write(b"\0\0\0\0\0\x06\x01\x04\0\0\0\x7d" * 50_000)
    other = await RawClient.connect(server.port)
    while not clogged(server):
        await other.ask(1, b"\x03\0\0\0\x01")
    await server.stop()
    assert server.counters.clients == 0
    stuck.writer.transport.abort()
    await other.close()


async def test_start_again_after_stop(plant: DictPlant) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    for _ in range(3):
        await server.start()
        client = await RawClient.connect(server.port)
        assert (await client.ask(1, b"\x03\0\0\0\x01"))[0] == 3
        await client.close()
        await server.stop()
    assert server.counters.requests == 3


async def test_two_servers_in_one_process(plant: DictPlant, raw: RawClient) -> None:
    small = DictPlant(SMALL_MAP)
    server = PlantServer(small, small, SMALL_MAP, port=0, strict=True)
    await server.start()
    client = await RawClient.connect(server.port)
    assert (await client.ask(7, b"\x03\0\0\0\x0c"))[1] == 24
    assert await client.ask(1, b"\x03\0\0\0\x01") == b"\x83\x0b"
    assert (await raw.ask(1, b"\x03\0\0\0\x01"))[0] == 3
    await client.close()
    await server.stop()


async def test_a_source_out_of_bounds_does_not_stop_the_server(
    plant: DictPlant, caplog: pytest.LogCaptureFixture
) -> None:
    class Wild(DictPlant):
        def values(self, unit: int) -> dict[str, int]:
            return {**super().values(unit), "Line.Rate": 70_000} if unit == 1 else dict(super().values(unit))

    wild = Wild(PLANT_MAP)
    server = PlantServer(wild, wild, PLANT_MAP, port=0)
    await server.start()
    client = await RawClient.connect(server.port)
    assert await client.ask(1, bytes.fromhex("04 001E 0001")) == bytes.fromhex("04 02 FFFF")
    assert server.saturated == 1
    assert caplog.messages == ["value does not fit its register: unit 1: Line.Rate = 70000"]
    await client.close()
    await server.stop()


async def test_an_empty_map_answers_that_nobody_is_there(plant: DictPlant) -> None:
    empty = PlantMap(())
    nothing = DictPlant(empty)
    server = PlantServer(nothing, nothing, empty, port=0)
    await server.start()
    client = await RawClient.connect(server.port)
    assert await client.ask(1, b"\x03\0\0\0\x01") == b"\x83\x0b"
    await client.close()
    await server.stop()
