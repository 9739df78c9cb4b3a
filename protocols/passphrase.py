"""Secrets on their way into TLS: a passphrase that shows itself to nobody, and files that only their owner reads."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from protocols.errors import LinkError

#: A passphrase file longer than this is something else (bytes).
_LONGEST = 1024


class Passphrase:
    """What opens an encrypted key. Its text is in no message, representation or pickle; `wipe` overwrites it."""

    __slots__ = ("_bytes",)

    def __init__(self, text: str | bytes = "") -> None:
        self._bytes = bytearray(text.encode() if isinstance(text, str) else text)

    def __repr__(self) -> str:
        return "Passphrase(...)"

    def __len__(self) -> int:
        return len(self._bytes.decode("utf-8", "replace"))

    def __bool__(self) -> bool:
        return bool(self._bytes)

    def __reduce__(self) -> str:
        raise TypeError("a passphrase is not stored")

    def type(self, text: str) -> None:
        """Characters behind what is there."""
        self._bytes += text.encode()

    def rub_out(self) -> None:
        """Take the last character back."""
        while self._bytes and self._bytes.pop() & 0xC0 == 0x80:
            pass

    def reveal(self) -> bytearray:
        """The bytes themselves, for the call that needs them; not a copy."""
        return self._bytes

    def wipe(self) -> None:
        """Overwrite and forget it."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes.clear()


def check_private(path: Path) -> None:
    """Only the owner may read a secret, or root's group where root owns it. Raises LinkError naming the remedy."""
    try:
        found = path.stat()
    except OSError as error:
        raise LinkError(str(path), f"cannot be read: {error.strerror}", "name a file that you may read") from None
    allowed = stat.S_IRWXU | (stat.S_IRGRP if found.st_uid == 0 else 0)
    if (mode := stat.S_IMODE(found.st_mode)) & ~allowed:
        raise LinkError(str(path), f"others may read or change it (its mode is {mode:03o})", f"chmod 600 {path}")


def read_passphrase(path: Path) -> Passphrase:
    """The first line of a file. Raises LinkError if others may read it, or if it holds no passphrase."""
    check_private(path)
    try:
        with path.open("rb") as file:
            line, _, _ = file.read(_LONGEST).partition(b"\n")
    except OSError as error:
        raise LinkError(str(path), f"cannot be read: {error.strerror}", "name a file that you may read") from None
    if not (line := line.rstrip(b"\r")):
        raise LinkError(str(path), "its first line is empty", "write the passphrase there")
    return Passphrase(line)


def from_environment(name: str) -> Passphrase:
    """What a variable holds, empty if it is not set; children of this process do not inherit it any more."""
    return Passphrase(os.environ.pop(name, ""))
