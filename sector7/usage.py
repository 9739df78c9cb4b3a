"""Command-line values that cannot be used."""

from __future__ import annotations

from protocols.errors import EmulatorError


class UsageError(EmulatorError):
    """A command-line value that cannot be used."""

    def __init__(self, what: str, value: str, expected: str) -> None:
        super().__init__(f"{what}: {value!r} is not {expected}")
        self.what = what
        self.value = value
        self.expected = expected
