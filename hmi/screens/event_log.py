"""The event log as a screen: what happened, when, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.comfort.memory import Settings
from hmi.desk import Desk
from hmi.dialogs.filter import FilterDialog
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.event_log import Told, event_file, matching, told
from hmi.panels.event_log import Reading, event_log
from hmi.screens.guide import Guide
from hmi.screens.reading_screen import ReadingScreen
from hmi.widgets.key_bar import Key

_FAR = 99999


class EventLogScreen(ReadingScreen):
    """The journal's events. The cursor follows the newest one until it is moved; then it stays with its event."""

    heading = "I EVENTS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-15)", show=False),
        Binding("pagedown", "move(15)", show=False),
        Binding("home", f"move(-{_FAR})", show=False),
        Binding("end", f"move({_FAR})", show=False),
        Binding("slash", "filter", "Filter", show=False),
        Binding("enter", "open", "Station", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._file = event_file()
        self._all: list[Told] = []
        self._found: list[Told] = []
        self._typed = ""
        #: Number of the selected event; 0 follows the newest.
        self._number = 0

    async def read_bulk(self) -> None:
        """The events since the last time."""
        if await self._file.update(self.desk.acquisition, self.desk.frame().raw("Line.RunEpoch")):
            self._all = told(self._file)
            self._narrow(self._typed)

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The list and the selected event."""
        shown = Reading(self._found, len(self._all), self._typed, self._place, not self._number)
        return event_log(frame, shown, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Choose, find, go there."""
        chosen = self._chosen
        return [
            Key("escape", "Esc", "Back"),
            Key("down", "↑↓", "Event", bool(self._found)),
            Key("home", "Home", "Follow", bool(self._number)),
            Key("slash", "/", "Filter"),
            Key("enter", "Enter", "Station", chosen is not None and bool(chosen.event.station)),
            Key("question_mark", "?", "Help"),
        ]

    def settings(self) -> Settings:
        """The filter."""
        return {"filter": self._typed}

    def set_up(self, settings: Settings) -> None:
        """See `PlantScreen`."""
        typed = settings.get("filter")
        if isinstance(typed, str):
            self._narrow(typed)

    def action_move(self, step: int) -> None:
        """Select another event; the newest one is followed."""
        if self._found:
            place = max(0, min(len(self._found) - 1, self._place + step))
            self._number = self._found[place].event.number if place else 0
            self.repaint()

    def action_filter(self) -> None:
        """Type what station, kind or text shall hold."""
        self.app.push_screen(FilterDialog(self.desk, self._typed, self._narrow))

    def action_open(self) -> None:
        """The page of the selected event's station."""
        chosen = self._chosen
        if chosen is not None and chosen.event.station:
            self.guide.open_station(chosen.event.station)

    def _narrow(self, typed: str) -> None:
        self._typed = typed
        self._found = matching(self._all, typed)

    @property
    def _place(self) -> int:
        return next((place for place, one in enumerate(self._found) if one.event.number == self._number), 0)

    @property
    def _chosen(self) -> Told | None:
        return self._found[self._place] if self._found else None
