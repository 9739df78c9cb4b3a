"""The help page: keys and marks."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.ink import LABEL, PLAIN, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.frame import Frame
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key

_Rows = Sequence[tuple[str, str]]

_MOVING: _Rows = (
    ("arrows, Enter", "select and open a station (overview); previous and next station (station page)"),
    ("1-9 0 - =", "open station 1-9, 10, 11, 12"),
    ("Esc", "back to where you came from"),
    ("PgUp PgDn", "scroll a page that is higher than the screen"),
    ("Ctrl-P", "find anything by a few letters: what works here now, pages, stations, commands, tags, presets, themes"),
    ("Ctrl-O", "jump: a letter on everything that can be gone to"),
    ("Ctrl-T", "the next theme: dark, light, mono"),
    ("L", "log in: the certificates of this console; log out"),
    ("Q, Ctrl-C", "leave the HMI; the plant carries on"),
)
_SECTIONS: tuple[tuple[str, _Rows], ...] = (
    (
        "COMMANDS  to the line (overview) or to one station (its page)",
        (
            ("F5 F9 F6", "Start, Hold, Unhold"),
            ("F8", "Line stop: a software stop. The emergency stop is hardwired and only shown here."),
            ("F7 F4", "Reset (Stopped to Idle), Clear (Aborted to Stopped)"),
            ("J", "Jam clear: calls the attendant"),
            ("E", "edit the selected set point (station page)"),
            ("A Shift-A S U R X", "alarms: acknowledge, all that are shown, shelve, unshelve, reset, out of service"),
            ("S Y V K R", "commissioning: next step, confirm what is shown, say something else, crew, release"),
            ("Z", "alarms, in a flood: low priorities one by one, or rolled up into a line"),
            ("Enter V, N", "write the selected register, log of writes (registers); next order (production)"),
            ("C", "everything that can be commanded here: modes, owners, forces, orders, boards, faults"),
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
            ("▲ ◆ ·", "an alarm of high, medium, low priority"),
            ("*", "it waits to be acknowledged: only these marks blink (Ctrl-P, blink or still)"),
            ("?", "not to be trusted: the link is lost, or the station's board does not answer"),
            ("colour", "only where something is abnormal; everything is readable without it"),
        ),
    ),
)
_NOTE = " This console talks Modbus TCP: any PLC with this register map can stand behind it."


class HelpScreen(PlantScreen):
    """Keys and marks on one page."""

    heading = "? HELP"
    needs_data = False

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The sections below one another."""
        lines: list[Line] = []
        pages = ("SCREENS  from anywhere", self.guide.page_help(frame))
        for title, rows in (pages, ("MOVING AROUND", _MOVING), *_SECTIONS):
            lines.append(rule(title, width))
            lines += [fit(((f"  {clip(key, 18)}", STRONG), (text, PLAIN)), width) for key, text in rows]
        return [*lines, fit(((_NOTE, LABEL),), width)]

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Back."""
        return [Key("escape", "Esc", "Back"), Key("q", "Q", "Quit")]
