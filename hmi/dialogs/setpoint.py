"""Typing a new value for a set point, checked against its range while it is typed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from hmi.desk import Desk
from hmi.dialogs.confirm import TIMEOUT_S, WIDTH
from hmi.draw.ink import BAR, BAR_CAUTION, BAR_LABEL, BAR_STRONG, BRIGHT, PANEL, PAPER, TEXT
from hmi.draw.spans import Line, fit
from hmi.frame import Frame
from hmi.widgets.line_view import LineView
from protocols.plant_map import PLANT_MAP
from protocols.tag import Tag

_INNER = WIDTH - 4


def parse(text: str, tag: Tag) -> tuple[int | None, str]:
    """The raw value of what was typed, or None and what is wrong with it. A comma is taken as a decimal point."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None, "type a number" if text.strip() else ""
    if not number.is_finite():
        return None, "type a number"
    scaled = number.scaleb(tag.decimals)
    low, high = tag.bounds
    if not low <= scaled <= high:
        return None, f"outside {tag.text(low)}..{tag.text(high)}"
    if scaled != scaled.to_integral_value():
        return None, f"at most {tag.decimals} digits behind the point"
    return int(scaled), ""


class SetpointDialog(ModalScreen[int]):
    """Dismisses with the new raw value, or with None if nothing shall change."""

    DEFAULT_CSS = f"""
    SetpointDialog {{ align: center middle; background: transparent; }}
    SetpointDialog > Vertical {{
        width: {WIDTH}; height: 10; padding: 0 1; border: heavy {TEXT}; background: {PANEL};
    }}
    SetpointDialog LineView {{ height: 1fr; }}
    SetpointDialog Input {{
        height: 1; border: none; padding: 0 1; background: {PAPER}; color: {BRIGHT};
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._point = name
        self._tag = PLANT_MAP[name]
        self._touched_s = desk.clock()
        self._input = Input(restrict=r"[-0-9.,]*", max_length=10, select_on_focus=False, id="value")
        self._view = LineView(BAR, id="about")

    def compose(self) -> ComposeResult:
        """The facts, and the field below them."""
        with Vertical():
            yield self._view
            yield self._input

    def on_mount(self) -> None:
        """Ready to type."""
        self._input.focus()
        self.call_after_refresh(self._repaint)

    def paint(self, frame: Frame) -> None:
        """Show the facts as of now; give up when the operator went away or the link was lost."""
        if not self.is_current:
            return
        why = self._desk.commander.blocked()
        if frame.now_s - self._touched_s > TIMEOUT_S:
            why = "not entered in time"
        if why:
            self._desk.commander.refuse(self._point, why)
            self.dismiss(None)
            return
        self._view.show(self._lines(frame))

    def _lines(self, frame: Frame) -> list[Line]:
        tag = self._tag
        low, high = tag.bounds
        active = frame.raw(f"{self._point.removesuffix('_sp')}_active")
        _, wrong = parse(self._input.value, tag)
        lines: list[Line] = [
            ((f"Set point {self._point.removesuffix('_sp')}", BAR_STRONG),),
            ((tag.doc, BAR_LABEL),),
            ((f"Requested {tag.text(frame.raw(self._point))}   active {tag.text(active)} {tag.unit}", BAR),),
            ((f"Range     {tag.text(low)}..{tag.text(high)} {tag.unit}", BAR),),
            ((f"▲ {wrong}", BAR_CAUTION),) if wrong else (),
            ((f"New value in {tag.unit or 'units'}:   Enter next  Esc cancel", BAR_LABEL),),
        ]
        return [fit(line, _INNER, BAR) for line in lines]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check while typing."""
        self._touched_s = self._desk.clock()
        self._repaint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the question, if the value may be asked for."""
        raw, _ = parse(event.value, self._tag)
        if raw is not None:
            self.dismiss(raw)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def _repaint(self) -> None:
        self.paint(self._desk.frame())
