"""The alarm summary as a screen: look, acknowledge, shelve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.dialogs.filter import FilterDialog
from hmi.dialogs.shelve import ShelveDialog
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.operations.alarms import AcknowledgeShown, AlarmOrder, AlarmService
from hmi.panels.alarm_rows import Row
from hmi.panels.alarm_view import Shown, Summary, listing
from hmi.panels.alarms import alarm_summary, visible
from hmi.screens.guide import Guide
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key
from protocols.alarms.alarm import UNACKNOWLEDGED, AlarmCommand, AlarmState, ServiceCommand
from protocols.alarms.table import BY_ALARM

_LATCHED = (AlarmState.LATCHED_UNACKNOWLEDGED, AlarmState.LATCHED_ACKNOWLEDGED)
_HIDDEN = (AlarmState.SHELVED, AlarmState.SUPPRESSED, AlarmState.OUT_OF_SERVICE)


class AlarmScreen(PlantScreen):
    """The alarms of the plant. The cursor stays with its alarm when the list is ordered anew.

    Enter leads to the station that the selected alarm belongs to.
    """

    heading = "3 ALARMS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("a", "acknowledge", "Acknowledge", show=False),
        Binding("A", "acknowledge_all", "Acknowledge shown", show=False),
        Binding("r", "reset", "Reset", show=False),
        Binding("s", "shelve", "Shelve", show=False),
        Binding("u", "unshelve", "Unshelve", show=False),
        Binding("x", "service", "Out of service", show=False),
        Binding("v", "view", "View", show=False),
        Binding("h", "health", "Health", show=False),
        Binding("z", "roll", "Low priorities", show=False),
        Binding("slash", "filter", "Filter", show=False),
        Binding("enter", "open", "Station", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._number = 0
        self._view = Summary()

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Counters, table, help text. What was unrolled is rolled up again in the next flood."""
        if self._view.unrolled and not frame.raw("Line.AlarmFlood"):
            self._view = replace(self._view, unrolled=False)
        chosen = self._chosen(frame)
        self._number = chosen.alarm.number if chosen is not None else 0
        return alarm_summary(frame, width, height, replace(self._view, number=self._number))

    def keys(self, frame: Frame) -> Sequence[Key]:
        """What can be done to the selected alarm."""
        chosen = self._chosen(frame)
        state = chosen.state if chosen is not None else int(AlarmState.NORMAL)
        can = frame.can_command
        roll = Key("z", "Z", "Roll up low" if self._view.unrolled else "Open low")
        return [
            Key("escape", "Esc", "Back"),
            Key("a", "A", "Ack", can and state in UNACKNOWLEDGED),
            Key("A", "⇧A", "Ack shown", can and bool(self._shown(frame).numbers)),
            *([roll] if frame.raw("Line.AlarmFlood") else []),
            Key("s", "S", "Shelve", can and chosen is not None and state not in _HIDDEN),
            Key("u", "U", "Unshelve", can and state == AlarmState.SHELVED),
            Key("r", "R", "Reset", can and state in _LATCHED),
            Key("x", "X", "In service" if state == AlarmState.OUT_OF_SERVICE else "Out of service",
                chosen is not None and not self.desk.commander.refusal(_service(chosen))),
            Key("enter", "Enter", "Station", chosen is not None and chosen.alarm.station > 0),
            Key("v", "V", "View"),
            Key("slash", "/", "Filter"),
            Key("h", "H", "List" if self._view.health else "Health"),
            Key("question_mark", "?", "Help"),
        ]  # fmt: skip

    def action_move(self, step: int) -> None:
        """Select the next alarm."""
        listed = listing(self.desk.frame(), self._view)
        chosen = listed.selected(self._number)
        if chosen is not None:
            place = max(0, min(len(listed.rows) - 1, listed.rows.index(chosen) + step))
            self._number = listed.rows[place].alarm.number
            self.repaint()

    def action_roll(self) -> None:
        """In a flood: low priorities one by one, or rolled up."""
        if self.desk.frame().raw("Line.AlarmFlood"):
            self._view = replace(self._view, unrolled=not self._view.unrolled, health=False)
            self.repaint()

    def action_view(self) -> None:
        """All, those that wait, those set aside, those suppressed."""
        order = tuple(Shown)
        shown = order[(order.index(self._view.shown) + 1) % len(order)]
        self._view = replace(self._view, shown=shown, health=False)
        self.repaint()

    def action_health(self) -> None:
        """How the alarm system does, and back."""
        self._view = replace(self._view, health=not self._view.health)
        self.repaint()

    def action_filter(self) -> None:
        """Type what tag, title, area, state or priority shall hold."""

        def narrow(typed: str) -> None:
            self._view = replace(self._view, typed=typed, health=False)

        self.app.push_screen(FilterDialog(self.desk, self._view.typed, narrow))

    def action_open(self) -> None:
        """The page of the selected alarm's station."""
        chosen = self._chosen(self.desk.frame())
        if chosen is not None and chosen.alarm.station:
            self.guide.open_station(chosen.alarm.station)

    def action_acknowledge(self) -> None:
        """Ask before acknowledging the selected alarm."""
        self._ask(AlarmCommand.ACKNOWLEDGE)

    def action_acknowledge_all(self) -> None:
        """Ask before acknowledging all that can be seen here, and nothing else."""
        self.ask(self._shown(self.desk.frame()))

    def _shown(self, frame: Frame) -> AcknowledgeShown:
        found = visible(frame, *self._body.size, replace(self._view, number=self._number))
        return AcknowledgeShown(tuple(row.alarm.number for row in found if row.unacknowledged))

    def action_reset(self) -> None:
        """Ask before resetting the selected latched alarm."""
        self._ask(AlarmCommand.RESET)

    def action_unshelve(self) -> None:
        """Ask before taking the selected alarm off its shelf."""
        self._ask(AlarmCommand.UNSHELVE)

    def action_service(self) -> None:
        """Ask before an engineer takes the selected alarm out of service, or puts it back."""
        chosen = self._chosen(self.desk.frame())
        if chosen is not None:
            self.ask(_service(chosen))

    def action_shelve(self) -> None:
        """Ask why and how long before shelving the selected alarm."""
        number = self._number
        login = self.desk.commander.login
        if number and self.possible(AlarmOrder(AlarmCommand.SHELVE, number)):

            def answered(chosen: tuple[int, int] | None) -> None:
                self._carry_out(AlarmOrder(AlarmCommand.SHELVE, number, *(chosen or ())), login, chosen is not None)

            self.app.push_screen(ShelveDialog(self.desk, BY_ALARM[number]), answered)

    def _ask(self, command: AlarmCommand) -> None:
        if self._number in BY_ALARM:
            self.ask(AlarmOrder(command, self._number))

    def _chosen(self, frame: Frame) -> Row | None:
        return listing(frame, self._view).selected(self._number)


def _service(chosen: Row) -> AlarmService:
    out = chosen.state == AlarmState.OUT_OF_SERVICE
    return AlarmService(ServiceCommand.RETURN_TO_SERVICE if out else ServiceCommand.OUT_OF_SERVICE, chosen.alarm.number)
