"""What the dialogs share: one view with everything, painted with the screen below it."""

from __future__ import annotations

from typing import TypeVar

from textual.app import ComposeResult
from textual.screen import ModalScreen

from hmi.desk import Desk
from hmi.draw.ink import BAR
from hmi.frame import Frame
from hmi.widgets.line_view import LineView

#: An unanswered question closes after this time (seconds): nobody confirms what somebody else asked.
TIMEOUT_S = 15.0
WIDTH = 60
INNER = WIDTH - 4

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog with a single view, whose identifier is `name`."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk = desk
        self.view = LineView(BAR, id=name)

    def compose(self) -> ComposeResult:
        """One view with everything."""
        yield self.view

    def on_mount(self) -> None:
        """Show at once, not with the next tick."""
        self.call_after_refresh(self.repaint)

    def repaint(self) -> None:
        """Paint now instead of with the next tick."""
        self.paint(self.desk.frame())

    def paint(self, frame: Frame) -> None:
        """Show what it says as of now; nothing here."""
