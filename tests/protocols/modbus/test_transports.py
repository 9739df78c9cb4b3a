"""What the transports have in common beside single requests, and what is peculiar to each."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hil.serial_stream import SerialStream
from protocols.errors import LinkError
from protocols.modbus.doors import SerialDoor, TcpDoor, network
from protocols.modbus.server import PlantServer
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.links import TRANSPORTS, Bench, PtyLink, RtuLink, TcpLink, adu, ask
from tests.protocols.modbus.raw_client import RawClient

READ = bytes.fromhex("03 0014 0001")
ANSWER = bytes.fromhex("03 02 04B0")
WRITE = bytes.fromhex("06 0014 0514")


@pytest.fixture(params=TRANSPORTS)
async def bench(request: pytest.FixtureRequest, plant: DictPlant, certificates: Path) -> AsyncIterator[Bench]:
    bench = Bench(request.param, plant, certificates)
    await bench.server.start()
    yield bench
    await bench.server.stop()


async def test_byte_by_byte(bench: Bench) -> None:
    link = await bench.link()
    if isinstance(link, RtuLink):
        for byte in adu(1, READ):
            await link.write(bytes((byte,)))
    else:
        assert isinstance(link, TcpLink)
        link.sent.append(0x1234)
        for byte in bytes.fromhex("1234 0000 0006 01") + READ:
            await link.raw.send(bytes((byte,)))
    assert await link.receive() == (1, ANSWER)
    await link.close()


async def test_one_frame_and_a_half_then_the_rest(bench: Bench) -> None:
    link = await bench.link()
    if isinstance(link, RtuLink):
        await link.write(adu(1, READ) + adu(11, READ)[:3])
        assert await link.receive() == (1, ANSWER)
        await link.write(adu(11, READ)[3:])
    else:
        assert isinstance(link, TcpLink)
        link.sent += [1, 2]
        second = bytes.fromhex("0002 0000 0006 0B") + READ
        await link.raw.send(bytes.fromhex("0001 0000 0006 01") + READ + second[:5])
        assert await link.receive() == (1, ANSWER)
        await link.raw.send(second[5:])
    assert await link.receive() == (11, bytes.fromhex("03 02 0000"))
    await link.close()


async def test_requests_in_one_piece_are_answered_in_order(bench: Bench) -> None:
    link = await bench.link()
    numbers = [random.Random(3).randrange(20, 30) for _ in range(100)]
    if isinstance(link, RtuLink):
        await link.write(b"".join(adu(1, b"\x03\0" + bytes((n, 0, 1))) for n in numbers))
    else:
        for n in numbers:
            await link.send(1, b"\x03\0" + bytes((n, 0, 1)))
    plant_cells = [await link.receive() for _ in numbers]
    expected = {n: DictPlant(PLANT_MAP).cell(1, Table.HOLDING, n) for n in set(numbers)}
    assert plant_cells == [(1, b"\x03\x02" + expected[n].to_bytes(2)) for n in numbers]
    await link.close()


async def test_a_unit_in_listen_only_mode_obeys_only_a_restart(bench: Bench, plant: DictPlant) -> None:
    link = await bench.link()
    await link.send(11, bytes.fromhex("08 0004 0000"))
    await link.send(11, bytes.fromhex("06 0000 0001"))
    assert await ask(link, 1, READ) == ANSWER
    await link.send(11, bytes.fromhex("03 0000 0001"))
    assert await ask(link, 1, READ) == ANSWER
    assert plant.written == []
    await link.send(11, bytes.fromhex("08 0001 0000"))  # comes back without a word
    assert await ask(link, 11, bytes.fromhex("08 000E 0000")) == bytes.fromhex("08 000E 0001")
    assert await ask(link, 11, bytes.fromhex("06 0000 0001")) == bytes.fromhex("06 0000 0001")
    await link.close()


async def test_counters_of_function_8(bench: Bench) -> None:
    link = await bench.link()
    await ask(link, 11, bytes.fromhex("03 0000 0000"))
    await ask(link, 11, bytes.fromhex("63"))
    await ask(link, 1, READ)
    assert (await ask(link, 11, bytes.fromhex("03 0000 0001")))[0] == 3

    async def counter(unit: int, number: int) -> int:
        return int.from_bytes((await ask(link, unit, bytes((8, 0, number, 0, 0))))[3:])

    assert await counter(11, 11) == 5
    assert [await counter(11, n) for n in (12, 13, 14, 15)] == [0, 2, 7, 0]
    assert await counter(1, 13) == 0
    await ask(link, 11, bytes.fromhex("08 000A 0000"))
    assert [await counter(11, n) for n in (11, 13, 14)] == [1, 0, 3]
    await link.close()


@pytest.fixture
async def pty() -> AsyncIterator[PtyLink]:
    link = PtyLink()
    yield link
    await link.close()


@pytest.fixture
async def slaves(pty: PtyLink, plant: DictPlant) -> AsyncIterator[PlantServer]:
    door = SerialDoor(SerialStream(pty.path), units=(11, 12))
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door], strict=True)
    await server.start()
    yield server
    await server.stop()


async def test_a_serial_line_answers_for_its_units_only(pty: PtyLink, slaves: PlantServer) -> None:
    for unit in (1, 13, 255, 9):
        await pty.send(unit, READ)
    assert await ask(pty, 12, READ) == bytes.fromhex("03 02 0000")
    assert slaves.counters.requests == 5


async def test_a_broadcast_writes_to_all_units_and_nobody_answers(
    pty: PtyLink, slaves: PlantServer, plant: DictPlant
) -> None:
    await pty.send(0, bytes.fromhex("06 0003 0007"))
    await pty.send(0, READ)  # makes no sense, and has no effect
    assert await ask(pty, 11, bytes.fromhex("03 0003 0001")) == bytes.fromhex("03 02 0007")
    assert [w[:4] for w in plant.written] == [(u, Table.HOLDING, 3, [7]) for u in (11, 12)]


@pytest.mark.parametrize(
    "noise",
    [b"\0", b"\xff\xff", adu(11, READ)[:-1] + b"\0", adu(13, bytes.fromhex("03 08 0001 0002 0003 0004")),
     adu(13, bytes.fromhex("10 0000 0002")), random.Random(2).randbytes(900)],
    ids=["a glitch", "two", "a bad check", "another's answer", "another's short answer", "a burst"],
)  # fmt: skip
async def test_what_spoils_the_line_costs_no_more_than_itself(noise: bytes, pty: PtyLink, slaves: PlantServer) -> None:
    await pty.write(noise + adu(11, bytes.fromhex("03 0011 0001")))
    assert await pty.receive() == (11, bytes.fromhex("03 02 0005"))


async def test_spoilt_frames_are_counted(pty: PtyLink, slaves: PlantServer) -> None:
    await pty.write(adu(11, READ)[:-1] + b"\0" + adu(11, READ))
    await pty.receive()
    assert await ask(pty, 11, bytes.fromhex("08 000C 0000")) == bytes.fromhex("08 000C 0001")


async def said(text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Waits until the log has it."""
    while text not in caplog.text:  # noqa: ASYNC110 - a log has no event to wait for
        await asyncio.sleep(0)


