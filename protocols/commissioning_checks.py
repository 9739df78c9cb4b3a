"""The checks of each step of a station's ledger: which there are, what each is called, what it expects to see."""

from __future__ import annotations

from protocols.commissioning import HIGH_ITEM, HIGH_POINT, LOW_ITEM, LOW_POINT, TOLERANCE, Entry, Stage
from protocols.packml import State
from protocols.stations.station_io import Analog, StationIO
from protocols.stations.strokes import DRY, HOT


def required(io: StationIO) -> dict[Stage, frozenset[int]]:
    """The items that must pass for each step of a station."""
    channels = range(len(io.analogs))
    io_check = {*range(len(io.inputs)), *(LOW_ITEM + c for c in channels), *(HIGH_ITEM + c for c in channels)}
    one = frozenset((0,))
    return {
        Stage.ENERGISED: one,
        Stage.COMMUNICATING: one,
        Stage.IO_CHECKED: frozenset(io_check),
        Stage.HOMED: one,
        Stage.DRY_CYCLE: frozenset(range(len(DRY[io.number]))),
        Stage.HOT_CYCLE: frozenset(range(len(HOT[io.number]))),
        Stage.RELEASED: one,
    }


def wanted(analog: Analog, point: int) -> int:
    """What a transmitter should read at a reference of `point` permille of its range, raw."""
    return analog.low + (analog.high - analog.low) * point // 1000


def allowed(analog: Analog) -> int:
    """What its reading may be off there, raw."""
    return (analog.high - analog.low) * TOLERANCE // 1000 + 1


def planned(io: StationIO, stage: Stage, item: int) -> Entry:
    """The row of evidence that a check will become, with what it expects and nothing seen yet."""
    low, high = _expected(io, stage, item)
    return Entry(0, 0, io.number, int(stage), item, 0, low, high, 0, 0, 0)


def _expected(io: StationIO, stage: Stage, item: int) -> tuple[int, int]:
    if stage is Stage.IO_CHECKED:
        if item < LOW_ITEM:
            return 1 << item, 1 << item
        analog = io.analogs[item % 4]
        at = wanted(analog, HIGH_POINT if item >= HIGH_ITEM else LOW_POINT)
        return at - allowed(analog), at + allowed(analog)
    if stage is Stage.HOMED:
        return State.IDLE, State.IDLE
    if stage in (Stage.DRY_CYCLE, Stage.HOT_CYCLE):
        stroke = (DRY if stage is Stage.DRY_CYCLE else HOT)[io.number][item]
        return stroke.window if stroke.record else (0, round(stroke.limit_s * 1000))
    return 1, 1
