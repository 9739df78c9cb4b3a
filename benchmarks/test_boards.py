"""How fast boards on C firmware go by: one, and the twelve of the castle line."""

from __future__ import annotations

import time

import pytest

from benchmarks.conftest import Figures
from hil.emulated_board import EmulatedBoard
from protocols.ports import Board, Terminals
from protocols.stations.io_table import BY_NUMBER
from sector7 import recipe as recipes
from sector7.boards.kinds import with_boards
from sector7.recipe import StationRecipe
from sector7.rig.rig import Rig

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

SECTION = "Emulated boards"
SECOND = 1_000_000


def every_exchange(row: StationRecipe, terminals: Terminals, _: bool) -> Board:
    """A fit that leaves no exchange out."""
    return EmulatedBoard(BY_NUMBER[row.number], terminals, every=True)


def speed(rig: Rig, seconds: int) -> float:
    """Plant seconds per second."""
    rig.run(SECOND)
    begin = time.perf_counter()
    rig.run((1 + seconds) * SECOND)
    return seconds / (time.perf_counter() - begin)


def test_boards(figures: Figures) -> None:
    """One board, twelve boards, twelve boards with every exchange."""
    castle = recipes.load("castle")
    one = castle.model_copy(
        update={"station": [r.model_copy(update={"board": "emulated"}) if r.number == 4 else r for r in castle.station]}
    )
    figures.row(SECTION, "one board in the line", f"{speed(Rig(one, 7), 120):.0f} x real time")
    figures.row(SECTION, "twelve boards", f"{speed(Rig(with_boards(castle, 'emulated'), 7), 60):.1f} x real time")
    every = speed(Rig(castle, 7, boards=every_exchange), 20)
    figures.row(SECTION, "twelve boards, every exchange", f"{every:.1f} x real time")
