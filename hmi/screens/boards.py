"""The boards of all stations and their links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.panels.boards import boards
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key


class BoardsScreen(PlantScreen):
    """One row per station."""

    heading = "BOARDS"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The table, cut to the height."""
        return boards(frame, width)[:height]

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back, help, quit."""
        return [Key("escape", "Esc", "Back"), Key("question_mark", "?", "Help"), Key("q", "Q", "Quit")]

    def action_back(self) -> None:
        """To where the operator came from."""
        self.app.pop_screen()
