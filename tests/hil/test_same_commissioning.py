"""Commissioning is the same with boards on C firmware: dead ones, dormant starts, swapped wires."""

from __future__ import annotations

import pytest

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from hil.emulated_board import EmulatedBoard
from protocols.commissioning import Command, Finding, Stage
from protocols.ports import Board, Terminals
from protocols.stations.io_table import BY_NUMBER
from sector7.recipe import Recipe, StationRecipe
from sector7.rig.rig import Rig
from sector7.rig.trace import first_difference
from tests.hil.toolbox import starter
from tests.sector7.lines import MINUTE
from tests.sector7.reactivation.team import ask, commissioner, dormant, evidence

CRIPPLED = dormant(
    (1, 3, 8, 12),
    {"kind": "dead_board", "on": "ST03"},
    {"kind": "swapped_inputs", "on": "ST03.clamped", "other": "ST03.robot_done"},
    {"kind": "drifted_sensor", "on": "ST03.weld_current", "amount": 50.0},
    {"kind": "seized_axis", "on": "ST08.transfer axis"},
    unknown_maps=[12],
)


def emulated(recipe: Recipe, target: str, *stations: int) -> Rig:
    """A rig whose `stations` have boards on C firmware."""

    def fit(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
        io = BY_NUMBER[row.number]
        if row.number not in stations:
            return SimulatedBoard(profile(io), terminals, sampling=every)
        return EmulatedBoard(io, terminals, starter(target), every=every)

    return Rig(recipe, 2, keep_trace=True, boards=fit)


def same(target: str, until_us: int, *stations: int) -> Rig:
    """Both rigs commissioned; the one with the C firmware."""
    plain, there = Rig(CRIPPLED, 2, keep_trace=True), emulated(CRIPPLED, target, *stations)
    for rig in (plain, there):
        ask(rig, Command.PRODUCE if len(stations) > 1 else Command.AUTOMATIC, stations[0] if len(stations) == 1 else 0)
        rig.run(until_us)
    assert first_difference(plain.trace.entries(), there.trace.entries()) is None
    assert list(plain.commissioning.book.entries()) == list(there.commissioning.book.entries())
    return there


@pytest.mark.timeout(300)
def test_a_dead_board_on_c_firmware_is_found_and_replaced() -> None:
    rig = same("emulated", 25 * MINUTE, 3)
    findings = [entry.finding for entry in evidence(rig, 3) if not entry.passed]
    assert findings[:2] == [Finding.DEAD_BOARD, Finding.SWAPPED]
    assert commissioner(rig, 3).ledger.stage >= Stage.COMMUNICATING


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_a_whole_line_on_c_firmware_is_commissioned_and_starts() -> None:
    rig = same("emulated", 150 * MINUTE, 1, 3, 8, 12)
    assert rig.commissioning.program.released == 4
    assert rig.plant.ledger.started > 0
