"""The log of what the operator did at this console, and what came of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum

KEPT = 50


class Result(Enum):
    """How an action ended."""

    PENDING = "…"
    OK = "OK"
    REFUSED = "REFUSED"
    NO_FEEDBACK = "NO FEEDBACK"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `time_us` is plant time; `what` names target, old and new; `note` explains the result."""

    key: int
    time_us: int
    what: str
    result: Result = Result.PENDING
    note: str = ""


class ActionLog:
    """The latest actions, newest first."""

    def __init__(self) -> None:
        self._actions: deque[Action] = deque(maxlen=KEPT)
        self._count = 0

    def begin(self, time_us: int, what: str) -> int:
        """Note an action that is under way; returns its key."""
        self._count += 1
        self._actions.appendleft(Action(self._count, time_us, what))
        return self._count

    def progress(self, key: int, note: str) -> None:
        """Note how far an action that is under way has come."""
        self.end(key, Result.PENDING, note)

    def end(self, key: int, result: Result, note: str = "") -> None:
        """Note how an action ended. An action that has scrolled out of the log is ignored."""
        for i, action in enumerate(self._actions):
            if action.key == key:
                self._actions[i] = replace(action, result=result, note=note)

    def refuse(self, time_us: int, what: str, why: str) -> None:
        """Note an action that was not even tried."""
        self.end(self.begin(time_us, what), Result.REFUSED, why)

    def latest(self, count: int = KEPT) -> tuple[Action, ...]:
        """The newest `count` actions, newest first."""
        return tuple(self._actions)[:count]
