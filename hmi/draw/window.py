"""Pages that are higher than the screen: what does not fit is announced, never silently clipped."""

from __future__ import annotations

from hmi.draw.ink import STRONG
from hmi.draw.spans import Line, fit


def window(lines: list[Line], top: int, width: int, height: int) -> list[Line]:
    """`height` lines from `top` on; what lies above or below is announced, never silently clipped."""
    if len(lines) <= height or height < 3:
        return lines[:height]
    top = furthest(len(lines), height, top)
    shown = lines[top : top + height]
    if top > 0:
        shown[0] = fit(((f" ▲ {top + 1} more lines (PgUp)", STRONG),), width)
    below = len(lines) - top - height
    if below > 0:
        shown[-1] = fit(((f" ▼ {below + 1} more lines (PgDn)", STRONG),), width)
    return shown


def furthest(count: int, height: int, top: int) -> int:
    """`top` kept within a page of `count` lines."""
    return max(0, min(top, count - height))
