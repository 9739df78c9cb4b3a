"""A state folder belongs to one server at a time: a lock that the kernel takes back however the server ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Final

from sector7.journal.errors import FolderInUse, JournalError, JournalUnwritable

DATABASE: Final = "journal.db"
LOCK: Final = "lock"


class StateFolder:
    """A folder that this process alone works on, from construction to `close`. It is made if it is not there.

    Raises FolderInUse naming who has it, JournalUnwritable when the folder cannot be made or written.
    """

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileExistsError:
            raise JournalError(path, "is a file", "name a folder") from None
        except OSError as error:
            raise JournalUnwritable(path, f"cannot be used: {error.strerror}", "choose one you may write") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._file, 200).decode("utf-8", "replace").strip() or "another process"
            os.close(self._file)
            raise FolderInUse(path, f"is in use by {holder}", "stop it first, or choose another folder") from None
        self.announce("")

    @property
    def database(self) -> Path:
        """Where the journal is, or will be."""
        return self.path / DATABASE

    def announce(self, where: str) -> None:
        """Tell those who come in vain who is here, and where it listens."""
        text = f"process {os.getpid()}" + (f" ({where})" if where else "")
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)
        except OSError:
            pass  # a full disk: the lock itself holds

    def close(self) -> None:
        """Let others have it."""
        os.close(self._file)
