"""Tells a vector to a board and compares what it shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from protocols.stations.station_io import StationIO
from sector7.board_check.specimen import Drive, Seen, Target, Unfit
from sector7.board_check.vector import EXCHANGE_US, Expect, Row, Vector, status_bit, status_names


class Verdict(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """One check: why it did not pass, or what of it could not be seen; `wall_s` is how long it took."""

    name: str
    title: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    wall_s: float = 0.0


def tell(vector: Vector, target: Target, clock: Callable[[], float] = time.monotonic) -> Result:
    """Tell `vector` to a board of `target`. Raises LinkError when the board does not answer."""
    begin = clock()
    try:
        verdict, reasons = _told(vector, target)
    except Unfit as why:
        verdict, reasons = Verdict.SKIPPED, (str(why),)
    return Result(vector.name, vector.title, verdict, reasons, clock() - begin)


def _told(vector: Vector, target: Target) -> tuple[Verdict, tuple[str, ...]]:
    io, unseen = vector.io, []
    rows = {row.ms * 1000: row for row in vector.rows}
    drive = _driven(io, Drive(inputs=0), vector.rows[0])
    with target.fit(io, drive) as board:
        now, due = 0, 0
        while True:
            row = rows.get(now, _NOTHING)
            drive = _driven(io, drive, row)
            seen = board.silence(now, drive) if row.silent else board.exchange(now, drive)
            due = seen.due_us if seen is not None else due
            if row.expect is None:
                pass
            elif seen is None:
                unseen.append(f"at {row.ms} ms: what the board drives while the line is silent cannot be seen over it")
            elif differences := compare(io, row.expect, seen):
                return Verdict.FAILED, tuple(f"at {row.ms} ms: {each}" for each in differences)
            if now == vector.end_us:
                return Verdict.PASSED, tuple(unseen)
            now = _next(now, due, target.pause_us, min(at for at in rows if at > now))


_NOTHING: Final = Row(ms=0)


def _next(now: int, due: int, pause_us: int, row: int) -> int:
    """The next exchange: that of the next row, or so early on the grid that the board misses nothing."""
    grid = (now // EXCHANGE_US + 1) * EXCHANGE_US
    own = -(-due // EXCHANGE_US) * EXCHANGE_US
    return min(row, max(grid, min(own, now + pause_us)))


def _driven(io: StationIO, drive: Drive, row: Row) -> Drive:
    inputs, counts, command = drive.inputs, drive.counts, drive.command
    if row.inputs is not None:
        inputs = sum(status_bit(io, name) for name in row.inputs)
    if row.counts is not None:
        counts = (*row.counts, *counts[len(row.counts) :])
    if row.command is not None:
        command = row.command.image(io)
    return Drive(inputs, counts, command)


def compare(io: StationIO, expect: Expect, seen: Seen) -> list[str]:
    """What differs, in words: the name, what was expected, what the board shows."""
    shown = show(io, seen)
    wanted = {key: value for key, value in expect.model_dump().items() if value is not None}
    wanted |= {key: sorted(wanted[key]) for key in ("status", "outputs") if key in wanted}
    return [
        f"{key}: expected {_words(value)}, got {_words(shown[key])}"
        for key, value in wanted.items()
        if shown[key] != value
    ]


def show(io: StationIO, seen: Seen) -> dict[str, Any]:
    """What a board shows, by the names of a vector."""
    return {
        "status": sorted(name for name in status_names(io) if seen.status & status_bit(io, name)),
        "outputs": sorted(name for name in io.outputs if seen.outputs & io.output(name)),
        "position": seen.position,
        "target": seen.target,
        "speed": seen.speed,
        "duty": seen.duty,
    }


def _words(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value) or "nothing"
    return str(value)
