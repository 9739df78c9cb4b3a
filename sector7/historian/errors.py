"""What can be wrong with a history."""

from __future__ import annotations

from protocols.errors import EmulatorError


class HistoryError(EmulatorError):
    """A history that cannot be used: where it is, why not, and what to do. Nothing in it was changed."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"history {where}: {problem} ({remedy})")
        self.where = where
        self.problem = problem
        self.remedy = remedy


class SinkFailure(EmulatorError):
    """What was recorded cannot be written now; it is tried again."""

    exit_code = 3

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"history {where}: {problem}")
        self.where = where
        self.problem = problem
