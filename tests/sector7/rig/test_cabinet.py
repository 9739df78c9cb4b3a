"""What a cabinet adds between board, program and plant: the cut line, the enable of what springs and weights move."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from firmware_sim.board.board import SimulatedBoard
from plant.attendance import NOBODY
from protocols.stations.images import TRIPPED
from sector7.rig.cabinet import Cabinet
from sector7.rig.rig import Rig
from tests.sector7.lines import SECOND, small

MS = 1_000


def running() -> tuple[Rig, Cabinet, SimulatedBoard]:
    """A small line in Execute, and its joint assembly."""
    rig = Rig(small(), 1)
    rig.run(20 * SECOND)
    cabinet = rig.cabinets[1]
    assert isinstance(cabinet.board, SimulatedBoard)
    return rig, cabinet, cabinet.board


@pytest.mark.parametrize("again_ms", [21, 41, 61, 81])
def test_a_line_that_is_mended_and_cut_between_exchanges_was_never_mended(again_ms: int) -> None:
    rig, cabinet, board = running()
    begin = rig.now
    rig.run(begin + MS)
    cabinet.link(rig.now, False)
    rig.run(begin + again_ms * MS)
    cabinet.link(rig.now, True)
    cabinet.link(rig.now, False)
    rig.run(begin + 100 * MS)
    assert board.watchdog_trips == 0
    rig.run(begin + 101 * MS)
    assert board.watchdog_trips == 1


def test_a_line_that_is_mended_for_one_exchange_begins_anew() -> None:
    rig, cabinet, board = running()
    begin = rig.now
    rig.run(begin + MS)
    cabinet.link(rig.now, False)
    rig.run(begin + 61 * MS)
    cabinet.link(rig.now, True)
    rig.run(begin + 81 * MS)
    cabinet.link(rig.now, False)
    rig.run(begin + 180 * MS)
    assert board.watchdog_trips == 0
    rig.run(begin + 181 * MS)
    assert board.watchdog_trips == 1


@pytest.mark.parametrize("fixed", [False, True])
def test_what_the_board_has_not_enabled_does_not_move(fixed: bool) -> None:
    """After a guard was opened, closing it gives power back; but springs and weights wait for the acknowledge."""
    rig = Rig(small(), 1, fixed=fixed)
    rig.run(20 * SECOND)
    cabinet = rig.cabinets[1]
    until(rig, lambda: cabinet.station.enabled)
    rig.request("Line.AutoRecovery", 0)
    rig.request("ST05.JamClear", 1)
    until(rig, lambda: not cabinet.station.enabled)
    until(rig, lambda: cabinet.station.people.phase == NOBODY and not cabinet.station.chain.dropped)
    rig.run(rig.now + SECOND)
    assert cabinet.status & TRIPPED
    assert not cabinet.station.enabled
    rig.request("Line.AutoRecovery", 1)
    until(rig, lambda: cabinet.station.enabled)
    assert not cabinet.status & TRIPPED


def until(rig: Rig, done: Callable[[], bool]) -> None:
    """Run until `done`, for a quarter of an hour at most."""
    end = rig.now + 900 * SECOND
    while not done():
        assert rig.now < end
        rig.run(rig.now + 10 * MS)
