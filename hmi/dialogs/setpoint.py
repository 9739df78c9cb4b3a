"""Typing a new value for a set point, checked against its range while it is typed."""

from __future__ import annotations

from textual import events

from hmi.desk import Desk
from hmi.dialogs.dialog import INNER, TIMEOUT_S, WIDTH, Dialog
from hmi.draw.ink import BAR, BAR_CAUTION, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, fit
from hmi.frame import Frame
from hmi.link.typed import MOST_DIGITS, parse
from protocols.tags.plant_map import PLANT_MAP


class SetpointDialog(Dialog[int]):
    """Dismisses with the new raw value, or with None if nothing shall change.

    The field takes its keys itself, in the order in which they were typed: Textual's Input handles Enter and
    Backspace later than characters when a terminal sends them in one go.
    """

    DEFAULT_CSS = f"""
    SetpointDialog {{ align: center middle; background: transparent; }}
    SetpointDialog > #value {{
        width: {WIDTH}; height: 10; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, "value")
        self.point = name
        self._tag = PLANT_MAP[name]
        self._touched_s = desk.clock()
        self._typed = ""

    def paint(self, frame: Frame) -> None:
        """Show the facts as of now; give up when the operator went away or the link was lost."""
        if not self.is_current:
            return
        why = self.desk.commander.blocked([self.point])
        if frame.now_s - self._touched_s > TIMEOUT_S:
            why = "not entered in time"
        if why:
            self.desk.commander.refuse(self.point, why)
            self.dismiss(None)
            return
        self.view.show(self._lines(frame))

    def facts(self, frame: Frame) -> list[Line]:
        """The five lines above the field: what is to be changed, as it stands now."""
        tag = self._tag
        low, high = tag.bounds
        active = frame.raw(f"{self.point.removesuffix('_sp')}_active")
        return [
            ((f"Set point {self.point.removesuffix('_sp')}", BAR_STRONG),),
            ((tag.doc, BAR_LABEL),),
            (),
            ((f"Requested {tag.text(frame.raw(self.point))}   active {tag.text(active)} {tag.unit}", BAR),),
            ((f"Range     {tag.text(low)}..{tag.text(high)} {tag.unit}", BAR),),
        ]

    def hint(self, raw: int | None) -> str:
        """What may be said of a value that is in order (None: nothing is typed yet); nothing here."""
        return ""

    def _lines(self, frame: Frame) -> list[Line]:
        raw, wrong = parse(self._typed, self._tag)
        lines = [
            *self.facts(frame),
            (
                ("New value ", BAR),
                (f" {self._typed}_".ljust(MOST_DIGITS + 3), BAR_CURSOR),
                (f" {self._tag.unit}", BAR),
            ),
            ((f"▲ {wrong}", BAR_CAUTION),) if wrong else ((self.hint(raw), BAR_LABEL),),
            (("Enter next  Esc cancel", BAR_LABEL),),
        ]
        return [fit(line, INNER, BAR) for line in lines]

    def on_key(self, event: events.Key) -> None:
        """Every key of the field."""
        event.stop()
        if not self.is_current:
            return  # typed in the same moment as what closed it
        self._touched_s = self.desk.clock()
        if event.key == "enter":
            raw, _ = parse(self._typed, self._tag)
            if raw is not None:
                self.dismiss(raw)
                return
        elif event.key == "escape":
            self.dismiss(None)
            return
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character:
            self._add(event.character)
        self.repaint()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted digits count as typed."""
        self._add(event.text)
        self.repaint()

    def _add(self, text: str) -> None:
        self._typed = (self._typed + "".join(c for c in text if c in "0123456789.,-"))[:MOST_DIGITS]
