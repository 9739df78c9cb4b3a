"""Masters written by other people, in C, JavaScript and Python, and a packet analyser that listens to them."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pyModbusTCP.client import ModbusClient

from hil.serial_stream import SerialStream
from protocols.modbus.doors import SerialDoor
from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus import tools
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.links import PtyLink
from tests.protocols.modbus.raw_client import RawClient


class Wire:
    """Two pseudo-terminals whose far ends are joined: a serial cable."""

    def __init__(self) -> None:
        self.ends = (PtyLink(), PtyLink())
        self._tasks = [asyncio.ensure_future(self._carry(i)) for i in (0, 1)]

    async def _carry(self, i: int) -> None:
        while True:
            await self.ends[1 - i].write(await self.ends[i].read())

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for end in self.ends:
            await end.close()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    wire = Wire()
    yield wire
    await wire.close()


@pytest.fixture
async def slaves(wire: Wire, plant: DictPlant) -> AsyncIterator[PlantServer]:
    door = SerialDoor(SerialStream(wire.ends[0].path), units=(11, 12))
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door], strict=True)
    await server.start()
    yield server
    await server.stop()


async def test_mbpoll_over_a_serial_line(wire: Wire, slaves: PlantServer, plant: DictPlant) -> None:
    mbpoll = (tools.program("mbpoll", "mbpoll"), "-m", "rtu", "-b", "115200", "-P", "none", "-0", "-1", "-o", "10")
    port = wire.ends[1].path
    code, said = await tools.run([*mbpoll, "-a", "11", "-t", "4", "-r", "16", "-c", "2", port])
    assert code == 0, said
    assert dict(re.findall(r"^\[(\d+)\]:\s+(\d+)", said, re.MULTILINE)) == {"16": "30", "17": "5"}
    code, said = await tools.run([*mbpoll, "-a", "12", "-t", "4", "-r", "3", port, "77"])
    assert code == 0, said
    assert plant["ST02.Board.program"] == 77


async def test_libmodbus_over_a_serial_line(wire: Wire, slaves: PlantServer) -> None:
    code, said = await tools.run([tools.compiled("libmodbus_master.c", "modbus"), "rtu", wire.ends[1].path, "11"])
    assert code == 0, said


async def test_libmodbus_over_tcp(server: PlantServer, plant: DictPlant) -> None:
    code, said = await tools.run([tools.compiled("libmodbus_master.c", "modbus"), "tcp", str(server.port), "11"])
    assert code == 0, said
    assert plant["ST01.Board.program"] == 1


async def javascript(library: str, port: int, depth: int) -> dict[str, object]:
    folder = tools.node_modules()
    code, said = await tools.run(["node", "master.js", library, str(port), str(depth)], folder)
    assert code == 0, said
    seen: dict[str, object] = json.loads(said.splitlines()[-1])
    return seen


@pytest.mark.parametrize("library", ["modbus-serial", "jsmodbus"])
async def test_javascript(library: str, server: PlantServer, plant: DictPlant) -> None:
    cells = [1200, 10, 0, 0, 0, 0, 0]
    plant["ST01.kit_mass_sp"], plant["ST01.kit_tolerance_sp"] = cells[:2]
    block = [int.from_bytes(plant_block(plant)[2 * i : 2 * i + 2]) for i in range(6)]
    seen = await javascript(library, server.port, 64)
    assert seen["pipelined"] == [block[i % 4 : i % 4 + 1 + i % 3] for i in range(64)]
    assert (seen["written"], seen["readBack"]) == (1300, [1300, block[1]])
    assert seen["coil"] is True
    assert seen["coils"] == [False, False, False, True, False, False, False, False]
    assert seen["inputs"] == 125
    assert (seen["refused"], seen["missing"]) == (3, 2)
    assert (plant["ST01.kit_mass_sp"], plant["ST03.JamClear"]) == (1300, 1)


def plant_block(plant: DictPlant) -> bytes:
    from protocols.tags.tag import Table

    return b"".join(plant.cell(1, Table.HOLDING, 20 + i).to_bytes(2) for i in range(6))


def python_master(port: int) -> dict[str, object]:
    client = ModbusClient("127.0.0.1", port, unit_id=11, timeout=20)
    seen: dict[str, object] = {
        "coils": client.read_coils(0, 16),
        "inputs": client.read_discrete_inputs(0, 16),
        "holding": client.read_holding_registers(16, 2),
        "measured": client.read_input_registers(0, 32),
        "bit": client.write_single_coil(0, True),
        "word": client.write_single_register(3, 5),
        "bits": client.write_multiple_coils(0, [True, False, True]),
        "words": client.write_multiple_registers(0, [1, 2, 3, 4]),
        "both": client.write_read_multiple_registers(3, [9], 0, 4),
        "identity": client.read_device_identification(4, 5),
        "missing": client.read_holding_registers(32, 1),
        "code": client.last_except,
    }
    client.close()
    return seen


async def test_pymodbustcp(server: PlantServer, plant: DictPlant) -> None:
    seen = await asyncio.to_thread(python_master, server.port)
    assert seen["holding"] == [30, 5]
    assert seen["both"] == [1, 2, 3, 9]
    assert [seen[k] for k in ("bit", "word", "bits", "words")] == [True] * 4
    assert isinstance(seen["measured"], list)
    assert (len(seen["measured"]), seen["missing"], seen["code"]) == (32, None, 2)
    assert PLANT_MAP.units[11].title.encode() in seen["identity"].objects_by_id.values()  # type: ignore[attr-defined]
    assert (plant["ST01.Board.program"], plant["ST01.Board.axis_speed"]) == (9, 2)


async def test_an_analyser_finds_nothing_wrong(server: PlantServer, tmp_path: Path) -> None:
    """Every master above, and every function beside, through tshark's dissector: no Modbus expert item."""
    tshark, dumpcap = tools.program("tshark", "tshark"), tools.program("dumpcap", "tshark")
    capture = tmp_path / "modbus.pcapng"
    listener = await asyncio.create_subprocess_exec(
        dumpcap, "-i", "lo", "-f", f"tcp port {server.port}", "-w", str(capture),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert listener.stderr is not None
    said = b""
    while b"File: " not in said:
        line = await listener.stderr.readline()
        if not line:
            tools.missing(f"capturing on loopback is not permitted here: {said.decode().strip()[-200:]}")
        said += line
    await asyncio.to_thread(python_master, server.port)
    await javascript("modbus-serial", server.port, 64)
    await javascript("jsmodbus", server.port, 8)
    await tools.run([tools.compiled("libmodbus_master.c", "modbus"), "tcp", str(server.port), "11"])
    raw = await RawClient.connect(server.port)
    for request in ("08 0000 A537", "08 000B 0000", "11", "2B 0E 01 00", "2B 0E 02 00", "16 0014 FFFF 0000"):
        await raw.ask(1, bytes.fromhex(request))
    answered = server.counters.requests
    marker = bytes.fromhex("08 0000 5E7C 7077 A537")
    await raw.ask(1, marker)
    while marker not in capture.read_bytes():  # dumpcap writes in its own time, and only when there is more
        await raw.ask(1, b"\x11")
    await raw.close()
    listener.send_signal(signal.SIGINT)
    await listener.wait()
    port = server.port
    decode = [tshark, "-r", str(capture), "-o", f"mbtcp.tcp.port:{port}", "-d", f"tcp.port=={port},mbtcp"]
    _, experts = await tools.run([*decode, "-Y", "mbtcp && _ws.expert", "-T", "fields", "-e", "_ws.expert.message"])
    assert [x for x in experts.splitlines() if re.search("modbus|classify|decod|malformed", x, re.IGNORECASE)] == []
    from_us = ("-Y", f"mbtcp && tcp.srcport=={port}", "-T", "fields", "-e", "mbtcp.trans_id")
    _, answers = await tools.run([*decode, *from_us])
    assert len(re.findall(r"\d+", answers)) > answered
