"""The file in which masters read what no register tells of the boards (see protocols.records.board_rows)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from hil.emulated_board import EmulatedBoard
from hil.serial_board import SerialBoard
from protocols.records.board_rows import BOARDS_FILE, ROW_WORDS, BoardRow, row_words
from sector7.recipe import StationRecipe
from sector7.rig.cabinet import STRANGE, Cabinet
from sector7.rig.rig import Rig

_STRANGE: Final = "its firmware is for another register layout"


class BoardFile:
    """Port `FileSource`."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        if file != BOARDS_FILE:
            return None
        fitted = {row.number: row for row in self._rig.fitting.recipe.station}
        rows = [_row(cabinet, fitted[cabinet.station.number]) for cabinet in self._rig.cabinets]
        words = [len(rows), ROW_WORDS, *chain.from_iterable(map(row_words, rows))]
        part = words[record : record + count]
        return part if len(part) == count else None


def _row(cabinet: Cabinet, fitted: StationRecipe) -> BoardRow:
    """One station's board, as it is now."""
    board, port = cabinet.board, ""
    if fitted.remote is not None:
        port = f"{fitted.remote.host}:{fitted.remote.port} unit {fitted.remote.unit}"
    elif fitted.serial is not None:
        port = fitted.serial.port
    pins, identity, problem = 0, "", _STRANGE if cabinet.trouble & STRANGE else ""
    scans: tuple[int, ...] = (0, 0, 0)
    if isinstance(board, EmulatedBoard | SerialBoard):
        scans = board.scans
    if isinstance(board, SerialBoard):
        pins, worker = board.twin.pins, board.worker
        if worker is not None:
            known = worker.identity
            identity = f"{known.vendor} {known.product} {known.version}" if known is not None else ""
            problem = worker.problem or problem
    return BoardRow(cabinet.station.number, pins, (scans[0], scans[1], scans[2]), port, identity, problem)
