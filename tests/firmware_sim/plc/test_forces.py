"""Forced terminals: what the program sees and the board gets, until the time is over."""

from __future__ import annotations

from firmware_sim.plc.forces import LOG_FORCED_INPUTS, LOG_FORCED_OUTPUTS, Forces
from protocols.ports import NEVER

BASE = 320


class Echo:
    """A program that commands what it sees."""

    wake_us = NEVER
    care = 0x3F
    speaks = False

    def scan(self, now_us: int, status: int) -> int:
        return status


def test_inputs_are_forced_before_and_outputs_behind_the_program() -> None:
    log: list[tuple[int, int, int]] = []
    forces = Forces(Echo(), log.append, BASE)
    assert forces.scan(0, 0b10110) == 0b10110
    forces.put(10, 0, 1, 1_000)
    forces.put(10, 1, 0, 2_000)
    forces.put(20, 8 + 2, 0, 3_000)
    forces.put(20, 8 + 3, 1, 3_000)
    assert (forces.forced_inputs, forces.forced_outputs) == (0b11, 0b1100)
    assert forces.scan(30, 0b10110) == 0b11001
    assert log == [
        (10, BASE + LOG_FORCED_INPUTS, 0b01 | 0b01 << 8),
        (10, BASE + LOG_FORCED_INPUTS, 0b11 | 0b01 << 8),
        (20, BASE + LOG_FORCED_OUTPUTS, 0b0100),
        (20, BASE + LOG_FORCED_OUTPUTS, 0b1100 | 0b1000 << 8),
    ]


def test_a_force_ends_by_itself_and_asks_to_be_scanned_then() -> None:
    log: list[tuple[int, int, int]] = []
    forces = Forces(Echo(), log.append, BASE)
    assert forces.wake_us == NEVER
    forces.put(0, 0, 1, 1_000)
    forces.put(0, 1, 1, 2_000)
    assert forces.wake_us == forces.until_us == 1_000
    assert forces.scan(999, 0) == 0b11
    assert forces.scan(1_000, 0) == 0b10
    assert forces.wake_us == 2_000
    assert forces.active
    assert forces.scan(5_000, 0) == 0
    assert (forces.active, forces.wake_us) == (False, NEVER)
    assert [value for *_, value in log[2:]] == [0b10 | 0b10 << 8, 0]


def test_a_terminal_forced_again_gets_the_new_value_and_time() -> None:
    forces = Forces(Echo(), lambda entry: None, BASE)
    forces.put(0, 4, 1, 1_000)
    forces.put(0, 4, 0, 9_000)
    assert forces.scan(1_000, 0b10000) == 0
    forces.release(2_000, 4)
    assert forces.scan(2_000, 0b10000) == 0b10000


def test_everything_is_released_at_once() -> None:
    log: list[tuple[int, int, int]] = []
    forces = Forces(Echo(), log.append, BASE)
    forces.release(0)
    assert log == []
    for terminal in (0, 5, 8, 12):
        forces.put(0, terminal, 1, 1_000)
    forces.release(5)
    assert not forces.active
    assert forces.scan(6, 0) == 0
    assert {entry for entry in log if entry[0] == 5} == {
        (5, BASE + LOG_FORCED_INPUTS, 0), (5, BASE + LOG_FORCED_OUTPUTS, 0)
    }  # fmt: skip