async def test_a_line_that_is_unplugged_comes_back(
    plant: DictPlant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("protocols.modbus.serial.SerialSlave.__init__.__defaults__", (0.01,))
    first = PtyLink()
    port = tmp_path / "ttyTEST"
    port.symlink_to(first.path)
    door = SerialDoor(SerialStream(str(port)), units=(11,))
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door])
    await server.start()
    assert (await ask(first, 11, READ))[0] == 3
    await first.close()
    port.unlink()
    second = PtyLink()
    await said("serial line lost", caplog)
    port.symlink_to(second.path)
    await said("serial line back", caplog)
    assert (await ask(second, 11, READ))[0] == 3
    assert caplog.text.count("serial line lost") == 1
    await server.stop()
    await second.close()


@pytest.mark.parametrize(("path", "said"), [("/dev/ttyNOT_THERE", "no such device"), ("/dev/null", "cannot be opened")])
async def test_a_line_that_cannot_be_had_says_why(path: str, said: str, plant: DictPlant) -> None:
    tcp = TcpDoor(port=0)
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[tcp, SerialDoor(SerialStream(path))])
    with pytest.raises(LinkError, match=said) as caught:
        await server.start()
    assert caught.value.partner == path
    assert server.open_doors == []


async def test_a_unit_that_does_not_exist_is_named(plant: DictPlant, pty: PtyLink) -> None:
    door = SerialDoor(SerialStream(pty.path), units=(11, 99))
    with pytest.raises(LinkError, match=r"unit 99 is not in the register map.*there are 1, 11, 12"):
        await PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door]).start()


async def test_all_doors_at_once_on_one_plant(plant: DictPlant, certificates: Path, pty: PtyLink) -> None:
    rtu, plain = TcpDoor(port=0, rtu=True), TcpDoor(port=0)
    secure = Bench("tls", plant, certificates).server.doors[0]
    doors = [plain, secure, rtu, SerialDoor(SerialStream(pty.path), units=(11,))]
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=doors)
    await server.start()
    assert [name.partition(" ")[2] for name in server.open_doors] == [
        "", "(Modbus TLS)", "(RTU over TCP)", "(115200 baud, units 11)",
    ]  # fmt: skip
    one = TcpLink(await RawClient.connect(server.port_of(plain)))
    await ask(one, 11, bytes.fromhex("06 0000 0042"))
    assert await ask(pty, 11, bytes.fromhex("03 0000 0001")) == bytes.fromhex("03 02 0042")
    await one.close()
    await server.stop()


