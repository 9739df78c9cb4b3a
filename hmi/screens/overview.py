"""Screen 1: the whole line at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.dialogs.jump import Target
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.panels.overview import layout, overview
from hmi.screens.guide import Guide
from hmi.screens.target_screen import TargetScreen
from hmi.widgets.key_bar import Key
from protocols.stations.io_table import STATIONS

#: Hold and Line stop: these must not fall off a narrow bar.
_URGENT = ("f9", "f8")


class OverviewScreen(TargetScreen):
    """Figures, constraint and twelve stations. Enter or a click opens the chosen one."""

    heading = "1 OVERVIEW"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("enter", "open", "Station", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._cursor = 1

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The overview's panels."""
        return overview(frame, width, height, self._cursor)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Open, the two most urgent commands, help, quit, and everything else as far as there is room."""
        pages, orders = self.guide.page_keys(frame), self.order_keys(frame)
        first = ("a",) if frame.raw("Line.AllReleased") else ("m", "a")  # a dormant line is woken before all else
        return [
            Key("enter", "Enter", "Station"),
            *[key for key in orders if key.key in _URGENT],
            Key("question_mark", "?", "Help"),
            Key("q", "Q", "Quit"),
            *[key for letter in first for key in pages if key.key == letter],
            *[key for key in orders if key.key not in _URGENT],
            *[key for key in pages if key.key not in ("f1", "f2", *first, "question_mark")],
        ]

    def action_move(self, dx: int, dy: int) -> None:
        """Move the cursor over the stations."""
        size = self._body.size
        if size.width > 0:
            self._cursor = layout(size.width, size.height).arrangement.moved(self._cursor, dx, dy)
            self.repaint()

    def action_open(self) -> None:
        """Open the selected station."""
        self.guide.open_station(self._cursor)

    def on_click(self, event: events.Click) -> None:
        """A click on a station opens it."""
        if event.widget is not self._body:
            return
        size = self._body.size
        where = layout(size.width, size.height)
        number = where.arrangement.station_at(event.x, event.y - self._body.region.y - where.top)
        if number:
            self._cursor = number
            self.guide.open_station(number)

    def select(self, number: int) -> None:
        """Put the cursor on a station (coming back from its page)."""
        self._cursor = number

    def targets(self) -> list[Target]:
        """The stations first."""
        where = layout(self._body.size.width, self._body.size.height)
        top = self._body.region.y + where.top
        corners = {io.number: where.arrangement.corner(io.number) for io in STATIONS}
        return [
            *(Target(x, top + y, partial(self.guide.open_station, number)) for number, (x, y) in corners.items()),
            *super().targets(),
        ]
