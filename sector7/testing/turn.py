"""Whose turn it is at a port: several test processes, one board."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from protocols.errors import Refusal

_ours: Final[set[str]] = set()


@contextmanager
def turn(port: str) -> Iterator[None]:
    """Waits until no other process of this user has the board at `port`. Raises Refusal when this one has it."""
    if port in _ours:
        raise Refusal("this test", f"the board at {port} a second time", "take `line` and `station`, or `board`")
    import fcntl  # not everywhere, and only needed where ports are

    name = sha256(port.encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"sector7-{os.getuid()}-{name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _ours.add(port)
        try:
            yield
        finally:
            _ours.discard(port)
