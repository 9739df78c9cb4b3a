"""Jump mode: a letter on everything that can be gone to; pressing it goes there."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from hmi.draw.ink import BAR_CURSOR
from hmi.widgets.line_view import LineView

#: The home row first; digits are stations everywhere, and need no label.
LETTERS = "asdfghjklqwertyuiopzxcvbnm" + string.ascii_uppercase


@dataclass(frozen=True)
class Target:
    """A place on the screen, in cells, and what going there does."""

    x: int
    y: int
    go: Callable[[], object]


class JumpDialog(ModalScreen[Target]):
    """Dismisses with the chosen target; any other key closes it."""

    DEFAULT_CSS = """
    JumpDialog { background: transparent; }
    JumpDialog > .label { position: absolute; width: 3; height: 1; }
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        super().__init__()
        self._targets = dict(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        """A label on every target."""
        for letter, target in self._targets.items():
            label = LineView(BAR_CURSOR)
            label.add_class("label")
            label.styles.offset = (target.x, target.y)
            label.show([((f"[{letter}]", BAR_CURSOR),)])
            yield label

    def on_key(self, event: events.Key) -> None:
        """The letter of a target, or anything else to leave."""
        event.stop()
        if not self.is_current:
            return  # typed in the same moment as what closed it
        self.dismiss(self._targets.get(event.character or ""))

    def on_click(self, event: events.Click) -> None:
        """A click leaves."""
        self.dismiss(None)
