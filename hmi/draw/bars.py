"""Analogue bars: where a value stands on its scale, with the normal band (``─``), the set point (``◇``) and limits."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from hmi.draw.ink import BRIGHT, LABEL, PAPER, RULE
from hmi.draw.spans import Line

BAND, OUTSIDE = "─", "·"
#: Value inside its normal band, outside of it, set point.
NORMAL_MARK, ABNORMAL_MARK, SETPOINT_MARK = "◆", "◈", "◇"
#: An alarm limit, and one whose alarm stands; the ends of what is accepted.
LIMIT_MARK, STANDING_MARK, LOWEST_MARK, HIGHEST_MARK = "|", "!", "[", "]"

_MARK = Style(color=BRIGHT, bgcolor=PAPER)


def place(value: float, low: float, high: float, width: int) -> int:
    """The cell 0..width-1 of `value` on a scale `low`..`high`; values outside stand at its ends."""
    if high <= low or width < 1 or value <= low:
        return 0
    if value >= high:  # before the division: on a very short scale it would overflow
        return width - 1
    return min(width - 1, int((value - low) * width / (high - low)))


def bar(
    value: float | None,
    low: float,
    high: float,
    normal: tuple[float, float] | None,
    width: int,
    setpoint: float | None = None,
    abnormal: Style = _MARK,
    limits: Sequence[tuple[float, str]] = (),
) -> Line:
    """A bar of `width` cells. The value's mark changes shape outside the normal band, and takes the ink `abnormal`.

    `limits` are values with their marks; where two meet, the later one is seen, and the set point before any of them.
    With `value` None (never read, or not to be trusted) the bar shows only its scale.
    """
    if width < 1:
        return ()
    cells = [OUTSIDE] * width
    if normal:
        first, last = place(normal[0], low, high, width), place(normal[1], low, high, width)
        cells[first : last + 1] = [BAND] * (last - first + 1)
    for limit, sign in limits:
        cells[place(limit, low, high, width)] = sign
    if setpoint is not None:
        cells[place(setpoint, low, high, width)] = SETPOINT_MARK
    if value is None:
        return (("".join(cells), RULE),)
    at = place(value, low, high, width)
    outside = normal is not None and not normal[0] <= value <= normal[1]
    mark = (ABNORMAL_MARK, abnormal) if outside else (NORMAL_MARK, _MARK)
    before, after = "".join(cells[:at]), "".join(cells[at + 1 :])
    return tuple(span for span in ((before, LABEL), mark, (after, LABEL)) if span[0])


def gauge(share: float, width: int) -> str:
    """A heavy line on a thin one, `width` cells for a share 0..1, in half cells."""
    full, half = divmod(round(min(1.0, max(0.0, share)) * width * 2), 2)
    return ("━" * full + "╸" * half).ljust(width, "─")


def slots(count: int, capacity: int, width: int) -> str:
    """A buffer as squares: ▪▪▫▫. More places than `width` are drawn to scale."""
    shown = min(capacity, width)
    if shown < 1:
        return ""
    full = min(shown, -(-count * shown // capacity))
    return "▪" * full + "▫" * (shown - full)
