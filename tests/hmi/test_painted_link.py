"""The link as the operator sees it: lost, silent, back again, another map, never there."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator

import pytest

from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap
from tests.hmi.conftest import Open
from tests.hmi.toy_plant import ToyPlant


class Wire:
    """A TCP wire to a server that can go dead without being cut."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.alive = asyncio.Event()
        self.alive.set()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        for source, sink in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._carry(source, sink))
            self._tasks.add(task)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                await self.alive.wait()
                sink.write(data)
        finally:
            sink.close()


@pytest.fixture
async def wire(server: PlantServer) -> AsyncIterator[Wire]:
    laid = Wire(server.port)
    await laid.start()
    yield laid
    await laid.stop()


async def test_a_lost_link_is_seen_and_heals(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK", "● EXECUTE")
    await server.stop()
    await hmi.shows("LINK LOST", "?● EXECUTE", "?71.4 %")
    hmi.press("f9")
    await hmi.shows("Line Hold  REFUSED  the link is lost")
    again = PlantServer(plant, plant, PLANT_MAP, port=server.port)
    await again.start()
    await hmi.shows("LINK OK")
    await hmi.shows_no_longer("?● EXECUTE")
    await again.stop()


async def test_a_silent_server_is_told_and_takes_its_question_along(wire: Wire, open_hmi: Open) -> None:
    hmi = await open_hmi(wire.port, slower=1)
    await hmi.shows("LINK OK")
    hmi.press("f9")
    await hmi.shows("Line Hold ?")
    wire.alive.clear()
    await hmi.shows("LINK LOST", "?● EXECUTE", "Line Hold  REFUSED  the link is lost")
    wire.alive.set()
    await hmi.shows("LINK OK")


async def test_the_plant_may_come_later(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    await server.stop()
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("The plant server cannot be reached", "keeps trying")
    again = PlantServer(plant, plant, PLANT_MAP, port=server.port)
    await again.start()
    await hmi.shows("LINK OK", "12  Pack-out")
    await again.stop()


async def test_another_map_is_explained_and_disables_commands(plant: ToyPlant, open_hmi: Open) -> None:
    other = PlantMap([unit for number, unit in PLANT_MAP.units.items() if number != 22])
    server = PlantServer(plant, plant, other, port=0)
    await server.start()
    hmi = await open_hmi(server.port)
    await hmi.shows("OTHER MAP", "The server has another register map", f"{PLANT_MAP.fingerprint:08X}")
    hmi.press("f9")
    await hmi.shows("Line Hold  REFUSED  the server has another register map")
    assert plant.writes == []
    await server.stop()


@pytest.mark.parametrize("way", ["q", "ctrl+c", "ctrl+c in a question", "SIGTERM"])
async def test_leaving_restores_the_terminal(server: PlantServer, open_hmi: Open, way: str) -> None:
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    assert hmi.process is not None
    if way == "SIGTERM":
        hmi.process.send_signal(signal.SIGTERM)
    elif way == "q":
        hmi.press(way)
    else:
        if "question" in way:
            hmi.press("f9")
            await hmi.shows("Line Hold ?")
        hmi.press("ctrl+c")
    assert await hmi.ends() == 0
    await hmi.until(lambda: b"\x1b[?1049l" in hmi.raw, "the end of the alternate screen")
    assert b"Traceback" not in hmi.raw


async def test_a_terminal_that_is_too_small_is_refused(open_hmi: Open) -> None:
    hmi = await open_hmi(1, 79, 24)
    assert await hmi.ends() == 3
    await hmi.until(lambda: b"\n" in hmi.raw, "a line")
    assert hmi.raw.strip() == b"sector7 hmi: the terminal is too small: 79x24, the HMI needs 80x24"


async def test_no_terminal_is_refused() -> None:
    program = "import sys; from hmi.app import run; sys.exit(run('127.0.0.1', 1))"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdin=pipe, stdout=pipe, stderr=pipe, env={"TERM": "xterm", "PATH": ""}
    )
    out, err = await process.communicate()
    assert process.returncode == 3
    assert out == b""
    assert err.count(b"\n") == 1
    assert b"needs a terminal" in err
