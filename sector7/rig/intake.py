"""The way in: everything that the plant takes from outside, and how far it may go meanwhile.

What comes in here, at the plant times at which it took effect, together with recipe and seed makes the whole run: it is
what a journal keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from hil.remote_board import RemoteBoard
from hil.serial_board import SerialAnswer, SerialBoard
from protocols.modbus.remote_answer import RemoteAnswer
from protocols.ports import NEVER
from sector7.masters.orders import EVENTS
from sector7.rig.rig import Rig


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and as what."""

    who: str
    role: str


#: The pacemaker tells the plant of a partner that was lost or is back.
PACEMAKER: Final = Author("pacemaker", "server")


#: Boards that live outside of the plant, and what they tell.
RealBoard = RemoteBoard | SerialBoard
Answer = RemoteAnswer | SerialAnswer


class Intake(Protocol):
    """Port: takes what comes from outside. All of it is called on the event loop, between two runs of the rig."""

    def write(self, author: Author, unit: int, name: str, raw: int) -> None:
        """A checked value for a tag of `unit`: it takes effect at a scan boundary not before now."""
        ...

    def newest(self, name: str) -> int | None:
        """The last value taken for a tag that cannot be read back yet; None if there is none."""
        ...

    def ignored(self, author: Author, unit: int, name: str, raw: int) -> None:
        """A value that was not taken, because its author does not own the station."""
        ...

    def answer(self, board: RealBoard, answer: Answer | None) -> None:
        """What a real board told (None: a remote one has told nothing for too long)."""
        ...

    def horizon(self) -> int:
        """How far the plant may go now, us: what happens at this instant must wait."""
        ...

    def beat(self) -> None:
        """The plant has gone on."""
        ...


class Direct:
    """Takes everything at once and keeps nothing: a plant without a journal."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig

    def write(self, author: Author, unit: int, name: str, raw: int) -> None:
        """See port `Intake`. What the pacemaker tells with every beat of a pause waits once."""
        if name not in EVENTS or not self._rig.orders.repeats(name, raw):
            self._rig.request(name, raw, self._rig.now)

    def newest(self, name: str) -> int | None:
        """See port `Intake`: all of it can be read at once."""
        return None

    def ignored(self, author: Author, unit: int, name: str, raw: int) -> None:
        """See port `Intake`."""

    def answer(self, board: RealBoard, answer: Answer | None) -> None:
        """See port `Intake`."""
        tell(board, answer)

    def horizon(self) -> int:
        """See port `Intake`."""
        return NEVER

    def beat(self) -> None:
        """See port `Intake`."""


def tell(board: RealBoard, answer: Answer | None) -> None:
    """Hand an answer to its board; one of another kind of board is nothing to it."""
    if isinstance(board, SerialBoard):
        if isinstance(answer, SerialAnswer):
            board.heard(answer)
    elif answer is None:
        board.silent()
    elif isinstance(answer, RemoteAnswer):
        board.heard(answer.status, answer.coils, answer.counts, answer.axis)


def told(board: RealBoard) -> Answer | None:
    """What `tell` handed to a board last, as far as it still counts."""
    if isinstance(board, SerialBoard):
        return board.told
    return None if board.told is None else RemoteAnswer(*board.told)


def board_of(rig: Rig, station: int) -> RealBoard | None:
    """The board that is fitted in a station now, if it is a real one."""
    board = next((c.board for c in rig.cabinets if c.station.number == station), None)
    return board if isinstance(board, RemoteBoard | SerialBoard) else None


def hand_over(rig: Rig, station: int, answer: Answer | None) -> None:
    """Hand an answer to the board that is fitted in a station now."""
    if (board := board_of(rig, station)) is not None:
        tell(board, answer)
