"""Trends as seen by this console, and before that by the server's history.

The axis of each curve is heavy where the value is normal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hmi.draw.braille import buckets, trend
from hmi.draw.ink import LABEL, PLAIN, RULE, STALE, STRONG
from hmi.draw.spans import Line, fit, rule, shorten, spread
from hmi.draw.texts import long_name
from hmi.frame import Frame, StationView
from protocols.tags.plant_map import PLANT_MAP


@dataclass(frozen=True, slots=True)
class Trend:
    """One curve: a tag, its scale and its normal band in the tag's unit."""

    tag: str
    title: str
    low: float
    high: float
    normal: tuple[float, float] | None = None


def line_trends(frame: Frame) -> list[Trend]:
    """The four trends of the overview, scaled to this line."""
    takt = frame.scaled("Line.TaktTarget")
    target = 3600 / takt if takt else 80.0
    pallets = float(max(1, frame.raw("Line.Pallets")))
    return [
        Trend("Line.Rate", "Rate", 0.0, target * 1.2, (target * 0.7, target * 1.1)),
        Trend("Line.OEE", "OEE", 0.0, 100.0),
        Trend("Line.RobotsInProcess", "Work in process", 0.0, pallets),
        Trend("Line.AirPressure", "Compressed air", 0.0, 10.0, (5.5, 7.5)),
    ]


def station_trends(view: StationView) -> list[Trend]:
    """One trend for each analogue value of a station."""
    found = []
    for analog in view.io.analogs:
        one = 10**analog.decimals
        normal = (analog.normal[0] / one, analog.normal[1] / one)
        name = f"{view.code}.{analog.name}"
        found.append(Trend(name, long_name(analog.name), analog.low / one, analog.high / one, normal))
    return found


def trends(frame: Frame, shown: Sequence[Trend], width: int, height: int) -> list[Line]:
    """A head and the curves side by side: `height` lines in all (at least 5)."""
    span = frame.history.span_s()
    each = (width - 1) // len(shown) - 2
    blocks = [_block(frame, item, span, each, height - 1) for item in shown]
    seen = "" if frame.history.filled else " at this console"
    lines = [rule("TRENDS", width, f"last {span // 60} min{seen}   ┃ normal band")]
    for y in range(height - 1):
        line: Line = ((" ", PLAIN),)
        for block in blocks:
            line = (*line, *block[y], ("  ", PLAIN))
        lines.append(fit(line, width))
    return lines


def _block(frame: Frame, item: Trend, span: int, width: int, height: int) -> list[Line]:
    scale = 10 ** PLANT_MAP[item.tag].decimals
    samples = [None if raw is None else raw / scale for raw in frame.history.of(item.tag)]
    text = frame.text(item.tag)
    now: Line = ((text, STRONG),) if frame.live else ((f"?{text}", STALE),)
    rows = height - 2
    curve = trend(buckets(samples, 2 * (width - 1), span), item.low, item.high, rows)
    title = shorten(f"{item.title} {item.low:g}..{item.high:g}", width - len(text) - 2)
    return [
        spread(((title, LABEL),), now, width),
        *(fit(((_axis(item, y, rows), LABEL), (row, PLAIN)), width) for y, row in enumerate(curve)),
        fit(((_times(span, width), RULE),), width),
    ]


def _axis(item: Trend, row: int, rows: int) -> str:
    """The axis beside a row of the curve (0 on top): heavy if the row's middle lies in the normal band."""
    middle = item.high - (row + 0.5) * (item.high - item.low) / rows
    return "┃" if item.normal and item.normal[0] <= middle <= item.normal[1] else "┊"


def _times(span: int, width: int) -> str:
    first, last = f"-{span // 60} min ", " now"
    return first + "┈" * (width - len(first) - len(last)) + last
