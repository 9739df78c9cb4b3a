"""A random life for a board: edges, commands with extremes, analogue values, silences, power; the same for two boards.

The firmware in Python is asked at every exchange instant and samples; the C firmware is on its line. After every
instant both must show the same status, outputs, axis position and readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import EXCHANGE_US, profile
from hil.emulated_board import EmulatedBoard, Start
from protocols.ports import NO_ANSWER
from protocols.stations.images import ACKNOWLEDGE, DUTY, LIMIT, PROGRAM, SAFETY_OK, SPEED, TARGET, put
from protocols.stations.station_io import StationIO

EXTREMES = (0, 1, 31, 32, 33, 255, 256, 1023, 1024, 1025, 0x7FFF, 0x8000, 0xFFFF)


class Level:
    """An analogue input that somebody sets."""

    def __init__(self) -> None:
        self.now = 0

    def counts(self, now_us: int) -> int:
        return self.now

    def crossing(self, counts: int, rising: bool, after_us: int) -> int | None:
        return None


@dataclass
class Strip:
    """Port `Terminals`."""

    analogs: tuple[Level, ...]
    inputs: int = SAFETY_OK
    carrier: int = 0


@dataclass
class Life:
    """What happens to the boards, drawn from a seed. `silence` is the longest ordinary silence in exchanges."""

    io: StationIO
    seed: int
    strip: Strip
    command: int = 0
    quiet: int = 0
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed}/{self.io.number}")

    def number(self, top: int) -> int:
        """A value that a register may hold: an extreme, anything, or something likely (up to `top`)."""
        r = self.random
        return r.choice((r.choice(EXTREMES), r.randrange(1 << 16), r.randrange(top + 1), r.randrange(top + 1)))

    def step(self) -> str:
        """Change something before the next exchange; answers what is to be done with the power ("", "dip", "cut")."""
        r = self.random
        if r.random() < 0.15:
            self.strip.inputs ^= 1 << r.randrange(6)
        if r.random() < 0.01 or (not self.strip.inputs & SAFETY_OK and r.random() < 0.2):
            self.strip.inputs ^= SAFETY_OK
        if r.random() < 0.02:
            self.strip.carrier = r.randrange(1 << 16)
        if r.random() < 0.1:
            r.choice(self.strip.analogs).now = r.choice((0, 1, 1023, r.randrange(1024), r.randrange(1024)))
        if r.random() < 0.12:
            self._order()
        if self.quiet:
            self.quiet -= 1
        elif r.random() < 0.004:
            self.quiet = r.choice((1, 1, 2, 4, 5, 6, r.randrange(1, 40)))
        return "" if r.random() > 0.0005 else r.choice(("dip", "cut"))

    def _order(self) -> None:
        r, kind = self.random, self.random.randrange(8)
        if kind < 3:
            bits = self.command & 0xFFFF
            self.command ^= bits ^ r.choice((bits ^ 1 << r.randrange(16), bits ^ ACKNOWLEDGE, r.randrange(1 << 16)))
        elif kind < 5:
            top = self.io.axis.stroke if self.io.axis else 100
            self._put(TARGET, self.number(top))
            self._put(SPEED, self.number(5000))
        elif kind < 6:
            self._put(DUTY, self.number(1024))
        elif kind < 7:
            self._put(r.choice(LIMIT), self.number(1023))
        else:
            self._put(PROGRAM, self.number(10))

    def _put(self, index: int, value: int) -> None:
        self.command = self.command & ~put(0xFFFF, index) | put(value, index)


def drive(
    io: StationIO,
    start: Start,
    seed: int,
    exchanges: int,
    *,
    origin_us: int = 0,
    power: bool = True,
    renew: Callable[[EmulatedBoard], EmulatedBoard] | None = None,
) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """Lives; answers (instant, what Python shows, what C shows) of every exchange. `renew` may put another board in its
    place after any of them."""
    strip = Strip(tuple(Level() for _ in io.analogs))
    life = Life(io, seed, strip)
    model = SimulatedBoard(profile(io), strip, sampling=True)
    board = EmulatedBoard(io, strip, start, every=True)
    heard = origin_us - EXCHANGE_US
    back_us = -1
    for n in range(exchanges):
        now = origin_us + n * EXCHANGE_US
        event = life.step()
        if event and power and back_us < 0:
            for each in (model, board):
                each.supply(now, 2000 if event == "dip" else 0)
            back_us = now + EXCHANGE_US * life.random.randrange(1, 10)
        elif back_us >= 0 and now >= back_us:
            for each in (model, board):
                each.supply(now, 5000)
            back_us = -1
        here, there = (_answer(each, life, now, heard) for each in (model, board))
        answered = here != NO_ANSWER
        if answered:
            heard = now
        yield (
            now,
            (here, model.outputs, model.axis_position(now) if answered else 0),
            (there, board.outputs, board.position if answered else 0),
        )
        if renew:
            board = renew(board)
    board.close()


def _answer(board: SimulatedBoard | EmulatedBoard, life: Life, now: int, heard: int) -> int:
    status = NO_ANSWER if life.quiet else board.exchange(now, life.command)
    if status == NO_ANSWER:
        board.idle(now, heard)
    return status
