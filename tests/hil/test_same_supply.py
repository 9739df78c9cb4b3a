"""Simulated and emulated boards hang on one supply: in a storm they die, start and answer at the same instants."""

from __future__ import annotations

from random import Random

import pytest

from firmware_sim.board.board import RESET_BROWN_OUT, RESET_POWER_ON, SimulatedBoard
from hil.emulated_board import EmulatedBoard
from sector7.rig.rig import Rig
from sector7.rig.trace import first_difference
from tests.hil.test_same_trace import CASTLE, SECOND, fitted
from tests.hil.toolbox import starter
from tests.sector7.storms import thunder


def causes(rig: Rig) -> dict[int, tuple[int, int]]:
    """Cause of the last reset, and resets since power-on, as each board tells them."""
    told = {}
    for cabinet in rig.cabinets:
        board = cabinet.board
        if isinstance(board, SimulatedBoard):
            told[cabinet.station.number] = (board.reset_cause, board.resets)
        elif isinstance(board, EmulatedBoard):
            figures = board.diagnostics()
            told[cabinet.station.number] = (figures["reset_cause"], figures["resets"])
    return told


def same(target: str, until_us: int, *stations: int) -> dict[int, tuple[int, int]]:
    """Both rigs in the same storm; answers what the C firmware says of its resets."""
    plain, there = Rig(CASTLE, 7, keep_trace=True), fitted(starter(target), *stations)
    for rig in (plain, there):
        thunder(rig, until_us)
    assert first_difference(plain.trace.entries(), there.trace.entries()) is None
    assert plain.trace.sha256() == there.trace.sha256()
    told = causes(there)
    assert told == causes(plain)
    return {number: told[number] for number in stations or told}


def test_the_host_build_in_the_first_lightning() -> None:
    told = same("host", 60 * SECOND)
    assert set(told.values()) >= {(RESET_BROWN_OUT, 1), (RESET_POWER_ON, 0)}


@pytest.mark.timeout(300)
def test_five_minutes_of_storm_with_two_emulated_boards() -> None:
    assert same("emulated", 300 * SECOND, 3, 9) == {3: (RESET_POWER_ON, 0), 9: (RESET_POWER_ON, 0)}


@pytest.mark.timeout(300)
def test_an_emulated_board_tells_the_brown_out() -> None:
    assert same("emulated", 60 * SECOND, 1, 6) == {1: (RESET_BROWN_OUT, 1), 6: (RESET_POWER_ON, 0)}


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_five_minutes_of_storm_with_every_board_emulated() -> None:
    assert len(same("emulated", 300 * SECOND)) == 12


@pytest.mark.parametrize("seed", range(3))
def test_any_storm_on_the_host_build(seed: int) -> None:
    """Sags, outages, breakers and cut cables at any microsecond."""
    rigs = [Rig(CASTLE, 7, keep_trace=True), fitted(starter("host"))]
    for rig in rigs:
        random, power = Random(seed), rig.plant.power
        rig.run(30 * SECOND)
        for _ in range(40):
            rig.run(rig.now + random.randrange(1, 9 * SECOND))
            chance = random.random()
            if chance < 0.6:
                steps = [(random.randrange(1000), random.randrange(1, 400_000)) for _ in range(random.randrange(1, 4))]
                power.sag(rig.now, tuple(steps))
            elif chance < 0.8:
                power.switch(rig.now, random.randrange(13), close=random.random() < 0.7)
            elif chance < 0.95:
                (power.fail if chance < 0.85 else power.mend)(rig.now)
            else:
                random.choice(rig.cabinets).link(rig.now, random.random() < 0.6)
        rig.run(rig.now + 60 * SECOND)
    assert first_difference(rigs[0].trace.entries(), rigs[1].trace.entries()) is None
