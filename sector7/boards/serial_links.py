"""Real boards at serial ports: a worker for each, and the judge who tells the plant of links lost and regained.

All that gets into the plant goes through its intake, so that a session can be repeated without the boards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hil.board_worker import BoardWorker
from hil.discovery import resolve
from hil.link import ByteStream
from hil.serial_board import SerialBoard
from hil.serial_port import SerialPort
from protocols.tags.line_map import UNIT as LINE_UNIT
from sector7.recipe import SerialRecipe
from sector7.rig.cabinet import Cabinet
from sector7.rig.intake import PACEMAKER, Intake
from sector7.rig.rig import Rig


@dataclass(slots=True)
class _Link:
    board: SerialBoard
    worker: BoardWorker
    #: The connection that the plant's board has, if it is present.
    connection: int = 0


class SerialLinks:
    """The serial boards that are fitted now; they may change at any time."""

    def __init__(self, rig: Rig, intake: Intake) -> None:
        self._rig = rig
        self._intake = intake
        self._links: dict[int, _Link] = {}
        self._serving = False

    @property
    def partner(self) -> str:
        """A real board, in words; empty if there is none."""
        fitted = (c.unit.io.code for c in self._rig.cabinets if isinstance(c.board, SerialBoard))
        return next((f"{code} has a real board" for code in fitted), "")

    def start(self) -> None:
        """From now on `look` opens ports."""
        self._serving = True

    def look(self) -> None:
        """Start and stop workers as boards come and go; tell the plant what became of their links, and what the boards
        answered. To be called between two runs of the plant."""
        for cabinet in self._rig.cabinets:
            number, board = cabinet.station.number, cabinet.board
            link = self._links.get(number)
            if link is not None and link.board is not board:
                link.worker.stop()
                del self._links[number]
                link = None
            if isinstance(board, SerialBoard) and self._serving:
                if link is None:
                    link = self._links[number] = self._begin(cabinet, board)
                self._judge(cabinet, link)

    def stop(self) -> None:
        """Give all ports back, for good."""
        self._serving = False
        workers = [link.worker for link in self._links.values()]
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.join()
        self._links.clear()

    def _begin(self, cabinet: Cabinet, board: SerialBoard) -> _Link:
        rows = {row.number: row.serial for row in self._rig.recipe.station}
        recipe = rows[cabinet.station.number]
        assert recipe is not None, "a recipe has a port for every serial board"
        board.worker = BoardWorker(board.io, opener(recipe), recipe.watchdog, recipe.baud)
        board.worker.start()
        return _Link(board, board.worker)

    def _judge(self, cabinet: Cabinet, link: _Link) -> None:
        """Tell it until the plant has taken it: the disk of a journal may be full, the plant may pause. A connection
        that took the place of another is a loss first."""
        board, worker = link.board, link.worker
        now = worker.connections if worker.alive else 0
        reply = worker.take()
        event = f"{cabinet.unit.io.code}.BoardAlive"
        if not board.present:
            link.connection = now
            if now:
                self._intake.write(PACEMAKER, LINE_UNIT, event, 1)
        elif not now or now != link.connection:
            self._intake.write(PACEMAKER, LINE_UNIT, event, 0)
        elif reply is not None:
            self._intake.answer(board, board.answer(self._rig.now, reply))


def opener(recipe: SerialRecipe) -> Callable[[], ByteStream]:
    """Opens a board's port anew each time: an adapter may come back under another name."""
    return lambda: SerialPort(resolve(recipe.port), recipe.baud)
