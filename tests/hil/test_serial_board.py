"""The plant's end of a real board, on an emulated one in real time: what goes out, what comes back, what holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hil.board_worker import BoardWorker, LinkState
from hil.pty_board import PtyBoard
from hil.serial_board import EXCHANGE_US, SerialBoard
from hil.serial_port import SerialPort
from protocols.ports import NO_ANSWER
from protocols.stations.images import ACKNOWLEDGE, IN_POSITION, LEVEL, LIMIT, SAFETY_OK, SPEED, TARGET, TRIPPED, put
from protocols.stations.io_table import MACHINING
from tests.hil.ports import pty_board
from tests.hil.toolbox import need_emulator

PATIENCE_S = 30.0
CLAMP = MACHINING.output("clamp")
KEEP = sum(MACHINING.output(name) for name in MACHINING.keep)
MOTOR = MACHINING.output("infeed_motor")


@dataclass
class Reading:
    """A transmitter that stands still."""

    value: int

    def counts(self, now_us: int) -> int:
        return self.value

    def crossing(self, counts: int, rising: bool, after_us: int) -> int | None:
        return None


class Strip:
    """The plant's terminals."""

    def __init__(self) -> None:
        self.inputs = SAFETY_OK | 1
        self.carrier = 0x0142
        self.analogs = tuple(Reading(100 * (i + 1)) for i in range(len(MACHINING.analogs)))


class Bench:
    """A board, its worker, and a plant that exchanges now and then."""

    def __init__(self, hardware: PtyBoard, pins: int) -> None:
        self.hardware = hardware
        self.strip = Strip()
        self.board = SerialBoard(MACHINING, self.strip, pins, 50)
        self.worker = self.board.worker = BoardWorker(MACHINING, lambda: SerialPort(str(hardware.port)), 50)
        self.now = 0
        self.worker.start()
        self.until(lambda: self.worker.alive)
        self.board.hear(True)

    def exchange(self, command: int) -> int:
        self.now += EXCHANGE_US
        if (reply := self.worker.take()) is not None:
            self.board.heard(self.board.answer(self.now, reply))
        return self.board.exchange(self.now, command)

    def until(self, holds: Callable[[], bool], command: int = 0) -> None:
        """Exchange until `holds`."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < end, f"{self.worker.state.name} {self.worker.problem} {self.worker.counters}"
            time.sleep(0.01)
            self.exchange(command)

    def status(self, command: int) -> int:
        """The status of an exchange that was asked for with this command."""
        told = self.worker.counters.answered + 2
        self.until(lambda: self.worker.counters.answered > told, command)
        return self.exchange(command)

    def close(self) -> None:
        self.worker.stop()
        self.worker.join()


@pytest.fixture(params=[0])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    need_emulator()
    with pty_board(tmp_path, MACHINING) as hardware:
        running = Bench(hardware, request.param)
        yield running
        running.close()


def test_a_bare_board_sees_the_plant_and_drives_it(bench: Bench) -> None:
    status = bench.status(0)
    assert status & 0x7F == SAFETY_OK | 1
    assert status & TRIPPED, "a board boots tripped"
    assert status >> 16 == 0x0142
    command = ACKNOWLEDGE | CLAMP | MOTOR | put(7, 4)
    status = bench.status(command)
    assert not status & TRIPPED
    assert bench.board.outputs == CLAMP | MOTOR | put(7, 4)
    assert [bench.board.measured(i, bench.now) for i in range(len(MACHINING.analogs))] == [
        100 * (i + 1) for i in range(len(MACHINING.analogs))
    ]
    assert bench.hardware.last is not None
    assert bench.hardware.last.outputs == CLAMP | MOTOR, "the pins of the board itself"
    bench.until(lambda: bench.board.diagnostics().get("exchanges", 0) > 0, command)
    assert bench.board.diagnostics()["supply"] > 4000


@pytest.mark.parametrize("bench", [1 << 2 | 1 << 7], indirect=True)
def test_a_channel_with_a_pin_has_the_boards_own_sensor(bench: Bench) -> None:
    bench.hardware.terminals.counts = (777, 5, 5, 5)
    bench.hardware.terminals.inputs |= 1 << 2 | 1 << 3
    bench.until(lambda: bench.board.measured(0, bench.now) == 777)
    bench.until(lambda: bool(bench.exchange(0) & 1 << 2))
    assert not bench.exchange(0) & 1 << 3, "that one is the plant's"
    assert bench.board.measured(1, bench.now) == 200
    bench.until(lambda: bench.board.twin.differing == 1 << 2 | 1 << 7)


def test_a_late_answer_holds_the_last_value_and_every_command_is_handed_over(bench: Bench) -> None:
    before = bench.status(0)
    late = bench.board.late
    # three instants at once: nothing can have come back in between
    for command in (ACKNOWLEDGE, 0, CLAMP):
        assert bench.exchange(command) & 0xFF == before & 0xFF
    assert bench.board.late >= late + 2
    bench.until(lambda: bench.board.outputs & 0x1F == CLAMP, CLAMP)
    assert not bench.exchange(CLAMP) & TRIPPED, "the edge between two levels was not lost"


def test_an_answer_to_an_older_command_says_nothing_of_the_new_one(bench: Bench) -> None:
    """A program that has given the axis a new target must not take the old one's arrival for the new one's."""
    limit = put(50, LIMIT[0])  # the plant's counts are 100
    bench.status(ACKNOWLEDGE)
    bench.until(lambda: bench.exchange(limit) & (IN_POSITION | LEVEL[0]) == IN_POSITION | LEVEL[0], limit)
    move = put(300, TARGET) | put(500, SPEED) | put(80, LIMIT[0])
    assert bench.exchange(move) & (IN_POSITION | LEVEL[0]) == 0, "it has not even been asked"
    seen: list[int] = []
    while not seen or not seen[-1] & IN_POSITION:
        time.sleep(0.005)
        seen.append(bench.exchange(move))
        assert bench.board.axis == 300 or not seen[-1] & IN_POSITION
    assert seen[-1] & LEVEL[0]


def test_the_plant_is_told_of_a_loss_and_keeps_what_is_declared_safe(bench: Bench) -> None:
    bench.status(ACKNOWLEDGE)
    bench.until(lambda: bench.board.outputs & 0x1F == CLAMP | MOTOR, ACKNOWLEDGE | CLAMP | MOTOR)
    bench.board.hear(False)
    assert bench.exchange(CLAMP | MOTOR) == NO_ANSWER
    bench.board.idle(bench.now, 0)
    assert bench.board.outputs & 0x1F == (CLAMP | MOTOR) & KEEP
    bench.board.hear(True)
    bench.until(lambda: bench.exchange(CLAMP) != NO_ANSWER)


def test_a_port_that_is_not_there_is_looked_for_until_it_is(tmp_path: Path) -> None:
    need_emulator()
    plug = tmp_path / "ttyBOARD"
    worker = BoardWorker(MACHINING, lambda: SerialPort(str(plug)), 50)
    worker.start()
    end = time.monotonic() + PATIENCE_S
    with pty_board(tmp_path, MACHINING) as hardware:
        while not worker.problem and time.monotonic() < end:
            time.sleep(0.01)
        assert worker.state is LinkState.SEARCHING
        assert "there is no such device" in worker.problem
        plug.symlink_to(hardware.port)
        while not worker.alive and time.monotonic() < end:
            time.sleep(0.01)
        assert worker.alive
        assert worker.problem == ""
        worker.stop()
        worker.join()