async def test_the_allow_list(plant: DictPlant, caplog: pytest.LogCaptureFixture) -> None:
    closed = TcpDoor(port=0, allow=(network("10.0.0.0/8"), network("192.168.7.9")))
    open_ = TcpDoor(port=0, allow=(network("10.0.0.0/8"), network("127.0.0.0/8")))
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[closed, open_])
    await server.start()
    rude = await RawClient.connect(server.port_of(closed))
    assert await rude.ended()
    assert len(caplog.messages) == 1
    assert "its address is not allowed here" in caplog.text
    welcome = await RawClient.connect(server.port_of(open_))
    assert await welcome.ask(1, READ) == ANSWER
    await welcome.close()
    await server.stop()


@pytest.mark.parametrize(
    ("role", "unit", "request_", "answer"),
    [
        (Role.VIEWER, 1, "06 0014 0514", "86 01"),
        (Role.VIEWER, 1, "06 00FF 0000", "86 01"),
        (Role.VIEWER, 11, "10 1000 0002 04 0000 0000", "90 01"),
        (Role.VIEWER, 1, "03 0014 0001", "03 02 04B0"),
        (Role.VIEWER, 1, "08 000A 0000", "88 01"),
        (Role.VIEWER, 1, "08 000B 0000", "08 000B 0001"),
        (Role.OPERATOR, 1, "06 0010 0002", "06 0010 0002"),
        (Role.OPERATOR, 1, "05 0001 FF00", "05 0001 FF00"),
        (Role.OPERATOR, 1, "06 0014 0514", "86 01"),
        (Role.OPERATOR, 1, "06 0012 0002", "86 01"),
        (Role.OPERATOR, 1, "10 0010 0005 0A 0000 0000 0001 0000 0514", "90 01"),
        (Role.OPERATOR, 11, "05 0000 FF00", "85 01"),
        (Role.OPERATOR, 11, "06 1003 0001", "86 01"),
        (Role.OPERATOR, 1, "06 0018 0001", "86 01"),
        (Role.PLC, 1, "06 0018 0001", "06 0018 0001"),
        (Role.PLC, 1, "06 0014 0514", "06 0014 0514"),
        (Role.PLC, 11, "06 1003 0001", "06 1003 0001"),
        (Role.PLC, 11, "06 0011 0006", "86 01"),
        (Role.PLC, 11, "16 0011 FFFF 0000", "96 01"),
        (Role.ENGINEER, 11, "06 0011 0006", "06 0011 0006"),
    ],
)
async def test_who_may_write_what(role: Role, unit: int, request_: str, answer: str, plant: DictPlant) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, role=role)])
    await server.start()
    client = await RawClient.connect(server.port)
    assert (await client.ask(unit, bytes.fromhex(request_))).hex() == bytes.fromhex(answer).hex()
    assert bool(plant.written) == (not int(answer[0], 16) & 8 and request_[:2] not in ("03", "08"))
    await client.close()
    await server.stop()


async def test_a_refused_role_is_told_every_time_and_logged_once(
    plant: DictPlant, caplog: pytest.LogCaptureFixture
) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, role=Role.VIEWER)])
    await server.start()
    client = await RawClient.connect(server.port)
    for _ in range(20):
        assert await client.ask(1, WRITE) == b"\x86\x01"
    [line] = caplog.messages
    assert line.endswith("the role viewer may not write")
    assert plant.written == []
    await client.close()
    await server.stop()


@pytest.mark.parametrize(
    ("host", "role"),
    [("127.0.0.1", Role.ENGINEER), ("::1", Role.ENGINEER), ("localhost", Role.ENGINEER), ("0.0.0.0", Role.VIEWER),
     ("192.168.1.5", Role.VIEWER), ("plant.example", Role.VIEWER)],
)  # fmt: skip
def test_who_comes_without_a_certificate(host: str, role: Role) -> None:
    assert TcpDoor(host).plain_role is role
    assert TcpDoor(host, role=Role.OPERATOR).plain_role is Role.OPERATOR


async def test_a_slow_reader_of_a_serial_line_is_kept_within_bounds(pty: PtyLink, slaves: PlantServer) -> None:
    for _ in range(200):
        try:
            os.write(pty.master, adu(11, bytes.fromhex("04 0000 0020")) * 8)
        except BlockingIOError:
            break
        await asyncio.sleep(0)
    while pty.buffer == b"":
        pty.buffer += await pty.read()
    assert pty.buffer.startswith(bytes.fromhex("0B 04 40"))
