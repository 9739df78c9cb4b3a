"""The step pulses of the axis, counted at the pins, in cycles: they follow the logical position and decide nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from hil import bench, rtu
from hil.board_process import CYCLES_PER_US, RESET, Answer
from protocols.stations.io_table import KITTING, MACHINING
from tests.hil.bare import MS, Bare
from tests.hil.toolbox import starter

ACK, CLAMP, COOLANT, SPINDLE = 0x100, 4, 8, 16
EXCHANGE_MS = 20
#: Two interrupts may come at one cycle, and the second waits for the first.
JITTER = 15 * CYCLES_PER_US
FASTEST = 100 * CYCLES_PER_US


class Axis:
    """A board whose axis is driven by exchanges, 20 ms apart."""

    def __init__(self, folder: Path, target: str = "emulated") -> None:
        self.board = Bare(starter(target), folder, KITTING)
        self.now_us = 0
        self.exchange(0, 0, 0)

    def exchange(self, target: int, speed: int, bits: int = ACK, *, again: bool = False) -> tuple[int, int]:
        """One exchange; answers (logical position, where the pulses have led 20 ms later)."""
        self.now_us += 0 if again else 1000 * EXCHANGE_MS
        words = (self.now_us >> 16, self.now_us & 0xFFFF, bits, target, speed, 0, 0, 0, 0, 0, 0)
        request = rtu.read_write(10 + KITTING.number, 0x1100, bench.READ_WORDS, 0x1000, words)
        begin, self.board.cycle = self.board.cycle, self.board.cycle + EXCHANGE_MS * MS
        asked = self.board.process.run(begin, self.board.cycle, self.board.wires, request)
        self.last = asked
        return rtu.registers(request, asked.sent)[6], asked.steps

    def rest(self, target: int, speed: int) -> int:
        """Exchanges until the axis stands; answers where its pulses led."""
        position = steps = -1
        for _ in range(2000):
            before, (position, steps) = (position, steps), self.exchange(target, speed)
            if before == (target, steps):
                break
        assert position == target
        return steps


@pytest.fixture
def axis(tmp_path: Path) -> Axis:
    return Axis(tmp_path)


def test_the_pulses_count_the_way(axis: Axis) -> None:
    assert axis.rest(3000, 5000) == 3000
    assert axis.last.pulses == 3000
    assert axis.rest(17, 6000) == 17
    assert axis.last.pulses == 3000 + 2983
    assert axis.rest(18, 6000) == 18


def test_the_host_build_counts_the_same_way(tmp_path: Path) -> None:
    assert Axis(tmp_path, "host").rest(300, 5000) == 300


@pytest.mark.parametrize("speed", [32, 500, 6000, 10_000, 65_535])
def test_no_two_pulses_come_faster_than_the_axis_may_go(axis: Axis, speed: int) -> None:
    way = min(16_000, max(3, speed // 4))
    axis.rest(way, speed)
    axis.rest(0, speed)
    assert axis.last.pulses == 2 * way
    # the timer of slow pulses goes in steps of 64 us, that of fast ones in steps of 4
    period = min(16_000, max(100, 1_000_000 // speed))
    step = 64 if period > 1024 else 4
    assert axis.last.closest >= (period // step * step) * CYCLES_PER_US - JITTER
    assert axis.last.closest >= FASTEST - JITTER


def test_they_are_an_exchange_behind_whatever_is_commanded(axis: Axis) -> None:
    """Any command at any exchange, pauses among them: never further ahead or behind than the last two positions."""
    random = Random(3)
    target = speed = position = 0
    for _ in range(600):
        if random.random() < 0.1:
            target, speed = random.choice((0, 1, random.randrange(16_000))), random.choice((0, 40, 2000, 6000, 9000))
        before = position
        position, steps = axis.exchange(target, speed, again=random.random() < 0.1)
        # as fast as the axis goes is as fast as they go: what a lower speed leaves over they carry on
        assert min(before, position) - 250 <= steps <= max(before, position) + 250
    assert axis.rest(5000, 6000) == 5000


@pytest.mark.parametrize("seed", range(3))
def test_none_comes_too_soon_whenever_the_host_speaks(tmp_path: Path, seed: int) -> None:
    """Exchanges at any distance, jumps of the clock, silences, trips, the safety chain: the drive sees no burst."""
    axis, random = Axis(tmp_path), Random(seed)
    target = speed = 0
    for _ in range(1500):
        if random.random() < 0.15:
            target = random.choice((0, 1, random.randrange(16_000)))
            speed = random.choice((0, 32, random.randrange(32, 1200), 2000, 6000, 9000, 65_535))
        if random.random() < 0.02:
            axis.board.wires.inputs ^= 0x40
        axis.now_us = max(
            0, axis.now_us + random.choice((-19_000, -10_000, 0, 0, 5000, 70_000)) + random.randrange(900)
        )
        axis.exchange(target, speed, ACK if random.random() < 0.9 else 0)
        axis.board.cycle += random.choice((-10, -5, 0, 0, 10, 150)) * MS + random.randrange(MS)
    assert axis.last.pulses > 2000
    assert axis.last.closest >= FASTEST - JITTER


def test_what_a_stop_left_over_is_made_up_no_faster_than_the_motion_was(axis: Axis) -> None:
    """The axis is told to go at 100 mm/s and, when it is silent, to stand where it is."""
    for _ in range(20):
        axis.exchange(16_000, 1000)
    axis.board.wait(300)
    axis.now_us += 300_000
    axis.exchange(0, 0, 0)
    behind = [axis.exchange(0, 0) for _ in range(10)]
    assert behind[0][0] > behind[0][1]
    assert behind[-1][0] == behind[-1][1]
    assert axis.last.closest >= 1000 * CYCLES_PER_US - JITTER


def test_a_steady_motion_is_followed_to_the_pulse(axis: Axis) -> None:
    positions = [axis.exchange(8000, 5000) for _ in range(60)]
    for (before, _), (position, steps) in pairwise(positions):
        assert before <= steps <= position
    assert axis.last.closest >= 1_000_000 // 5000 * CYCLES_PER_US - JITTER


def test_a_pause_stops_them_and_they_go_on_behind_it(axis: Axis) -> None:
    for _ in range(20):
        axis.exchange(8000, 5000)
    axis.exchange(8000, 5000, again=True)
    held = [axis.exchange(8000, 5000, again=True) for _ in range(10)]
    assert set(held) == {(held[0][0], held[0][0])}
    assert axis.rest(8000, 5000) == 8000


def test_silence_ends_them_and_only_an_acknowledgement_lets_them_go_on(axis: Axis) -> None:
    for _ in range(20):
        axis.exchange(16_000, 6000)
    axis.board.wait(EXCHANGE_MS)
    quiet = axis.board.wait(1)
    assert axis.board.wait(300).pulses == quiet.pulses
    axis.now_us += 321_000
    tripped = [axis.exchange(16_000, 6000, 0) for _ in range(5)]
    assert {steps for _, steps in tripped} == {quiet.steps}
    assert tripped[0][0] > quiet.steps  # the logical axis went on until the watchdog
    assert axis.rest(16_000, 6000) == 16_000
    assert axis.last.closest >= 160 * CYCLES_PER_US - JITTER


def test_a_reset_begins_at_zero(axis: Axis) -> None:
    axis.rest(100, 6000)
    axis.board.process.run(axis.board.cycle, axis.board.cycle + 50 * MS, axis.board.wires, operation=RESET)
    axis.board.cycle += 50 * MS
    assert axis.exchange(0, 0, 0) == (0, 0)
    assert axis.rest(50, 6000) == 50


def driving(folder: Path) -> tuple[Bare, list[int]]:
    """A machining station at work: outputs on, PWM at full, the axis at its fastest; and its clock."""
    board, clock = Bare(starter("emulated"), folder, MACHINING), [0]
    work(board, clock, 0)
    for _ in range(15):
        work(board, clock, ACK | CLAMP | COOLANT | SPINDLE)
    return board, clock


def work(board: Bare, clock: list[int], bits: int) -> Answer:
    clock[0] += 20_000
    words = (clock[0] >> 16, clock[0] & 0xFFFF, bits, 6000 if clock[0] % 1_000_000 < 500_000 else 0, 65_535, 1024,
             0, 0, 0, 0, 0)  # fmt: skip
    board.ask(rtu.read_write(10 + MACHINING.number, 0x1100, bench.READ_WORDS, 0x1000, words))
    assert board.last is not None
    return board.last


def test_an_open_safety_chain_stops_pulses_and_drops_outputs_within_microseconds(tmp_path: Path) -> None:
    """At whatever the processor does: between pulses, in the middle of one, while bytes come."""
    board, clock = driving(tmp_path)
    random, worst_drop, worst_pulse, seen = Random(9), 0, 0, 0
    for _ in range(40):
        work(board, clock, 0)
        before = work(board, clock, ACK | CLAMP | COOLANT | SPINDLE)
        board.cycle += random.randrange(4 * MS)
        running = board.wait(0)
        assert running.outputs == CLAMP | COOLANT | SPINDLE
        seen += running.pulses > before.pulses
        board.wires.inputs &= ~0x40
        begin, drop = board.cycle, 0
        noise = rtu.read(1, 3, 0, 1) if random.random() < 0.5 else b""
        answer = board.process.run(begin, begin, board.wires, noise)
        while answer.outputs & SPINDLE:
            drop += 8
            assert drop < 2000
            answer = board.process.run(begin + drop, begin + drop, board.wires)
        board.cycle += 30 * MS
        after = board.process.run(board.cycle, board.cycle, board.wires)
        worst_drop, worst_pulse = max(worst_drop, drop), max(worst_pulse, after.last_step - begin)
        board.wires.inputs |= 0x40
        for _ in range(4):
            work(board, clock, 0)
    print(f"safety chain: outputs off within {worst_drop} cycles, no pulse begins after {worst_pulse}")
    assert seen > 20
    assert worst_drop <= 20 * CYCLES_PER_US
    assert worst_pulse <= 20 * CYCLES_PER_US
