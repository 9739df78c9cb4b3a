"""What is broken on purpose: the injected faults with their root causes; more are injected, each can be cleared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.whole_file import read_whole
from hmi.operations.faults import ClearFault, ClearFaults
from hmi.panels.faults import faults
from hmi.screens.fault_menu import choose_place
from hmi.screens.guide import Guide
from hmi.screens.menus import entry, show
from hmi.screens.reading_screen import ReadingScreen
from hmi.widgets.key_bar import Key
from protocols.faults.kinds import KINDS
from protocols.tags.fault_map import ACTIVE_FILE, ROW_WORDS, FaultRow, read_row

_ASKED = ("Line.FaultClearRequest",)
_KNOWN = frozenset(kind.code for kind in KINDS)


class FaultsScreen(ReadingScreen):
    """Everybody may look; engineers command. The cursor stays with its fault while others come and go."""

    heading = "X FAULTS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "clear", "Clear", show=False),
        Binding("n", "inject", "Inject", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._rows: list[FaultRow] | None = None
        self._number = 0
        self._stands = (0, 0, 0)

    async def read_bulk(self) -> None:
        """Every fault that has not ended."""
        entries = await read_whole(self.desk.acquisition, ACTIVE_FILE)
        if entries is None:
            self._rows = None
        else:
            rows = [read_row(one) for one in entries if len(one) == ROW_WORDS]
            self._rows = [row for row in rows if row.code in _KNOWN]

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The list; it is read anew at once when the plant counts others."""
        names = ("Line.RunEpoch", "Line.InjectionsActive", "Line.InjectionsTotal")
        stands = (frame.raw(names[0]), frame.raw(names[1]), frame.raw(names[2]))
        if stands != self._stands:
            self._stands = stands
            self.read_soon()
        return faults(frame, self._rows, self._place, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Choose one, clear it, inject another."""
        may, some = not self.desk.commander.blocked(_ASKED), bool(self._rows)
        return [
            Key("escape", "Esc", "Back"),
            Key("down", "↑↓", "Fault", some),
            Key("enter", "Enter", "Clear", may and some),
            Key("n", "N", "Inject", may),
            Key("b", "B", "Boards"),
            Key("question_mark", "?", "Help"),
        ]

    @property
    def _place(self) -> int:
        rows = self._rows or ()
        return next((place for place, row in enumerate(rows) if row.number >= self._number), max(0, len(rows) - 1))

    def action_move(self, step: int) -> None:
        """Select another fault."""
        if self._rows:
            place = max(0, min(len(self._rows) - 1, self._place + step))
            self._number = self._rows[place].number
            self.repaint()

    def action_clear(self) -> None:
        """Clear the selected fault, or all of them; who may not is told why."""
        if not self._rows:
            self.desk.commander.refuse("Clear a fault", "nothing is injected")
            self.repaint()
            return
        row = self._rows[self._place]
        if self._may(f"Clear fault {row.number}"):
            title = f"Fault {row.number}: {row.kind} at {row.target}"
            show(self, title, [entry(self, ClearFault(row)), entry(self, ClearFaults())])

    def action_inject(self) -> None:
        """Choose where and what to break."""
        if self._may("Inject a fault"):
            choose_place(self)

    def _may(self, what: str) -> bool:
        """False, with the reason noted, for whoever may command nothing. The lists tell what else may not be done."""
        if why := self.desk.commander.blocked():
            self.desk.commander.refuse(what, why)
            self.repaint()
        return not why
