"""Frames for tests of panels: the toy plant's values, with changes, at a given trustworthiness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.actions import Action
from hmi.link.history import History
from hmi.link.snapshot import LinkState, Snapshot
from tests.hmi.toy_plant import ToyPlant


def frame(
    changes: Mapping[str, int] | None = None,
    *,
    state: LinkState = LinkState.OK,
    age_s: float = 0.0,
    board: int = 0,
    actions: tuple[Action, ...] = (),
    problem: str = "",
    lit: bool = True,
) -> Frame:
    """A frame `age_s` after its poll; `board` is the station whose board was polled too; what blinks is `lit`."""
    plant = ToyPlant()
    if changes:
        plant.set(**changes)
    history = History()
    snapshot = Snapshot(
        state=state,
        line=dict(plant.values(1)),
        board=dict(plant.values(10 + board)) if board else {},
        board_unit=10 + board if board else 0,
        read_at_s=100.0,
        latency_s=0.004,
        rate_hz=10.0,
        polls=7,
        problem=problem,
    )
    for second in range(90):
        history.sample(snapshot, float(second))
    return Frame(snapshot, 100.0 + age_s, history, actions, lit=lit)


def text(lines: Sequence[Line]) -> str:
    """Lines as plain text."""
    return "\n".join("".join(part for part, _ in line) for line in lines)
