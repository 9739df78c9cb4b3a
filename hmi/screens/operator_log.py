"""The operator log as a screen: all consoles agree on it."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.panels.operator_log import operator_log
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key


class OperatorLogScreen(PlantScreen):
    """Who did what, when, from what to what, and what became of it."""

    heading = "O OPERATOR LOG"

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The entries."""
        return operator_log(frame, width)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back and help."""
        return [Key("escape", "Esc", "Back"), Key("question_mark", "?", "Help")]
