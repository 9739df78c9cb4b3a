"""The promises of a unit: with the same `care` bits nothing happens before `wake_us`.

A unit that is scanned every 10 ms and one that is scanned only when its promises say so must give the same commands at
the same instants and write the same log, whatever their board tells them.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.plc.unit import LOG_PROCESSED, LOG_STATE, LOG_STEP
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.packml import State
from tests.firmware_sim.plc.unit_lives import live, live_when_asked

SECONDS = 200


@pytest.mark.parametrize("number", SEQUENCES)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_unit_that_is_asked_does_what_a_unit_that_is_always_scanned_does(number: int, seed: int) -> None:
    life, always = live(number, seed, SECONDS)
    asked = live_when_asked(number, life)

    assert asked.log == always.log
    assert asked.commands == always.commands
    assert asked.figures(life.until) == always.figures(life.until)


def test_the_lives_are_worth_living() -> None:
    """Between them the random lives see every state, most steps and whole robots, and asking saves most scans."""
    states: set[int] = set()
    for number in SEQUENCES:
        steps: set[int] = set()
        robots = every = some = rows = 0
        for seed in range(5):
            life, always = live(number, seed, SECONDS)
            asked = live_when_asked(number, life)
            states |= {value for _, log, value in always.log if log % 64 == LOG_STATE}
            steps |= {value for _, log, value in always.log if log % 64 == LOG_STEP}
            robots += sum(log % 64 == LOG_PROCESSED for _, log, _ in always.log)
            rows = len(always.unit.program.steps)
            every, some = every + always.scans, some + asked.scans
        assert len(steps) > 0.7 * rows
        assert robots
        assert some < 0.2 * every
    assert states == {int(state) for state in State if state is not State.UNDEFINED}
