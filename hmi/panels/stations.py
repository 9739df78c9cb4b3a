"""The stations of the line: all tiles of the grid in one block of lines."""

from __future__ import annotations

from hmi.draw.ink import PLAIN
from hmi.draw.spans import Line, Span, fit
from hmi.frame import Frame
from hmi.panels.arrangement import Arrangement
from hmi.panels.table import table
from hmi.panels.tile import tile


def stations(frame: Frame, arrangement: Arrangement, width: int, cursor: int) -> list[Line]:
    """The stations as arranged; `cursor` is the selected station."""
    if not arrangement.columns:
        return table(frame, width, cursor)
    lines: list[Line] = []
    columns = arrangement.columns
    for first in range(0, len(frame.stations), columns):
        row = [
            tile(view, arrangement.tile_width, arrangement.tile_height, view.number == cursor)
            for view in frame.stations[first : first + columns]
        ]
        for y in range(arrangement.tile_height):
            spans: list[Span] = []
            for block in row:
                spans.append((" ", PLAIN))
                spans += block[y]
            lines.append(fit(tuple(spans), width))
    return lines
