"""The filter of a list: one line at the foot of the screen, the list follows every key."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from hmi.desk import Desk
from hmi.dialogs.dialog import Dialog
from hmi.draw.ink import BAR, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import fit
from hmi.frame import Frame

_WIDTH = 70
_MOST = 40


class FilterDialog(Dialog[None]):
    """Calls `narrow` with what is typed, at every key. Enter keeps the filter, Esc takes it away."""

    DEFAULT_CSS = f"""
    FilterDialog {{ align: center bottom; background: transparent; }}
    FilterDialog > #filter {{
        width: {_WIDTH}; height: 3; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """

    def __init__(self, desk: Desk, typed: str, narrow: Callable[[str], None]) -> None:
        super().__init__(desk, "filter")
        self._typed = typed
        self._narrow = narrow

    def paint(self, frame: Frame) -> None:
        """The field."""
        if self.is_current:
            line = (("/ ", BAR_STRONG), (f"{self._typed}_", BAR_CURSOR), ("   Enter keep  Esc show all", BAR_LABEL))
            self.view.show([fit(line, _WIDTH - 4, BAR)])

    def on_key(self, event: events.Key) -> None:
        """Every key of the field."""
        event.stop()
        if not self.is_current:
            return  # typed in the same moment as what closed it
        if event.key == "enter":
            self.dismiss(None)
            return
        if event.key == "escape":
            self._narrow("")
            self.dismiss(None)
            return
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.character.isprintable():
            self._typed = (self._typed + event.character)[:_MOST]
        self._narrow(self._typed)
        self.repaint()
