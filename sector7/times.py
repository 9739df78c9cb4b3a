"""Plant times as people write them: `90s`, `1h30m`, `7d`."""

from __future__ import annotations

import re
from typing import Final

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
#: The longest time anybody may write.
LONGEST_US: Final = 366 * DAY
_SECONDS: Final = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "": 1.0}


def microseconds(text: str) -> int | None:
    """The time that `text` says (a bare number is seconds), None if it says none or one beyond 366 days."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|[dhms]?)", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        return None
    total = round(sum(float(number) * _SECONDS[unit] for number, unit in parts) * SECOND)
    return total if total <= LONGEST_US else None


def told(us: int) -> str:
    """A time as people read it: `1 h 02 min 03.5 s`."""
    seconds, rest = divmod(us, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    if hours:
        return f"{hours} h {minutes:02d} min {seconds:02d}{fraction} s"
    return f"{minutes} min {seconds:02d}{fraction} s" if minutes else f"{seconds}{fraction} s"


def written(us: int) -> str:
    """A time as files have it, exact to the millisecond: `1h30m`, `90s`, `250ms`."""
    milliseconds = -(-us // 1000)
    if milliseconds % 1000:
        return f"{milliseconds}ms"
    seconds = milliseconds // 1000
    if seconds < 120 and seconds % 60:
        return f"{seconds}s"
    parts = (("d", seconds // 86_400), ("h", seconds // 3600 % 24), ("m", seconds // 60 % 60), ("s", seconds % 60))
    return "".join(f"{number}{unit}" for unit, number in parts if number) or "0s"
