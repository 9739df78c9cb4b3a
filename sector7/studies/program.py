"""Which program a result came from: results of different programs must not be mixed."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from protocols.errors import LinkError

_PACKAGES: Final = ("firmware_sim", "hil", "plant", "protocols", "sector7")
#: What never changes how a run comes out.
_APART: Final = frozenset({"commands", "historian", "studies", "testing", "board_check", "__pycache__"})


@cache
def fingerprint() -> str:
    """A hash over the sources that decide how a run comes out."""
    digest = sha256()
    for package in _PACKAGES:
        _feed(digest.update, resources.files(package), package)
    return digest.hexdigest()[:16]


def require(program: str) -> None:
    """Raises LinkError if this machine has another program than the one that leads the study."""
    if fingerprint() != program:
        raise LinkError(f"worker on {platform.node()}", "has another build of sector7", "install the same everywhere")


def _feed(update: object, folder: Traversable, path: str) -> None:
    assert callable(update)
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        if item.is_dir() and item.name not in _APART:
            _feed(update, item, f"{path}/{item.name}")
        elif item.name.endswith((".py", ".hex")):
            update(f"{path}/{item.name}\n".encode())
            update(item.read_bytes())
