"""The vectors of `vectors/`, told by every target: what each row means stands in its README."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firmware_sim.board import SimulatedBoard
from firmware_sim.profile import EXCHANGE_US, profile
from hil.emulated_board import EmulatedBoard
from protocols.images import (
    ACKNOWLEDGE,
    DUTY,
    IN_POSITION,
    INTERLOCK,
    LIMIT,
    OUTPUTS,
    SAFE_STATE,
    SAFETY_OK,
    SPEED,
    TARGET,
    TRIPPED,
    put,
    word,
)  # fmt: skip
from protocols.io_table import BY_NUMBER
from protocols.ports import NO_ANSWER
from protocols.station_io import StationIO
from tests.hil.driving import Level, Strip
from tests.hil.toolbox import starter

VECTORS = sorted((Path(__file__).parent / "vectors").glob("*.toml"))
FLAGS = {"safety_ok": SAFETY_OK, "in_position": IN_POSITION, "interlock": INTERLOCK, "safe_state": SAFE_STATE,
         "tripped": TRIPPED}  # fmt: skip


def test_there_are_vectors() -> None:
    assert len(VECTORS) >= 9


@pytest.mark.parametrize("target", ["python", "host", "emulated"])
@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.stem)
def test_vector(file: Path, target: str) -> None:
    story = tomllib.loads(file.read_text())
    io = BY_NUMBER[story["station"]]
    strip = Strip(tuple(Level() for _ in io.analogs))
    board: SimulatedBoard | EmulatedBoard
    if target == "python":
        board = SimulatedBoard(profile(io), strip, sampling=True)
    else:
        board = EmulatedBoard(io, strip, starter(target), every=True)
    command, status, heard = 0, 0, -EXCHANGE_US
    rows = {row["ms"] * 1000: row for row in story["at"]}
    for now in sorted({*rows, *range(0, max(rows), EXCHANGE_US)}):
        row = rows.get(now, {})
        strip.inputs = sum(_bit(io, name) for name in row["inputs"]) if "inputs" in row else strip.inputs
        for level, counts in zip(strip.analogs, row.get("counts", ()), strict=False):
            level.now = counts
        command = _command(io, row["command"]) if "command" in row else command
        answer = NO_ANSWER if row.get("silent") else board.exchange(now, command)
        if answer == NO_ANSWER:
            assert row.get("silent")
            board.idle(now, heard)
        else:
            status, heard = answer & 0xFFFF, now
        expected = row.get("expect", {})
        shown = _shown(io, board, status, now)
        assert {key: shown[key] for key in expected} == {k: _sorted(v) for k, v in expected.items()}, f"at {now} us"


def _bit(io: StationIO, name: str) -> int:
    return FLAGS.get(name) or io.status(name)


def _command(io: StationIO, row: dict[str, Any]) -> int:
    image: int = sum(io.output(name) for name in row.get("outputs", ())) | ACKNOWLEDGE * row.get("acknowledge", False)
    for index, key in ((TARGET, "target"), (SPEED, "speed"), (DUTY, "duty")):
        image |= put(row.get(key, 0), index)
    return image | sum(put(limit, LIMIT[i]) for i, limit in enumerate(row.get("limits", ())))


def _shown(io: StationIO, board: SimulatedBoard | EmulatedBoard, status: int, now: int) -> dict[str, Any]:
    names = [*io.inputs, *(f"at_{a.name}" for a in io.analogs), *FLAGS]
    return {
        "status": sorted(name for name in names if status & _bit(io, name)),
        "outputs": sorted(name for name in io.outputs if board.outputs & OUTPUTS & io.output(name)),
        "position": board.axis_position(now) if isinstance(board, SimulatedBoard) else board.position,
        "target": word(board.outputs, TARGET),
        "speed": word(board.outputs, SPEED),
        "duty": word(board.outputs, DUTY),
    }


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
