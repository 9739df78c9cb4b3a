"""A widget that keeps lines of spans and repaints only those that changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hmi.draw.ink import PLAIN
from hmi.draw.spans import Line
from hmi.draw.themes import dress


class LineView(Widget):
    """Shows lines as they are given; the lines themselves are the signature that says what to repaint.

    `paper` fills what the lines leave free.
    """

    def __init__(self, paper: Style = PLAIN, id: str | None = None) -> None:  # noqa: A002 (Textual's name for it)
        super().__init__(id=id)
        self._paper = paper
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show `lines` from now on. Cheap if few of them changed; safe before mounting and after removal."""
        old, new = self._lines, list(lines)
        self._lines = new
        if not self.is_mounted or self.size.width <= 0:
            return
        width = self.size.width
        common = min(len(old), len(new))
        rows = range(min(max(len(old), len(new)), self.size.height))
        regions = [Region(0, y, width, 1) for y in rows if y >= common or old[y] != new[y]]
        if regions:
            self.refresh(*regions)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All but Textual's conversion to true colours: inks are true colours, and it takes a twentieth of a tick."""
        return [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]

    def render_line(self, y: int) -> Strip:
        """Textual asks for one line of the content."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else ()
        theme = self.app.theme
        strip = Strip([Segment(text, dress(style, theme)) for text, style in line])
        return strip.adjust_cell_length(width, dress(self._paper, theme))
