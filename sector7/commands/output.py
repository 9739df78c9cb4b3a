"""What commands share that show something or write a file."""

from __future__ import annotations

import os
from pathlib import Path

from sector7.usage import UsageError


def colour(stream: object) -> bool:
    """True if colours are wanted on `stream`: a terminal, and no NO_COLOR."""
    return "NO_COLOR" not in os.environ and getattr(stream, "isatty", bool)()


def check_writable(option: str, path: Path | None) -> None:
    """Find out before the work that its result can be written. Raises UsageError naming the option."""
    if path is not None:
        try:
            path.open("a").close()
        except OSError as error:
            raise _unwritable(option, path, error) from None


def write_text(option: str, path: Path, text: str) -> None:
    """Write a file that an option named. Raises UsageError naming the option."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise _unwritable(option, path, error) from None


def _unwritable(option: str, path: Path, error: OSError) -> UsageError:
    return UsageError(option, str(path), f"a file that can be written ({error.strerror})")
