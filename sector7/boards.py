"""Which board a station gets: the firmware in Python, the C firmware's .hex in an emulator, or one of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from firmware_sim.board import SimulatedBoard
from firmware_sim.profile import profile
from hil.emulated_board import EmulatedBoard
from hil.remote_board import RemoteBoard
from protocols.io_table import BY_NUMBER
from protocols.ports import Board, Terminals

if TYPE_CHECKING:  # see sector7.rig
    from sector7.recipe import BoardTier, Recipe, StationRecipe

#: Fits a station with a board: the station's row, its terminal strip, and whether every grid instant is exchanged.
Fit = Callable[["StationRecipe", Terminals, bool], Board]


def fit(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
    """The board that the recipe names."""
    io = BY_NUMBER[row.number]
    if row.remote is not None:
        return RemoteBoard(io)
    if row.board == "emulated":
        return EmulatedBoard(io, terminals, every=every)
    return SimulatedBoard(profile(io), terminals, sampling=every)


def with_boards(recipe: Recipe, tier: BoardTier) -> Recipe:
    """The same recipe with boards of one tier in every station."""
    return recipe.model_copy(
        update={"station": [row.model_copy(update={"board": tier, "remote": None}) for row in recipe.station]},
    )
