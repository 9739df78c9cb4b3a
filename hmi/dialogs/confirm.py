"""The second step of every command: what will change, with Cancel as the default."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.dialogs.dialog import INNER, TIMEOUT_S, WIDTH, Dialog
from hmi.draw.ink import BAR, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, fit
from hmi.frame import Frame
from hmi.link.operation import Operation


class ConfirmDialog(Dialog[bool]):
    """Dismisses with True only if the operator chose to confirm in time and the answer still makes sense."""

    DEFAULT_CSS = f"""
    ConfirmDialog {{ align: center middle; background: transparent; }}
    ConfirmDialog > #question {{
        width: {WIDTH}; height: 10; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,right,tab,shift+tab", "other", show=False),
        Binding("enter", "choose", show=False),
        Binding("y,Y", "confirm", show=False),
        Binding("escape,n,N", "cancel", show=False),
    ]

    def __init__(self, desk: Desk, operation: Operation) -> None:
        super().__init__(desk, "question")
        self._operation = operation
        self._ends_s = desk.clock() + TIMEOUT_S
        self._yes = False

    def paint(self, frame: Frame) -> None:
        """Show the question as of now; give up when time is over or the command became impossible."""
        if not self.is_current:
            return
        left = self._ends_s - frame.now_s
        if left <= 0:
            self._give_up("not confirmed in time")
        elif why := self.desk.commander.refusal(self._operation):
            self._give_up(why)
        else:
            self.view.show(self._lines(frame, left))

    def _lines(self, frame: Frame, left: float) -> list[Line]:
        facts = list(self._operation.facts(frame.raw))[:4]
        lines: list[Line] = [((f"{self._operation.question} ?", BAR_STRONG),), ()]
        lines += [((fact, BAR),) for fact in facts]
        lines += [()] * (6 - len(lines))
        cancel, confirm = "  Cancel  ", f"  {self._operation.verb}  "
        lines.append(
            (
                (f"[{cancel}]" if not self._yes else f" {cancel} ", BAR_LABEL if self._yes else BAR_CURSOR),
                ("   ", BAR),
                (f"[{confirm}]" if self._yes else f" {confirm} ", BAR_CURSOR if self._yes else BAR_LABEL),
            )
        )
        lines.append(((f"← → choose  Enter  Y confirm  Esc cancel   {left:.0f} s", BAR_LABEL),))
        return [fit(line, INNER, BAR) for line in lines]

    def action_other(self) -> None:
        """Move between Cancel and Confirm."""
        self._yes = not self._yes
        self.repaint()

    def action_choose(self) -> None:
        """Take what is selected."""
        self._close(self._yes)

    def action_confirm(self) -> None:
        """Confirm."""
        self._close(True)

    def action_cancel(self) -> None:
        """Change nothing."""
        self._close(False)

    def on_click(self, event: events.Click) -> None:
        """A click beside the question cancels; the two buttons do what they say."""
        if event.widget is not self.view:
            self._close(False)
        elif event.y == 7:
            x = event.x - 2
            if 0 <= x < 12:
                self._close(False)
            elif 15 <= x < 15 + 6 + len(self._operation.verb):
                self._close(True)

    def _give_up(self, why: str) -> None:
        self.desk.commander.refuse(self._operation.title, why)
        self._close(False)

    def _close(self, yes: bool) -> None:
        if self.is_current:
            self.dismiss(yes)
