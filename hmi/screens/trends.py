"""The trend page as a screen: pens, a stretch of time, a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from hmi.comfort.memory import Settings
from hmi.desk import Desk
from hmi.dialogs.pick import PickDialog
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.pens import TRENDABLE, Pen, level_for
from hmi.panels.trend_page import MARGIN, Points, TrendView, columns, trend_page
from hmi.screens.guide import Guide
from hmi.screens.reading_screen import ReadingScreen
from hmi.widgets.key_bar import Key
from protocols.tags.history_map import RECORDING

#: Stretches of plant time that can be shown, in seconds: a minute to a week.
SPANS: Final = (60, 300, 600, 1800, 3600, 4 * 3600, 8 * 3600, 24 * 3600, 3 * 86400, 7 * 86400)


class TrendsScreen(ReadingScreen):
    """Up to six pens. The cursor stays at its instant; without one the page shows the present."""

    heading = "T TRENDS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "pick", "Pick tags", show=False),
        Binding("z", "zoom(1)", "Longer", show=False),
        Binding("x", "zoom(-1)", "Shorter", show=False),
        Binding("left", "cursor(-1)", show=False),
        Binding("right", "cursor(1)", show=False),
        Binding("shift+left", "cursor(-10)", show=False),
        Binding("shift+right", "cursor(10)", show=False),
        Binding("pageup", "pan(-1)", show=False),
        Binding("pagedown", "pan(1)", show=False),
        Binding("end", "live", show=False),
        Binding("up", "select(-1)", show=False),
        Binding("down", "select(1)", show=False),
        Binding("d,delete", "drop", "Drop pen", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._span = SPANS.index(600)
        self._end_s: float | None = None
        self._cursor_s: float | None = None
        self._selected = 0
        self._drawn: tuple[object, ...] = ()
        self._points: list[tuple[Pen, Points]] = []

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Strips and axis. The points are gathered anew only when time has moved by one of them."""
        view, level = self._view(frame, width)
        pens = self.desk.pens
        drawn = (view.begin_s, view.end_s, width, pens.revision)
        if drawn != self._drawn:
            self._drawn = drawn
            count = 2 * columns(width)
            self._points = [(pen, pen.points(level, view.begin_s, view.end_s, count)) for pen in pens.chosen]
        return trend_page(frame, view, self._points, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Pick, zoom, move."""
        some = bool(self.desk.pens.chosen)
        return [
            Key("escape", "Esc", "Back"),
            Key("slash", "/", "Pick tags"),
            Key("z", "Z", "Longer", self._span < len(SPANS) - 1),
            Key("x", "X", "Shorter", self._span > 0),
            Key("left", "←→", "Cursor", some),
            Key("end", "End", "Live", self._end_s is not None or self._cursor_s is not None),
            Key("pageup", "PgUp/Dn", "Earlier, later"),
            Key("down", "↑↓", "Pen", len(self.desk.pens.chosen) > 1),
            Key("d", "D", "Drop pen", some),
            Key("question_mark", "?", "Help"),
        ]

    def settings(self) -> Settings:
        """The pens and the stretch of time."""
        return {"pens": list(self.desk.pens.names), "span_s": SPANS[self._span]}

    def set_up(self, settings: Settings) -> None:
        """See `PlantScreen`."""
        pens, span = settings.get("pens"), settings.get("span_s")
        if isinstance(pens, list):
            self.desk.pens.choose([name for name in pens if name in TRENDABLE])
        if span in SPANS:
            self._span = SPANS.index(span)

    async def read_bulk(self) -> None:
        """What the server's history has of the stretch that is shown."""
        frame = self.desk.frame()
        if self._body.size.width > 0:
            view, level = self._view(frame, self._body.size.width)
            await self.desk.pens.fetch(self.desk.acquisition, frame.snapshot, level, view.begin_s, view.end_s)

    def _now_s(self) -> float:
        return self.desk.frame().raw("Line.SimulatedTime") / 1e6

    def _view(self, frame: Frame, width: int) -> tuple[TrendView, int]:
        """What is shown, on the grid of the points, and the level of history that it is drawn from."""
        now, span = frame.raw("Line.SimulatedTime") / 1e6, float(SPANS[self._span])
        step = span / (2 * columns(width))
        end = now if self._end_s is None else self._end_s
        end = (end // step + 1) * step
        begin = end - span
        cursor = None
        if self._cursor_s is not None:
            cursor = max(0, min(columns(width) - 1, int((self._cursor_s - begin) / (2 * step))))
        self._selected = max(0, min(self._selected, len(self.desk.pens.chosen) - 1))
        history = frame.raw("Line.HistoryState") == RECORDING
        return TrendView(begin, end, self._end_s is None, cursor, self._selected, history), level_for(span, now - begin)

    def action_pick(self) -> None:
        """Pick and drop pens by name."""
        pens = self.desk.pens

        def toggle(name: str) -> bool:
            done = pens.toggle(name)
            self.read_soon()
            return done

        self.app.push_screen(PickDialog(self.desk, TRENDABLE, lambda: pens.names, toggle))

    def action_zoom(self, step: int) -> None:
        """A longer or a shorter stretch of time, around the cursor if there is one."""
        self._span = max(0, min(len(SPANS) - 1, self._span + step))
        if self._cursor_s is not None:
            end = self._cursor_s + SPANS[self._span] / 2
            self._end_s = end if end < self._now_s() else None
        self._moved()

    def action_cursor(self, step: int) -> None:
        """Move the cursor by cells; the first press sets it at the present."""
        width = self._body.size.width
        if width <= 0:
            return
        view, _ = self._view(self.desk.frame(), width)
        cell = (view.end_s - view.begin_s) / columns(width)
        start = self._cursor_s if self._cursor_s is not None else min(view.end_s, self._now_s())
        # The middle of a cell, so that rounding never holds the cursor in its place.
        there = ((start - view.begin_s) // cell + step + 0.5) * cell + view.begin_s
        self._cursor_s = max(view.begin_s + cell / 2, min(view.end_s - cell / 2, there))
        self._moved()

    def action_pan(self, direction: int) -> None:
        """Half a page of time earlier or later; at the present the page goes on by itself again."""
        now, span = self._now_s(), SPANS[self._span]
        end = (now if self._end_s is None else self._end_s) + direction * span / 2
        self._end_s = None if end >= now else max(end, min(now, span / 2))
        self._moved()

    def action_live(self) -> None:
        """Back to the present, without a cursor."""
        self._end_s = self._cursor_s = None
        self._moved()

    def action_select(self, step: int) -> None:
        """Another pen."""
        self._selected += step
        self.repaint()

    def action_drop(self) -> None:
        """Take the selected pen away."""
        names = self.desk.pens.names
        if names:
            self.desk.pens.toggle(names[self._selected])
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        """A click sets the cursor."""
        if event.widget is self._body:
            self._cursor_s = None
            view, _ = self._view(self.desk.frame(), self._body.size.width)
            cell = (view.end_s - view.begin_s) / columns(self._body.size.width)
            self._cursor_s = view.begin_s + (max(0, event.x - MARGIN) + 0.5) * cell
            self._moved()

    def _moved(self) -> None:
        self.read_soon()
        self.repaint()
