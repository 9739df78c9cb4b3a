"""The power network as a screen: look only; breakers and generator are an engineer's."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.panels.power import power
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key


class PowerScreen(PlantScreen):
    """Mains, generator, UPS, bus and feeders with live values."""

    heading = "W POWER"

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The single-line diagram."""
        return power(frame, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back, help."""
        return [Key("escape", "Esc", "Back"), Key("question_mark", "?", "Help")]
