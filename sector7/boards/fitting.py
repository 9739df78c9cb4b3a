"""Boards that come and go while the line runs: swaps that an engineer asks for, links lost and regained."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from firmware_sim.plc.seat import STANDING
from hil.serial_board import SerialBoard
from protocols.errors import LinkError
from protocols.ports import Board, Terminals
from protocols.tags.boards_map import TIER_LABELS
from sector7.rig.cabinet import Cabinet

if TYPE_CHECKING:  # see sector7.rig.rig
    from sector7.recipe import BoardTier, Recipe, StationRecipe

#: What masters write of a station's board, and what the judge of real links tells (`BoardAlive`).
BOARD_ITEMS: Final = ("BoardRequest", "BoardAlive")
_TIERS: Final[dict[int, BoardTier]] = {1: "simulated", 2: "emulated", 3: "serial"}

_log = logging.getLogger("sector7.boards.kinds")


class Fitting:
    """Fits boards at scan boundaries. `recipe` is the line as it is fitted now."""

    def __init__(
        self, recipe: Recipe, cabinets: Sequence[Cabinet], boards: Callable[[StationRecipe, Terminals], Board]
    ) -> None:
        self.recipe = recipe
        self._cabinets = {cabinet.station.number: cabinet for cabinet in cabinets}
        self._boards = boards

    def apply(self, now: int, number: int, item: str, raw: int) -> None:
        """One written value of station `number`."""
        cabinet = self._cabinets[number]
        if item == "BoardAlive":
            self._hear(cabinet, bool(raw))
        elif raw:
            why = self._swap(now, cabinet, raw)
            cabinet.unit.refused = bool(why)
            if why:
                _log.warning("station %d: no %s board: %s", number, dict(TIER_LABELS)[raw].lower(), why)

    def _hear(self, cabinet: Cabinet, alive: bool) -> None:
        if isinstance(cabinet.board, SerialBoard):
            if cabinet.board.present and not alive:
                cabinet.unit.detained = True  # somebody shall look at it before it works again
            cabinet.board.hear(alive)

    def _swap(self, now: int, cabinet: Cabinet, raw: int) -> str:
        """Fit another board; why not, if it cannot be done."""
        tier = _TIERS[raw]
        rows = {row.number: row for row in self.recipe.station}
        row = rows[cabinet.station.number]
        if row.board == tier:
            return ""
        if row.remote is not None:
            return "its board is a remote one"
        if cabinet.unit.state not in STANDING:
            return "the station is at work; hold it first"
        if tier == "serial" and row.serial is None:
            return "the recipe does not say at which port ([station.serial])"
        row = row.model_copy(update={"board": tier})
        try:
            board = self._boards(row, cabinet.station.terminals)
        except LinkError as error:
            return str(error)
        cabinet.unit.detained = True
        close = getattr(cabinet.board, "close", None)
        cabinet.fit(now, board)
        if close is not None:
            close()
        rows[row.number] = row
        self.recipe = self.recipe.model_copy(update={"station": list(rows.values())})
        _log.info("station %d: %s board fitted", row.number, tier)
        return ""
