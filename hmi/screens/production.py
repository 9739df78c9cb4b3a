"""Production as a screen: orders, rejects, and any robot's history by its serial number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.dialogs.filter import FilterDialog
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.robots import JOURNAL_FILE, RUN_FILE, Robot, robot, robot_file
from hmi.panels.production import production
from hmi.screens.guide import Guide
from hmi.screens.order_form import WRITES, ask_order
from hmi.screens.reading_screen import ReadingScreen
from hmi.screens.target_screen import TargetScreen
from hmi.widgets.key_bar import Key


class ProductionScreen(ReadingScreen, TargetScreen):
    """The journal's file of robots is read where there is one, as it goes on over restarts; else that of this run."""

    heading = "P PRODUCTION"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("slash", "filter", "Find", show=False),
        Binding("n", "next", "Next order", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._files = [robot_file(JOURNAL_FILE), robot_file(RUN_FILE)]
        self._all: list[Robot] = []
        self._filter = ""
        self._serial = 0

    async def read_bulk(self) -> None:
        """The robots that left the line since the last time."""
        for file in self._files:
            await file.update(self.desk.acquisition, self.desk.frame().raw("Line.RunEpoch"))
            if file.there:
                self._all = [robot(entry) for entry in file.entries]
                return

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Order, counters, rejects, histories."""
        robots = self._robots()
        return production(frame, robots, self._told(robots), self._place(robots), self._filter, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Choose and find a robot, begin an order, command the line."""
        some = bool(self._all)
        return [
            Key("escape", "Esc", "Back"),
            Key("down", "↑↓", "Robot", some),
            Key("slash", "/", "Find by serial", some),
            Key("n", "N", "Next order", not self.desk.commander.blocked(WRITES)),
            *self.order_keys(frame),
            Key("question_mark", "?", "Help"),
        ]

    def _told(self, robots: Sequence[Robot]) -> str:
        if not any(file.there for file in self._files):
            return "this plant tells no histories"
        kept = "kept by the journal" if self._files[0].there else "of this run"
        return f"{len(robots)} of {len(self._all)} robots, {kept}"

    def _robots(self) -> list[Robot]:
        """Newest first, narrowed to what was typed."""
        typed = self._filter.lower().removeprefix("sn").strip()
        if typed in ("scrap", "scrapped", "bad"):
            return [found for found in self._all if not found.good]
        return [found for found in self._all if typed in str(found.serial)]

    def _place(self, robots: Sequence[Robot]) -> int:
        return next((place for place, found in enumerate(robots) if found.serial == self._serial), 0)

    def action_move(self, step: int) -> None:
        """Select another robot; the cursor stays with it when newer ones come."""
        robots = self._robots()
        if robots:
            self._serial = robots[max(0, min(len(robots) - 1, self._place(robots) + step))].serial
            self.repaint()

    def action_next(self) -> None:
        """The next order: number and quantity, then the question."""
        if why := self.desk.commander.blocked(WRITES):
            self.desk.commander.refuse("Begin an order", why)
            self.repaint()
        else:
            ask_order(self)

    def action_filter(self) -> None:
        """Type a part of a serial number, or "scrap"."""

        def narrow(typed: str) -> None:
            self._filter = typed

        self.app.push_screen(FilterDialog(self.desk, self._filter, narrow))
