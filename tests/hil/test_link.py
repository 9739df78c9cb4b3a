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
from protocols.stations.io_table import MACHINING
from tests.hil.bare import ADDRESS
from tests.hil.ports import pty_board, rfc2217
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


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's
def test_a_board_behind_rfc2217(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, MACHINING) as board, rfc2217(board.port) as url:
        remote = SerialPort(url)
        link = Link(remote, timeout_s=1)
        exchange(link, 0, 0)
        for n in range(1, 30):
            exchange(link, 20_000 * n)
        assert (link.counters.answered, link.counters.lost) == (30, 0)
        remote.close()


def test_a_line_slower_than_an_attempts_patience_serves_all_the_same() -> None:
    """The answer to the first attempt comes during the second, and that to the second before the next request."""
    requests = [rtu.read(ADDRESS, rtu.READ_HOLDING, address, 1) for address in range(20)]
    line = Slow({request: rtu.frame(bytes([ADDRESS, 3, 2, 0, i])) for i, request in enumerate(requests)})
    link = Link(line, timeout_s=0.01, clock_ns=line.clock)
    for i, request in enumerate(requests):
        assert rtu.registers(request, link.ask(request)) == (i,)
        line.now_ns += 8_000_000
    counters = link.counters
    assert (counters.answered, counters.retries, counters.late, counters.lost) == (20, 20, 20, 0)


def test_an_answer_that_has_begun_is_waited_for() -> None:
    """Cut off in the middle, each attempt would spoil its own answer."""
    request = rtu.read(ADDRESS, rtu.READ_HOLDING, 16, 4)
    line = Slow({request: rtu.frame(bytes([ADDRESS, 3, 8, *range(8)]))}, piece_ns=8_000_000)
    link = Link(line, timeout_s=0.013, clock_ns=line.clock)
    assert rtu.registers(request, link.ask(request)) == (0x0001, 0x0203, 0x0405, 0x0607)
    assert link.counters.retries == 0


def test_attempts_go_on_for_the_time_given() -> None:
    line = Slow({})
    link = Link(line, timeout_s=0.01, within_s=0.1, clock_ns=line.clock)
    with pytest.raises(LinkError, match="does not answer"):
        link.ask(rtu.read(ADDRESS, rtu.READ_HOLDING, 16, 1))
    assert 0.09e9 <= line.now_ns <= 0.11e9
    assert link.counters.timeouts >= 9


class Slow:
    """A line on which every answer takes 12 ms, and each byte behind the first `piece_ns`; on a clock of its own."""

    def __init__(self, says: dict[bytes, bytes], piece_ns: int = 0) -> None:
        self.says = says
        self.piece_ns = piece_ns
        self.now_ns = 0
        self.coming: list[tuple[int, bytes]] = []

    def clock(self) -> int:
        return self.now_ns

    def write(self, data: bytes) -> None:
        at = self.now_ns + 12_000_000
        answer = self.says.get(data, b"")
        step = 1 if self.piece_ns else max(1, len(answer))
        self.coming += [(at + i * self.piece_ns, answer[i : i + step]) for i in range(0, len(answer), step)]

    def read(self, size: int, wait_s: float) -> bytes:
        end = self.now_ns + int(wait_s * 1e9)
        if not self.coming or self.coming[0][0] > end:
            self.now_ns = end
            return b""
        at, data = self.coming.pop(0)
        self.now_ns = max(self.now_ns, at)
        if data[size:]:
            self.coming.insert(0, (at, data[size:]))
        return data[:size]

    def close(self) -> None:
        pass
