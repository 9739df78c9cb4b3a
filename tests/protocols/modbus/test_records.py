"""Functions 17, 20 and 24 on a unit that has files and a queue, byte for byte."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import RawClient


class Shelf:
    """File 4 has 9 registers, file 7 all 10,000: register n holds n."""

    SIZES = {4: 9, 7: 10_000}

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        return range(record, record + count) if record + count <= self.SIZES.get(file, 0) else None


class Queue:
    """A queue that a test fills."""

    def __init__(self) -> None:
        self.content: list[int] = []

    def registers(self) -> Sequence[int]:
        return self.content


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
async def client(plant: DictPlant, queue: Queue) -> AsyncIterator[RawClient]:
    server = PlantServer(plant, plant, PLANT_MAP, port=0, files=Shelf(), events=queue)
    await server.start()
    client = await RawClient.connect(server.port)
    yield client
    await client.close()
    await server.stop()


LONGEST = "".join(f"{n:04X}" for n in range(124))

FILES = f"""
one register                   | 14 07 06 0004 0001 0001 | 14 04 03 06 0001
two groups                     | 14 0E 06 0004 0001 0002 06 0007 0009 0001 | 14 0A 05 06 0001 0002 03 06 0009
the last registers             | 14 07 06 0007 270E 0002 | 14 06 05 06 270E 270F
as much as fits an answer      | 14 07 06 0007 0000 007C | 14 FA F9 06 {LONGEST}
more than fits an answer       | 14 07 06 0007 0000 007D | 94 03
two groups too much together   | 14 0E 06 0007 0000 003E 06 0007 0000 003E | 94 03
no registers                   | 14 07 06 0004 0001 0000 | 94 03
another reference type         | 14 07 05 0004 0001 0001 | 94 02
file 0                         | 14 07 06 0000 0001 0001 | 94 02
no such file                   | 14 07 06 0005 0001 0001 | 94 02
behind the end of the file     | 14 07 06 0004 0008 0002 | 94 02
record 10000                   | 14 07 06 0007 2710 0001 | 94 02
across record 9999             | 14 07 06 0007 270F 0002 | 94 02
one of two groups is wrong     | 14 0E 06 0004 0001 0002 06 0005 0009 0001 | 94 02
byte count 0                   | 14 00 | 94 03
byte count 6                   | 14 06 06 0004 0001 00 | 94 03
byte count 8                   | 14 08 06 0004 0001 0001 00 | 94 03
byte count 246                 | 14 F6 {"06 0004 0001 0001" * 35} 00 | 94 03
byte count and data differ     | 14 0E 06 0004 0001 0001 | 94 03
truncated                      | 14 07 06 0004 0001 00 | 94 03
trailing byte                  | 14 07 06 0004 0001 0001 00 | 94 03
nothing but the function       | 14 | 94 03
""".strip().splitlines()


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.split("|")[0].strip())
async def test_file_records(case: str, client: RawClient) -> None:
    _, request, answer = case.split("|")
    assert (await client.ask(1, bytes.fromhex(request))).hex() == bytes.fromhex(answer).hex()


async def test_the_queue_is_read_oldest_first_and_keeps_its_content(client: RawClient, queue: Queue) -> None:
    ask = bytes.fromhex("18 2000")
    assert await client.ask(1, ask) == bytes.fromhex("18 0002 0000")
    queue.content = [0x0102, 0x0304]
    for _ in range(2):
        assert await client.ask(1, ask) == bytes.fromhex("18 0006 0002 0102 0304")
    queue.content = list(range(31))
    assert await client.ask(1, ask) == bytes.fromhex("18 0040 001F") + b"".join(n.to_bytes(2) for n in range(31))
    queue.content = list(range(32))
    assert await client.ask(1, ask) == b"\x98\x03"


@pytest.mark.parametrize(
    ("request_", "answer"), [("18 2001", "98 02"), ("18 0000", "98 02"), ("18 20", "98 03"), ("18 2000 00", "98 03")]
)
async def test_where_there_is_no_queue(request_: str, answer: str, client: RawClient) -> None:
    assert await client.ask(1, bytes.fromhex(request_)) == bytes.fromhex(answer)


async def test_every_unit_reports_its_id(client: RawClient) -> None:
    for number, unit in PLANT_MAP.units.items():
        answer = await client.ask(number, b"\x11")
        assert answer[1] == len(answer) - 2
        assert answer[2:4] == bytes((number, 0xFF))
        assert unit.title.encode() in answer
