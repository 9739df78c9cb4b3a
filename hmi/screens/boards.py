"""The boards of all stations and their links, and one of them in detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.comfort.memory import Settings
from hmi.desk import Desk
from hmi.dialogs.menu import Entry
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.whole_file import read_whole
from hmi.operations.board import SwapBoard
from hmi.panels.board_detail import board_detail, differing_sensors
from hmi.panels.boards import SERIAL, boards
from hmi.screens.guide import Guide
from hmi.screens.menus import show
from hmi.screens.reading_screen import ReadingScreen
from hmi.screens.target_screen import TargetScreen
from hmi.widgets.key_bar import Key
from protocols.records.board_rows import BOARDS_FILE, ROW_WORDS, BoardRow, read_row
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.boards_map import REQUEST_LABELS


class BoardsScreen(TargetScreen, ReadingScreen):
    """A cursor over the boards; that of the selected station is polled while the page is looked at."""

    heading = "B BOARDS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "station", "Station", show=False),
        Binding("s", "swap", "Swap the board", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self.number = 1
        self._rows: Mapping[int, BoardRow] = {}

    @property
    def target(self) -> str:
        """The selected station's code."""
        return BY_NUMBER[self.number].code

    async def read_bulk(self) -> None:
        """What no register tells of the boards, where the server has that file."""
        entries = await read_whole(self.desk.acquisition, BOARDS_FILE) or ()
        rows = [read_row(entry) for entry in entries if len(entry) == ROW_WORDS]
        self._rows = {row.station: row for row in rows}

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The list, then the selected board."""
        return [
            *boards(frame, width, height, self.number),
            *board_detail(frame.station(self.number), self._rows.get(self.number), width),
            *differing_sensors(frame, width),
        ]

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Choose a board, its station's page, commands to its station."""
        return [
            Key("escape", "Esc", "Back"),
            Key("down", "↑↓", "Board"),
            Key("s", "S", "Swap", not self.desk.commander.blocked([f"{self.target}.BoardRequest"])),
            Key("enter", "Enter", "Station"),
            Key("x", "X", "Faults"),
            *self.order_keys(frame),
            Key("question_mark", "?", "Help"),
        ]

    def settings(self) -> Settings:
        """Which board."""
        return {"board": self.number}

    def set_up(self, settings: Settings) -> None:
        """See `PlantScreen`."""
        number = settings.get("board")
        if isinstance(number, int) and number in BY_NUMBER:
            self.number = number

    @property
    def board_unit(self) -> int:
        """The selected board's."""
        return 10 + self.number

    def action_move(self, step: int) -> None:
        """Select another board: it is polled from now on."""
        self.number = max(1, min(len(BY_NUMBER), self.number + step))
        self._top = 0
        self.repaint()

    def action_swap(self) -> None:
        """Choose the kind of board to fit; what happens then is asked before it does."""
        if why := self.desk.commander.blocked():
            self.desk.commander.refuse(f"{self.target} swap the board", why)
            self.repaint()
            return
        show(self, f"{self.target}: which board instead", [self._swap(tier) for tier, _ in REQUEST_LABELS if tier])

    def _swap(self, tier: int) -> Entry:
        number, operation = self.number, SwapBoard(self.target, tier)

        def refusal() -> str:
            row = self._rows.get(number)
            unknown = tier == SERIAL and row is not None and not row.port
            return self.desk.commander.refusal(operation) or ("the recipe names no port for it" if unknown else "")

        return Entry(operation.title, refusal, lambda: self.ask(operation))

    def action_station(self) -> None:
        """The page of the selected board's station."""
        self.guide.open_station(self.number)
