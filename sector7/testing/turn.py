"""Whose turn it is at a port: several test processes, one board."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path


@contextmanager
def turn(port: str) -> Iterator[None]:
    """Waits until no other process of this user has the board at `port`."""
    import fcntl  # not everywhere, and only needed where ports are

    name = sha256(port.encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"sector7-{os.getuid()}-{name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
