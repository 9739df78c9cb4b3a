"""How the twelve stations are laid out for a size of screen, and which of them lies under a cell."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.panels.tile import LARGEST, SMALLEST

STATIONS = 12


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Tiles in `columns` x `rows`, or (with `columns` 0) a table of twelve rows below a head."""

    columns: int
    tile_width: int = 0
    tile_height: int = 0

    @property
    def rows(self) -> int:
        """Rows of tiles, or of the table without its head."""
        return -(-STATIONS // self.columns) if self.columns else STATIONS

    @property
    def height(self) -> int:
        """Lines taken in all."""
        return self.rows * self.tile_height if self.columns else STATIONS + 1

    def station_at(self, x: int, y: int) -> int:
        """The station whose tile or row covers the cell, 0 for none. The origin is the arrangement's corner."""
        if y < 0 or x < 0:
            return 0
        if not self.columns:
            return y if 1 <= y <= STATIONS else 0
        column, row = (x - 1) // (self.tile_width + 1), y // self.tile_height
        number = row * self.columns + column + 1
        return number if 0 <= column < self.columns and row < self.rows else 0

    def corner(self, number: int) -> tuple[int, int]:
        """The cell at the upper left of a station's tile or row."""
        if not self.columns:
            return 0, number
        row, column = divmod(number - 1, self.columns)
        return column * (self.tile_width + 1) + 1, row * self.tile_height

    def moved(self, cursor: int, dx: int, dy: int) -> int:
        """The station reached from station `cursor` by one step; the ends hold."""
        step = dx + dy * max(1, self.columns)
        return cursor + step if 1 <= cursor + step <= STATIONS else cursor


def arrange(width: int, height: int) -> Arrangement:
    """The roomiest arrangement for `width` x `height` cells."""
    for columns, least in ((6, 130), (4, 96)):
        rows = STATIONS // columns
        # The last line of a tile is for few stations; the lists below the tiles need their room first.
        largest = LARGEST if height >= LARGEST * rows + 20 else LARGEST - 1
        tile_height = min(largest, height // rows)
        if width >= least and tile_height >= SMALLEST:
            return Arrangement(columns, (width - 1) // columns - 1, tile_height)
    return Arrangement(0)
