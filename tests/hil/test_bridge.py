"""A port shared over TCP: exchanges go through whole, for one client at a time, and come back after a loss."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Callable
from pathlib import Path

import pytest

from hil import rtu
from hil.bridge import Bridge
from hil.greeting import BLANK, identify
from hil.link import Link
from hil.serial_port import SerialPort
from hil.serial_stream import SerialStream
from protocols.errors import LinkError
from protocols.stations.io_table import MACHINING
from tests.hil.ports import pty_board
from tests.hil.toolbox import need_emulator
from tests.pty_console import PATIENCE_S


def visit(url: str) -> tuple[int, int]:
    """A harness on another machine: who is there, and fifty readings."""
    stream = SerialPort(url)
    try:
        link = Link(stream, timeout_s=1)
        station = identify(link, BLANK + MACHINING.number).station
        request = rtu.read(BLANK + MACHINING.number, rtu.READ_INPUT, 0, 21)
        for _ in range(50):
            rtu.registers(request, link.ask(request))
        return station, link.counters.lost
    finally:
        stream.close()


async def test_a_harness_elsewhere_talks_to_the_board(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, MACHINING) as board:
        bridge = Bridge(SerialStream(str(board.port)), "127.0.0.1", 0)
        await bridge.start()
        for _ in range(2):  # one after the other
            assert await asyncio.to_thread(visit, f"socket://127.0.0.1:{bridge.port}") == (MACHINING.number, 0)
            await until(lambda: not bridge.busy)
        assert bridge.turned_away == 0
        await bridge.stop()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if holds():
                return
            await asyncio.sleep(0.01)


async def closed(reader: asyncio.StreamReader) -> bool:
    try:
        return await reader.read(1) == b""
    except ConnectionError:
        return True


class Line:
    """A line in memory that may be gone."""

    name = "a line"

    def __init__(self) -> None:
        self.there = True
        self.sent = b""
        self.received: Callable[[bytes], None] = print
        self.lost: Callable[[str], None] = print

    def open(self, received: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        if not self.there:
            raise LinkError(self.name, "is gone")
        self.received, self.lost = received, lost

    def write(self, data: bytes) -> None:
        self.sent += data

    def close(self) -> None:
        pass


async def test_a_second_client_is_turned_away_and_a_lost_line_takes_the_first_with_it() -> None:
    line = Line()
    bridge = Bridge(line, "127.0.0.1", 0)
    await bridge.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", bridge.port)
    writer.write(b"hello")
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: line.sent == b"hello")
        other, _ = await asyncio.open_connection("127.0.0.1", bridge.port)
        assert await closed(other)
        assert bridge.turned_away == 1
        line.received(b"world")
        assert await reader.readexactly(5) == b"world"

        line.there = False
        line.lost("pulled out")
        assert await closed(reader)
        for there in (False, True):
            line.there = there
            reader, writer = await asyncio.open_connection("127.0.0.1", bridge.port)
            writer.write(b"again")
            if not there:
                assert await closed(reader)
        await until(lambda: line.sent == b"helloagain")
    await bridge.stop()


async def test_a_port_that_cannot_be_had_is_told_at_once() -> None:
    near, slave = os.openpty()
    tty.setraw(slave)
    bridge = Bridge(SerialStream(os.ttyname(slave)), "127.0.0.1", 0)
    await bridge.start()
    with pytest.raises(LinkError, match="another program has it open"):
        await Bridge(SerialStream(os.ttyname(slave)), "127.0.0.1", 0).start()
    with pytest.raises(LinkError, match=f"127.0.0.1:{bridge.port}: cannot listen"):
        await Bridge(Line(), "127.0.0.1", bridge.port).start()
    await bridge.stop()
    for fd in (near, slave):
        os.close(fd)
