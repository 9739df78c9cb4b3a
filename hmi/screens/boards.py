"""The boards of all stations and their links."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.panels.boards import boards
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key


class BoardsScreen(PlantScreen):
    """One row per station."""

    heading = "B BOARDS"

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The table."""
        return boards(frame, width)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back, help, quit."""
        return [Key("escape", "Esc", "Back"), Key("question_mark", "?", "Help"), Key("q", "Q", "Quit")]
