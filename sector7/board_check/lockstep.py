"""Boards without a wall clock: the firmware in Python, and the C firmware executed in lock-step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from hil.board_process import emulated
from hil.emulated_board import EmulatedBoard, Start
from protocols.errors import LinkError
from protocols.ports import NO_ANSWER
from protocols.stations.images import DUTY, OUTPUTS, SAFETY_OK, SPEED, TARGET, word
from protocols.stations.station_io import StationIO
from sector7.board_check.specimen import Drive, Seen
from sector7.board_check.vector import EXCHANGE_US

CHANNELS: Final = 4


class Level:
    """An analogue input that somebody sets (port `AnalogInput`)."""

    def __init__(self) -> None:
        self.now = 0

    def counts(self, now_us: int) -> int:
        """See port `AnalogInput`."""
        return self.now

    def crossing(self, counts: int, rising: bool, after_us: int) -> int | None:
        """See port `AnalogInput`: nobody knows what will be set next."""
        return None


@dataclass
class Strip:
    """Terminals that somebody sets (port `Terminals`)."""

    analogs: tuple[Level, ...]
    inputs: int = SAFETY_OK
    carrier: int = field(default=0)


class LockStepBoard:
    """A specimen (see `Specimen`) on the port `Board`."""

    def __init__(self, io: StationIO, board: SimulatedBoard | EmulatedBoard, strip: Strip) -> None:
        self.io = io
        self._board = board
        self._strip = strip
        self._status = 0
        self._heard_us = -EXCHANGE_US

    def exchange(self, now_us: int, drive: Drive) -> Seen:
        """See `Specimen`."""
        self._set(drive)
        answer = self._board.exchange(now_us, drive.command)
        if answer == NO_ANSWER:
            raise LinkError(f"board of {self.io.code}", f"does not answer at {now_us} us")
        self._status, self._heard_us = answer & 0xFFFF, now_us
        return self._seen(now_us)

    def silence(self, now_us: int, drive: Drive) -> Seen | None:
        """See `Specimen`."""
        self._set(drive)
        self._board.idle(now_us, self._heard_us)
        return self._seen(now_us)

    def _set(self, drive: Drive) -> None:
        self._strip.inputs = drive.inputs
        for level, counts in zip(self._strip.analogs, drive.counts, strict=False):
            level.now = counts

    def _seen(self, now: int) -> Seen:
        board = self._board
        image = board.outputs
        return Seen(
            status=self._status,
            outputs=image & OUTPUTS,
            position=board.axis_position(now) if isinstance(board, SimulatedBoard) else board.position,
            target=word(image, TARGET),
            speed=word(image, SPEED),
            duty=word(image, DUTY),
            due_us=board.due_us,
            counts=tuple(board.measured(channel, now + 1) for channel in range(len(self.io.analogs))),
        )


class LockStepTarget:
    """Boards of one kind (see `Target`). Without `start` the firmware is the one in Python."""

    pause_us = EXCHANGE_US

    def __init__(self, name: str, start: Start | None = None) -> None:
        self.name = name
        self._start = start

    @contextmanager
    def fit(self, io: StationIO, first: Drive) -> Iterator[LockStepBoard]:
        """See `Target`: a new board each time."""
        strip = Strip(tuple(Level() for _ in io.analogs))
        if self._start is None:
            yield LockStepBoard(io, SimulatedBoard(profile(io), strip, sampling=True), strip)
            return
        board = EmulatedBoard(io, strip, self._start, every=True)
        try:
            yield LockStepBoard(io, board, strip)
        finally:
            board.close()

    def close(self) -> None:
        """See `Target`."""


def simulated_target() -> LockStepTarget:
    """The firmware in Python."""
    return LockStepTarget("simulated")


def emulated_target() -> LockStepTarget:
    """The .hex that an engineer flashes."""
    return LockStepTarget("emulated", emulated)
