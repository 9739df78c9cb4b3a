"""The byte stream: cut anywhere, piled up, broken, half closed, stuck, idle, too many."""

from __future__ import annotations

import asyncio
import logging
import random

import pytest

from protocols.modbus.server import PlantServer
from protocols.modbus.session import SLICE
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus.clogging import clogged
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import RawClient, frame

READ = bytes.fromhex("03 0014 0001")
ANSWER = bytes.fromhex("03 02 04B0")

BROKEN = {
    "protocol 1": "0001 0001 0006 01 03 0014 0001",
    "protocol FFFF": "0001 FFFF 0006 01 03 0014 0001",
    "length 0": "0001 0000 0000 01 03 0014 0001",
    "length 1": "0001 0000 0001 01",
    "length 255": "0001 0000 00FF 01 03",
    "length 300": "0001 0000 012C 01 03",
    "length FFFF": "0001 0000 FFFF 01 03",
    "a web browser": b"GET / HTTP/1.1\r\n\r\n".hex(),
    "a serial frame": "01 03 0014 0001 C40E",
    "noise": random.Random(7).randbytes(600).hex(),
}


@pytest.mark.parametrize("stream", BROKEN.values(), ids=BROKEN)
async def test_a_broken_stream_is_closed_and_said_once(
    stream: str, raw: RawClient, server: PlantServer, caplog: pytest.LogCaptureFixture
) -> None:
    await raw.send(bytes.fromhex(stream))
    assert await raw.ended()
    assert server.counters.broken_frames == 1
    assert server.counters.requests == 0
    [line] = caplog.messages
    assert line.startswith("client dropped: 127.0.0.1:")
    assert "no Modbus TCP frame begins with" in line


async def test_requests_before_a_broken_frame_are_answered(raw: RawClient) -> None:
    await raw.send(frame(1, 1, READ) + frame(2, 11, READ) + bytes.fromhex(BROKEN["length 0"]))
    assert await raw.receive() == (1, 1, ANSWER)
    assert await raw.receive() == (2, 11, bytes.fromhex("03 02 0000"))
    assert await raw.ended()


async def test_byte_by_byte(raw: RawClient) -> None:
    for transaction in (0, 0x00FF, 0xFFFF):
        for byte in frame(transaction, 1, READ):
            await raw.send(bytes((byte,)))
        assert await raw.receive() == (transaction, 1, ANSWER)


@pytest.mark.parametrize("seed", range(5))
async def test_a_stream_cut_at_random_places(seed: int, raw: RawClient) -> None:
    draw = random.Random(seed)
    stream = b"".join(frame(n, 1, READ) for n in range(40))
    while stream:
        cut = draw.randint(1, 50)
        await raw.send(stream[:cut])
        stream = stream[cut:]
        await asyncio.sleep(0)
    assert [await raw.receive() for _ in range(40)] == [(n, 1, ANSWER) for n in range(40)]


async def test_pipelined_requests_are_answered_in_order_with_their_own_transactions(raw: RawClient) -> None:
    count = 5 * SLICE + 3
    await raw.send(b"".join(frame(7 * n & 0xFFFF, n % 2 * 255, READ) for n in range(count)))
    answers = [await raw.receive() for _ in range(count)]
    assert answers == [(7 * n & 0xFFFF, n % 2 * 255, ANSWER) for n in range(count)]


async def test_a_write_is_seen_by_the_read_behind_it_in_the_same_segment(raw: RawClient) -> None:
    await raw.send(frame(1, 1, READ) + frame(2, 1, bytes.fromhex("06 0014 0514")) + frame(3, 1, READ))
    answers = [(await raw.receive())[2].hex() for _ in range(3)]
    assert answers == [ANSWER.hex(), "0600140514", "03020514"]


async def test_half_close_after_the_request(raw: RawClient) -> None:
    await raw.send(frame(9, 1, READ) * (SLICE + 5))
    raw.writer.write_eof()
    assert [await raw.receive() for _ in range(SLICE + 5)] == [(9, 1, ANSWER)] * (SLICE + 5)
    assert await raw.ended()


async def test_half_close_in_the_middle_of_a_request(raw: RawClient, server: PlantServer) -> None:
    await raw.send(frame(9, 1, READ)[:-1])
    raw.writer.write_eof()
    assert await raw.ended()
    assert server.counters.requests == 0


async def test_a_reset_leaves_the_others_alone(raw: RawClient, server: PlantServer) -> None:
    rude = await RawClient.connect(server.port)
    await rude.ask(1, READ)
    rude.writer.transport.abort()
    assert await raw.ask(1, READ) == ANSWER


async def test_a_client_that_does_not_read_is_not_read_either(server: PlantServer, raw: RawClient) -> None:
    """What the server keeps for such a client stays bounded: socket buffers and one write buffer."""
    stuck = await RawClient.connect(server.port)
    stuck.reader._transport.pause_reading()  # type: ignore[attr-defined]
    request = frame(1, 1, bytes.fromhex("04 0000 007D")) * 1000
    while True:
        stuck.writer.write(request)
        before = server.counters.requests
        for _ in range(50):  # others are served meanwhile
            assert await raw.ask(1, READ) == ANSWER
        if server.counters.requests - before == 50:
            break
    [connection] = clogged(server)
    assert connection._raw is not None
    assert connection._raw.get_write_buffer_size() < 200_000
    stuck.reader._transport.resume_reading()  # type: ignore[attr-defined]
    assert (await stuck.receive())[0] == 1
    stuck.writer.transport.abort()


async def test_a_large_pile_is_answered_while_others_get_their_turn(server: PlantServer, raw: RawClient) -> None:
    busy = await RawClient.connect(server.port)
    pile = 2000
    await busy.send(frame(1, 1, READ) * pile)
    assert await raw.ask(1, READ) == ANSWER
    assert [(await busy.receive())[2] for _ in range(pile)] == [ANSWER] * pile
    await busy.close()


async def test_an_idle_client_is_closed(plant: DictPlant, caplog: pytest.LogCaptureFixture) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=0, idle_timeout_s=0.05)
    await server.start()
    silent, drip = await RawClient.connect(server.port), await RawClient.connect(server.port)
    assert await silent.ask(1, READ) == ANSWER
    await drip.send(b"\0")  # bytes alone are no sign of life
    assert await silent.ended()
    assert await drip.ended()
    assert server.counters.idle_closed == 2
    assert server.counters.clients == 0
    assert "no request for 0.05 s" in caplog.text
    await server.stop()


async def test_one_client_too_many_is_turned_away_and_may_come_back(
    plant: DictPlant, caplog: pytest.LogCaptureFixture
) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=0, max_clients=2)
    await server.start()
    first, second = await RawClient.connect(server.port), await RawClient.connect(server.port)
    assert [await c.ask(1, READ) for c in (first, second)] == [ANSWER, ANSWER]
    third = await RawClient.connect(server.port)
    assert await third.ended()
    assert server.counters.connections_refused == 1
    assert "2 clients are connected already" in caplog.text
    assert await first.ask(1, READ) == ANSWER
    second.writer.write_eof()
    assert await second.ended()
    fourth = await RawClient.connect(server.port)
    assert await fourth.ask(1, READ) == ANSWER
    assert server.counters.clients == 2
    await server.stop()


async def test_a_flood_of_nonsense_writes_few_lines(server: PlantServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sector7")
    for _ in range(30):
        rude = await RawClient.connect(server.port)
        await rude.send(b"nonsense")
        assert await rude.ended()
    assert server.counters.broken_frames == 30
    assert len(caplog.messages) <= 12
    assert not any(record.exc_info for record in caplog.records)
