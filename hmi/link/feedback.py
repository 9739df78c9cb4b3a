"""Outputs whose input does not follow: how long the board looked at has been commanded in vain, in plant time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from hmi.link.snapshot import LinkState, Snapshot
from protocols.stations.feedback import FEEDBACK, Feedback

#: Polls in which an output must have been seen in vain: on a fast plant two of them may fall into two cycles.
_POLLS: Final = 5


@dataclass(frozen=True, slots=True)
class _Wait:
    feedback: Feedback
    commanded: bool
    step: int
    since_us: int
    polls: int = 1


class FeedbackWatch:
    """Looks at every poll once. What was before the board was first polled is not known, so it waits from then on."""

    def __init__(self) -> None:
        self._looked_at = (0, 0)
        self._polls = -1
        self._now_us = 0
        self._waits: dict[str, _Wait] = {}

    def sample(self, snapshot: Snapshot) -> None:
        """Take what the newest poll brought."""
        if snapshot.polls == self._polls:
            return
        self._polls = snapshot.polls
        station = snapshot.board_unit - 10
        code = f"ST{station:02d}"
        if snapshot.state is not LinkState.OK or station not in FEEDBACK or not snapshot.line.get(f"{code}.LinkOk"):
            self._waits = {}
            return
        looked_at = (station, snapshot.line["Line.RunEpoch"])
        before = self._waits if looked_at == self._looked_at else {}
        self._looked_at, self._now_us = looked_at, snapshot.line["Line.SimulatedTime"]
        self._waits = {}
        for row in FEEDBACK[station]:
            name = f"{code}.Board.{row.output}"
            commanded = bool(snapshot.board.get(name))
            if follows(row, commanded, code, snapshot.board) is False:
                step = snapshot.line[f"{code}.StepNumber"] if row.by_step else 0
                self._waits[name] = self._waited(_Wait(row, commanded, step, self._now_us), before.get(name))

    @staticmethod
    def _waited(fresh: _Wait, before: _Wait | None) -> _Wait:
        if before is None or (before.commanded, before.step) != (fresh.commanded, fresh.step):
            return fresh
        return replace(before, polls=before.polls + 1)

    def unanswered(self) -> dict[str, float]:
        """Seconds for which outputs have been commanded in vain, longer than their device takes; by their tags."""
        waited = {name: (self._now_us - wait.since_us) / 1e6 for name, wait in self._waits.items()}
        return {
            name: waited[name]
            for name, wait in self._waits.items()
            if waited[name] > wait.feedback.due_s(wait.commanded) and wait.polls >= _POLLS
        }


def follows(row: Feedback, commanded: bool, code: str, board: Mapping[str, int]) -> bool | None:
    """Whether the input is now as it must become; None where nothing tells."""
    name, wanted = row.wanted(commanded)
    raw = board.get(f"{code}.Board.{name}") if name else None
    return None if raw is None else bool(raw) is wanted
