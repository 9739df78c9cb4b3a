"""Seeds under stable keys: what a run draws depends on what it is, never on when or where it is done."""

from __future__ import annotations

from hashlib import sha256


def seed_of(root: int, *keys: object) -> int:
    """A 63-bit seed for the run with these keys. Different keys, independent streams; adding a key shifts no other."""
    digest = sha256("|".join(map(str, ("study", root, *keys))).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
