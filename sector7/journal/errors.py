"""What can be wrong with a state folder."""

from __future__ import annotations

from pathlib import Path

from protocols.errors import EmulatorError


class JournalError(EmulatorError):
    """A state folder that cannot be used: which, why, and what to do. Nothing in it was changed."""

    def __init__(self, folder: Path, problem: str, remedy: str) -> None:
        super().__init__(f"state folder {folder}: {problem} ({remedy})")
        self.folder = folder
        self.problem = problem
        self.remedy = remedy


class FolderInUse(JournalError):
    """Another server works on the folder."""

    exit_code = 3


class JournalUnwritable(JournalError):
    """The folder or its disk does not take what must be written."""

    exit_code = 3
