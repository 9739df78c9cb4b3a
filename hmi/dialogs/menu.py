"""A list to choose from. What cannot be chosen now says why; nothing is given from here without a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.dialogs.dialog import Dialog
from hmi.draw.ink import BAR, BAR_CURSOR, BAR_LABEL, BAR_STRONG, PANEL, TEXT
from hmi.draw.spans import Line, clip, fit, shorten
from hmi.frame import Frame

#: A list nobody moves in closes after this time, seconds.
_TIMEOUT_S = 60.0
_WIDTH = 76
_INNER = _WIDTH - 4
_MOST_ROWS = 16
_LABEL = 30


@dataclass(frozen=True)
class Entry:
    """One line: what it is, why it cannot be chosen now (empty: it can), and what choosing it does."""

    label: str
    refusal: Callable[[], str]
    choose: Callable[[], None]


class MenuDialog(Dialog[Entry]):
    """Dismisses with the chosen entry, or with None."""

    DEFAULT_CSS = f"""
    MenuDialog {{ align: center middle; background: transparent; }}
    MenuDialog > #menu {{
        width: {_WIDTH}; padding: 0 1; border: heavy {TEXT}; background: {PANEL};
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("enter", "choose", show=False),
        Binding("escape", "cancel", show=False),
    ]

    def __init__(self, desk: Desk, title: str, entries: Sequence[Entry]) -> None:
        super().__init__(desk, "menu")
        self._title = title
        self._entries = list(entries)
        self._cursor = 0
        self._touched_s = desk.clock()
        self._rows = max(1, min(len(self._entries), _MOST_ROWS))
        self.view.styles.height = self._rows + 6

    def paint(self, frame: Frame) -> None:
        """Show the list as of now; close when the operator went away, or when nothing can be commanded any more."""
        if not self.is_current:
            return
        why = self.desk.commander.blocked()
        if frame.now_s - self._touched_s > _TIMEOUT_S:
            why = "nothing chosen in time"
        if why:
            self.desk.commander.refuse(self._title, why)
            self.dismiss(None)
            return
        self.view.show(self._lines())

    def _lines(self) -> list[Line]:
        top = max(0, min(self._cursor - self._rows // 2, len(self._entries) - self._rows))
        lines: list[Line] = [((self._title, BAR_STRONG),), ()]
        for place in range(top, min(top + self._rows, len(self._entries))):
            entry = self._entries[place]
            why = entry.refusal()
            ink = BAR_CURSOR if place == self._cursor else BAR_LABEL if why else BAR
            label = clip(entry.label, _LABEL) if why else shorten(entry.label, _INNER - 2).ljust(_LABEL)
            lines.append(((f" {label} ", ink), (clip(f"× {why}" if why else "", _INNER - len(label) - 3), BAR_LABEL)))
        if not self._entries:
            lines.append(((" nothing to choose from", BAR_LABEL),))
        more = len(self._entries) - self._rows
        count = f"   {self._cursor + 1} of {len(self._entries)}" if more > 0 else ""
        lines += [(), ((f"↑↓ choose  Enter take  Esc cancel{count}", BAR_LABEL),)]
        return [fit(line, _INNER, BAR) for line in lines]

    def on_key(self, event: events.Key) -> None:
        """Every key shows that somebody is there."""
        self._touched_s = self.desk.clock()

    def action_move(self, step: int) -> None:
        """Another entry."""
        self._cursor = max(0, min(len(self._entries) - 1, self._cursor + step))
        self.repaint()

    def action_choose(self) -> None:
        """Take it, if it can be taken; else its reason stays there to be read."""
        if self.is_current and self._entries:
            entry = self._entries[self._cursor]
            if not entry.refusal():
                self.dismiss(entry)

    def action_cancel(self) -> None:
        """Choose nothing."""
        if self.is_current:
            self.dismiss(None)
