"""The real-time link on an emulated board behind a pseudo terminal: nothing lost, and every fault counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from hil import bench, rtu
from hil.board_process import Terminals, emulated
from hil.link import ByteStream, Link
from hil.profile_image import eeprom_image
from hil.pty_board import PtyBoard
from hil.serial_port import SerialPort
from protocols.errors import LinkError
from protocols.io_table import MACHINING
from tests.hil.bare import ADDRESS
from tests.hil.toolbox import need_emulator

READ = bench.DRIVEN + 1


@pytest.fixture
def port(tmp_path: Path) -> Iterator[SerialPort]:
    need_emulator()
    eeprom = tmp_path / "eeprom.bin"
    eeprom.write_bytes(eeprom_image(MACHINING))
    with PtyBoard(emulated(eeprom), Terminals(inputs=0x44)) as board:
        opened = SerialPort(str(board.port))
        yield opened
        opened.close()


class Noise:
    """A line that changes one byte in a hundred frames and swallows one frame in fifty."""

    def __init__(self, stream: ByteStream) -> None:
        self.stream = stream
        self.random = Random(5)
        self.faults = 0

    def read(self, size: int, wait_s: float) -> bytes:
        return self.stream.read(size, wait_s)

    def write(self, data: bytes) -> None:
        drawn = self.random.random()
        if drawn < 0.02:
            self.faults += 1
        elif drawn < 0.05:
            self.faults += 1
            at = self.random.randrange(len(data))
            self.stream.write(data[:at] + bytes([data[at] ^ 1 << self.random.randrange(8)]) + data[at + 1 :])
        else:
            self.stream.write(data)

    def close(self) -> None:
        self.stream.close()


def exchange(link: Link, now_us: int, bits: int = 0x10C) -> tuple[int, ...]:
    words = (now_us >> 16, now_us & 0xFFFF, bits, 0, 0, 0, 0, 0, 0, 0, 0)
    request = rtu.read_write(ADDRESS, 0x1100, READ, 0x1000, words)
    return rtu.registers(request, link.ask(request))


def test_no_exchange_is_lost(port: SerialPort) -> None:
    link = Link(port, timeout_s=1)
    exchange(link, 0, 0)
    for n in range(1, 300):
        assert exchange(link, 20_000 * n)[bench.OUTPUTS] == 0x0C
    counters = link.counters
    assert (counters.answered, counters.lost, counters.garbled) == (300, 0, 0)
    assert 0 < counters.rtt_min_us <= counters.rtt_mean_us <= counters.rtt_max_us


def test_faults_are_counted_and_repeated(port: SerialPort) -> None:
    noise = Noise(port)
    link = Link(noise, timeout_s=0.3, attempts=5)
    exchange(link, 0, 0)
    for n in range(1, 150):
        exchange(link, 20_000 * n)
    counters = link.counters
    assert noise.faults > 2
    assert counters.lost == 0
    assert counters.retries == counters.timeouts + counters.garbled >= noise.faults
    assert 0 < counters.late <= counters.retries
    # a request that was changed on the way and still valid for the board would show here
    assert exchange(link, 20_000 * 150)[0] & 0x00C4 == 0x00C4


def test_a_refusal_is_an_answer(port: SerialPort) -> None:
    link = Link(port, timeout_s=1)
    with pytest.raises(rtu.Refused) as refused:
        link.ask(rtu.read(ADDRESS, rtu.READ_HOLDING, 0x2000, 1))
    assert refused.value.code == 2
    assert (link.counters.refused, link.counters.answered, link.counters.retries) == (1, 1, 0)


def test_nobody_there(port: SerialPort) -> None:
    link = Link(port, timeout_s=0.05, attempts=2)
    with pytest.raises(LinkError, match="does not answer"):
        link.ask(rtu.read(ADDRESS + 1, rtu.READ_HOLDING, 0, 1))
    assert (link.counters.lost, link.counters.timeouts) == (1, 2)
    assert Link(port, timeout_s=1).ask(rtu.read(ADDRESS, rtu.READ_HOLDING, 16, 1))


def test_a_port_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="cannot be opened"):
        SerialPort(str(tmp_path / "ttyUSB7"))
