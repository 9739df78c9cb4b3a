"""Command-line values that cannot be used."""

from __future__ import annotations

import re

from protocols.errors import EmulatorError


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
    seconds = {"d": 86400, "h": 3600, "m": 60, "s": 1, "": 1}
    parts = re.findall(r"(\d+(?:\.\d+)?)([dhms]?)", text)
    total = sum(float(number) * seconds[letter] for number, letter in parts)
    if "".join(number + letter for number, letter in parts) != text or not 1e-6 <= total <= 366 * 86400:
        raise UsageError(what, text, "a time up to 366 days such as 90s, 30m, 24h or 7d")
    return int(total * 1_000_000)
