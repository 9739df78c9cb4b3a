"""The command palette: type a few letters of anything, Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from hmi.comfort.entries import Entry
from hmi.comfort.fuzzy import best
from hmi.desk import Desk
from hmi.dialogs.dialog import Dialog
from hmi.draw.ink import BAR, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, clip, fit
from hmi.frame import Frame

_WIDTH, _ROWS = 76, 14
_INNER = _WIDTH - 4
_MOST_TYPED = 40


class PaletteDialog(Dialog[Entry]):
    """Dismisses with the chosen entry, or with None."""

    DEFAULT_CSS = f"""
    PaletteDialog {{ align: center middle; background: transparent; }}
    PaletteDialog > #palette {{
        width: {_WIDTH}; height: {_ROWS + 5}; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """

    def __init__(self, desk: Desk, things: Sequence[Entry]) -> None:
        super().__init__(desk, "palette")
        self._things = things
        self._typed = ""
        self._place = 0
        self._found: Sequence[Entry] = things

    def paint(self, frame: Frame) -> None:
        """The field and the best answers around the chosen one."""
        if not self.is_current:
            return
        top = max(0, min(self._place - _ROWS // 2, len(self._found) - _ROWS))
        lines: list[Line] = [((": ", BAR_STRONG), (f"{self._typed}_", BAR_CURSOR))]
        for place, entry in enumerate(self._found[top : top + _ROWS], top):
            ink = BAR_CURSOR if place == self._place else BAR
            lines.append(((clip(entry.kind, 8), BAR_LABEL), (f" {entry.name} ", ink), (f" {entry.more}", BAR_LABEL)))
        if not self._found:
            lines.append((("nothing has this in its name", BAR_LABEL),))
        lines += [()] * (_ROWS + 1 - len(lines))
        lines += [(("type to find   ↑↓ choose   Enter go   Esc close", BAR_LABEL),)]
        self.view.show([fit(line, _INNER, BAR) for line in lines])

    def on_key(self, event: events.Key) -> None:
        """Every key of the field and the list."""
        event.stop()
        if not self.is_current:
            return  # typed in the same moment as what closed it
        if event.key in ("escape", "ctrl+p"):
            self.dismiss(None)
            return
        if event.key == "enter":
            self.dismiss(self._found[self._place] if self._found else None)
            return
        if event.key in ("up", "down", "pageup", "pagedown"):
            step = {"up": -1, "down": 1, "pageup": -_ROWS, "pagedown": _ROWS}[event.key]
            self._place = max(0, min(len(self._found) - 1, self._place + step))
        elif event.key == "backspace":
            self._search(self._typed[:-1])
        elif event.character and event.character.isprintable():
            self._search(self._typed + event.character)
        self.repaint()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed."""
        self._search(self._typed + "".join(c for c in event.text if c.isprintable()))
        self.repaint()

    def _search(self, typed: str) -> None:
        self._typed, self._place = typed[:_MOST_TYPED], 0
        self._found = best(self._typed, self._things, lambda entry: entry.text, 200) if typed.strip() else self._things
