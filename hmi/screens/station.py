"""Screen 2: one station in detail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.comfort.memory import Settings
from hmi.desk import Desk
from hmi.dialogs.setpoint import SetpointDialog
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.stops import Pareto, StopBook
from hmi.operations.setpoint import SetPoint
from hmi.panels.station import station
from hmi.screens.guide import Guide
from hmi.screens.reading_screen import ReadingScreen
from hmi.screens.target_screen import TargetScreen
from hmi.widgets.key_bar import Key
from protocols.stations.io_table import BY_NUMBER


class StationScreen(TargetScreen, ReadingScreen):
    """State, process values, set points, inputs and outputs, production, stops and board of one station."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("up", "select(-1)", show=False),
        Binding("down", "select(1)", show=False),
        Binding("t", "trends", "Trends", show=False),
        Binding("e", "edit", "Edit set point", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide, number: int = 1) -> None:
        super().__init__(desk, guide)
        self.number = number
        self._cursor = 0
        self._stops = StopBook()

    @property
    def target(self) -> str:
        """The station's code."""
        return BY_NUMBER[self.number].code

    def title_text(self) -> str:
        """Number and name of the station."""
        io = BY_NUMBER[self.number]
        return f"2 STATION {io.number:02d} {io.title.upper()}"

    def show_station(self, number: int) -> None:
        """Turn to a station's page; its board is polled from now on."""
        self.number = number
        self._cursor = self._top = 0
        if self.is_mounted:
            self.repaint()

    async def read_bulk(self) -> None:
        """The journal's events, where the plant keeps a journal."""
        line = self.desk.acquisition.snapshot.line
        if line.get("Line.JournalState"):
            await self._stops.update(self.desk.acquisition, line.get("Line.RunEpoch", 0))

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """All sections of the page."""
        return station(frame.station(self.number), width, height, self._cursor, self._pareto(frame))

    def _pareto(self, frame: Frame) -> Pareto | None:
        if not (self._stops.there and frame.raw("Line.JournalState")):
            return None
        return self._stops.pareto(self.number, frame.raw("Line.SimulatedTime"))

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back, previous and next, edit, commands to this station."""
        return [
            Key("escape", "Esc", "Back"),
            Key("right", "←→", "Station"),
            Key("t", "T", "Trends"),
            Key("e", "E", "Edit", frame.can_command and bool(BY_NUMBER[self.number].setpoints)),
            *self.order_keys(frame),
            Key("question_mark", "?", "Help"),
        ]

    def settings(self) -> Settings:
        """Which station."""
        return {"station": self.number}

    def set_up(self, settings: Settings) -> None:
        """See `PlantScreen`."""
        number = settings.get("station")
        if isinstance(number, int) and number in BY_NUMBER:
            self.number = number

    @property
    def board_unit(self) -> int:
        """The station's."""
        return 10 + self.number

    def action_turn(self, step: int) -> None:
        """Previous or next station, around the ends."""
        self.show_station((self.number - 1 + step) % len(BY_NUMBER) + 1)

    def action_select(self, step: int) -> None:
        """Select another set point."""
        count = len(BY_NUMBER[self.number].setpoints)
        self._cursor = max(0, min(count - 1, self._cursor + step))
        self.repaint()

    def action_trends(self) -> None:
        """This station's process values over time."""
        self.desk.pens.choose([f"{self.target}.{analog.name}" for analog in BY_NUMBER[self.number].analogs])
        self.guide.open_page("trends")

    def action_edit(self) -> None:
        """Edit the selected set point: a new value, then old → new to confirm."""
        points = BY_NUMBER[self.number].setpoints
        if not points:
            return
        name = f"{self.target}.{points[self._cursor].name}_sp"
        if self.possible(SetPoint(name, self.desk.frame().raw(name))):

            def entered(raw: int | None) -> None:
                if raw is not None:
                    self.ask(SetPoint(name, raw))

            self.app.push_screen(SetpointDialog(self.desk, name), entered)
