"""Command-line values that cannot be used."""

from __future__ import annotations

from protocols.errors import EmulatorError
from sector7.times import microseconds


class UsageError(EmulatorError):
    """A command-line value that cannot be used."""

    def __init__(self, what: str, value: str, expected: str) -> None:
        super().__init__(f"{what}: {value!r} is not {expected}")
        self.what = what
        self.value = value
        self.expected = expected


def parse_duration(text: str, *, what: str = "--duration") -> int:
    """Microseconds of a text such as `90s`, `1h30m`, `7d` (a bare number is seconds).

    Raises UsageError naming the option `what`.
    """
    found = microseconds(text)
    if not found:
        raise UsageError(what, text, "a time up to 366 days such as 90s, 30m, 24h or 7d")
    return found
