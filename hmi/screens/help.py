"""The help page: keys and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.draw.ink import LABEL, PLAIN, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.frame import Frame
from hmi.panels.station import furthest, window
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key

_SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "MOVING AROUND",
        (
            ("arrows, Enter", "select and open a station (overview); previous and next station (station page)"),
            ("1-9 0 - =", "open station 1-9, 10, 11, 12 from anywhere"),
            ("A", "alarms, from anywhere; there A acknowledges, Shift-A all, S shelves, U unshelves, R resets"),
            ("B", "the boards of all stations and their links"),
            ("W", "power: sources, control bus and feeders, from anywhere"),
            ("Esc, F1", "back to the overview"),
            ("PgUp PgDn", "scroll a page that is higher than the screen"),
            ("Q, Ctrl-C", "leave the HMI; the plant carries on"),
        ),
    ),
    (
        "COMMANDS  to the line (overview) or to one station (its page)",
        (
            ("F5 F9 F6", "Start, Hold, Unhold"),
            ("F8", "Line stop: a software stop. The emergency stop is hardwired and only shown here."),
            ("F7 F4", "Reset (Stopped to Idle), Clear (Aborted to Stopped)"),
            ("J", "Jam clear: calls the attendant"),
            ("E", "edit the selected set point (station page)"),
            ("two steps", "every command asks first, with Cancel as the default, for 15 s"),
            ("result", "OK only when the state came back; else REFUSED, FAILED or NO FEEDBACK"),
        ),
    ),
    (
        "MARKS",
        (
            ("● ○ □ ◉", "Execute, Idle, Stopped, Complete"),
            ("◁ ▷ ◌", "Suspended: starved (no pallet comes), blocked (no room ahead), other"),
            ("■ × »", "Held, Aborted, on the way to another state"),
            ("┏━┓", "a heavy frame: the station is held or aborted and needs somebody"),
            ("◆ ◈ ◇", "value inside its normal band ─, outside of it, set point or design value"),
            ("?", "not to be trusted: the link is lost, or the station's board does not answer"),
            ("colour", "only where something is abnormal; everything is readable without it"),
        ),
    ),
)


class HelpScreen(PlantScreen):
    """Keys and marks on one page."""

    heading = "? HELP"
    needs_data = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark", "back", "Back", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._top = 0
        self._count = 0

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The sections, scrolled."""
        lines: list[Line] = []
        for title, rows in _SECTIONS:
            lines.append(rule(title, width))
            lines += [fit(((f"  {clip(key, 16)}", STRONG), (text, PLAIN)), width) for key, text in rows]
        note = " This console talks Modbus TCP: any PLC with this register map can stand behind it."
        lines.append(fit(((note, LABEL),), width))
        self._count = len(lines)
        return window(lines, self._top, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back."""
        return [Key("escape", "Esc", "Back"), Key("q", "Q", "Quit")]

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by most of a page."""
        height = self._body.size.height
        self._top = furthest(self._count, height, self._top + direction * max(1, height - 3))
        self.repaint()

    def action_back(self) -> None:
        """To where the operator came from."""
        self.app.pop_screen()
