"""A few numbers to fill in, each checked against its range while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events

from hmi.desk import Desk
from hmi.dialogs.dialog import INNER, TIMEOUT_S, WIDTH, Dialog
from hmi.draw.ink import BAR, BAR_CAUTION, BAR_CURSOR, BAR_LABEL, BAR_STRONG, PANEL, TEXT
from hmi.draw.spans import Line, clip, fit
from hmi.frame import Frame
from protocols.tags.plant_map import PLANT_MAP

_MOST_DIGITS = 6
_LABEL = 24


@dataclass(frozen=True)
class Field:
    """One whole number, in the range of a tag."""

    label: str
    tag: str
    value: int
    unit: str = ""


class FormDialog(Dialog[list[int]]):
    """Dismisses with the numbers in the order of their fields, or with None. Nothing is given from here."""

    DEFAULT_CSS = f"""
    FormDialog {{ align: center middle; background: transparent; }}
    FormDialog > #form {{
        width: {WIDTH}; padding: 0 1; border: heavy {TEXT}; background: {PANEL};
    }}
    """

    def __init__(self, desk: Desk, title: str, fields: Sequence[Field]) -> None:
        super().__init__(desk, "form")
        self._title = title
        self._fields = list(fields)
        self._typed = [str(field.value) for field in fields]
        self._fresh = True
        self._cursor = 0
        self._touched_s = desk.clock()
        self.view.styles.height = len(self._fields) + 7

    def paint(self, frame: Frame) -> None:
        """Show it as of now; give up when the operator went away or the link was lost."""
        if not self.is_current:
            return
        why = self.desk.commander.blocked([field.tag for field in self._fields])
        if frame.now_s - self._touched_s > TIMEOUT_S:
            why = "not entered in time"
        if why:
            self.desk.commander.refuse(self._title, why)
            self.dismiss(None)
            return
        self.view.show(self._lines())

    def _lines(self) -> list[Line]:
        lines: list[Line] = [((self._title, BAR_STRONG),), ()]
        for place, field in enumerate(self._fields):
            low, high = PLANT_MAP[field.tag].bounds
            here = place == self._cursor
            typed = f" {self._typed[place]}{'_' if here else ''}".ljust(_MOST_DIGITS + 3)
            lines.append(
                (
                    (clip(field.label, _LABEL), BAR),
                    (typed, BAR_CURSOR if here else BAR_STRONG),
                    (f" {field.unit:<3} {low}..{high}", BAR_LABEL),
                )
            )
        wrong = self._wrong(self._cursor)
        lines += [(), ((f"▲ {wrong}", BAR_CAUTION),) if wrong else ()]
        lines.append((("↑↓ field  Enter next  Esc cancel", BAR_LABEL),))
        return [fit(line, INNER, BAR) for line in lines]

    def _wrong(self, place: int) -> str:
        low, high = PLANT_MAP[self._fields[place].tag].bounds
        typed = self._typed[place]
        if not typed:
            return "type a number"
        return "" if low <= int(typed) <= high else f"outside {low}..{high}"

    def on_key(self, event: events.Key) -> None:
        """Every key of the form, in the order in which they were typed."""
        event.stop()
        if not self.is_current:
            return  # typed in the same moment as what closed it
        self._touched_s = self.desk.clock()
        character = event.character or ""
        if event.key == "escape":
            self.dismiss(None)
            return
        if event.key == "enter":
            if self._enter():
                return
        elif event.key in ("up", "down"):
            self._move(-1 if event.key == "up" else 1)
        elif event.key == "backspace":
            self._typed[self._cursor] = self._typed[self._cursor][:-1]
            self._fresh = False
        elif character in "0123456789" and character:
            kept = "" if self._fresh else self._typed[self._cursor]
            self._typed[self._cursor] = (kept + character)[:_MOST_DIGITS]
            self._fresh = False
        self.repaint()

    def _enter(self) -> bool:
        """The next field, or the end; True if the form is gone."""
        if self._wrong(self._cursor):
            return False
        if self._cursor + 1 < len(self._fields):
            self._move(1)
            return False
        bad = next((place for place in range(len(self._fields)) if self._wrong(place)), None)
        if bad is not None:
            self._cursor = bad
            return False
        self.dismiss([int(typed) for typed in self._typed])
        return True

    def _move(self, step: int) -> None:
        self._cursor = max(0, min(len(self._fields) - 1, self._cursor + step))
        self._fresh = True
