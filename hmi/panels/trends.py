"""Trends of the last ten minutes as seen by this console, with the normal band named below each curve."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.draw.braille import buckets, trend
from hmi.draw.ink import LABEL, PLAIN, RULE, STALE, STRONG
from hmi.draw.spans import Line, fit, spread
from hmi.frame import Frame
from hmi.link.history import SPAN_S
from protocols.plant_map import PLANT_MAP


@dataclass(frozen=True, slots=True)
class Trend:
    """One curve: a line tag and its scale in the tag's unit."""

    tag: str
    title: str
    low: float
    high: float


def chosen(frame: Frame) -> tuple[Trend, ...]:
    """The four trends of the overview, scaled to this line."""
    takt = frame.scaled("Line.TaktTarget")
    return (
        Trend("Line.Rate", "Rate", 0.0, 3600 / takt * 1.2 if takt else 100.0),
        Trend("Line.OEE", "OEE", 0.0, 100.0),
        Trend("Line.RobotsInProcess", "Work in process", 0.0, float(max(1, frame.raw("Line.Pallets")))),
        Trend("Line.AirPressure", "Compressed air", 0.0, 10.0),
    )


def trends(frame: Frame, width: int, height: int) -> list[Line]:
    """The curves side by side in `height` lines (at least 3): title, curve, time axis."""
    shown = chosen(frame)
    each = (width - 1) // len(shown) - 2
    blocks = [_block(frame, item, each, height) for item in shown]
    lines = []
    for y in range(height):
        line: Line = ((" ", PLAIN),)
        for block in blocks:
            line = (*line, *block[y], ("  ", PLAIN))
        lines.append(fit(line, width))
    return lines


def _block(frame: Frame, item: Trend, width: int, height: int) -> list[Line]:
    scale = 10 ** PLANT_MAP[item.tag].decimals
    samples = [None if raw is None else raw / scale for raw in frame.history.of(item.tag)]
    now: Line = ((frame.text(item.tag), STRONG),) if frame.live else ((f"?{frame.text(item.tag)}", STALE),)
    curve = trend(buckets(samples, 2 * width, SPAN_S), item.low, item.high, height - 2)
    middle = " -5m "
    side = (width - len(middle)) // 2
    axis = "-10m " + "┈" * (side - 5) + middle + "┈" * (width - side - len(middle) - 4) + " now"
    return [
        spread(((f"{item.title} {item.low:g}..{item.high:g}", LABEL),), now, width),
        *(fit(((row, PLAIN),), width) for row in curve),
        fit(((axis, RULE),), width),
    ]
