"""Which board a station gets: the firmware in Python, the C firmware's .hex in an emulator, a real or a remote one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from hil.emulated_board import EmulatedBoard
from hil.remote_board import RemoteBoard
from hil.serial_board import SerialBoard
from protocols.ports import Board, Terminals
from protocols.stations.io_table import BY_NUMBER

if TYPE_CHECKING:  # see sector7.rig.rig
    from sector7.recipe import BoardTier, Recipe, StationRecipe

#: Fits a station with a board: the station's row, its terminal strip, and whether every grid instant is exchanged.
Fit = Callable[["StationRecipe", Terminals, bool], Board]


def fit(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
    """The board that the recipe names."""
    io = BY_NUMBER[row.number]
    if row.remote is not None:
        return RemoteBoard(io)
    if row.board == "serial" and row.serial is not None:
        return SerialBoard(io, terminals, pins(row), row.serial.watchdog)
    if row.board == "emulated":
        return EmulatedBoard(io, terminals, every=every)
    return SimulatedBoard(profile(io), terminals, sampling=every)


def pins(row: StationRecipe) -> int:
    """Bits of the sensor channels that are real ones: 0 to 5 inputs, 6 the safety chain, 7 to 10 analogue."""
    sources = row.serial.sensors if row.serial is not None else {}
    return sum(1 << i for name, i in BY_NUMBER[row.number].sensors.items() if sources.get(name) == "pin")


def with_boards(recipe: Recipe, tier: BoardTier) -> Recipe:
    """The same recipe with boards of one tier in every station."""
    return recipe.model_copy(
        update={"station": [row.model_copy(update={"board": tier, "remote": None}) for row in recipe.station]},
    )
