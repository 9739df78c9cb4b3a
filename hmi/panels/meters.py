"""Rows of small instruments: label, value, bar. The row picks the roomiest form that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style

from hmi.draw.bars import bar, gauge
from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, length, pack


@dataclass(frozen=True, slots=True)
class Meter:
    """One instrument. With `share` set it is drawn as a filled gauge, with `scale` as a bar with a normal band."""

    label: str
    short: str
    text: str
    value: float = 0.0
    scale: tuple[float, float] | None = None
    normal: tuple[float, float] | None = None
    setpoint: float | None = None
    share: float | None = None
    bad: bool = False
    note: str = ""


def meters(row: Sequence[Meter], width: int, live: bool) -> Line:
    """The row in `width` cells: long labels and bars if there is room, else shorter, at last without bars."""
    parts: list[tuple[int, Line]] = []
    for long, bar_width in ((True, 12), (True, 8), (False, 8), (False, 5), (False, 0)):
        parts = [(i, _draw(meter, long, bar_width, live)) for i, meter in enumerate(row)]
        if sum(length(part) + 2 for _, part in parts) <= width:
            break
    return pack(parts, width, 2)


def _draw(meter: Meter, long: bool, bar_width: int, live: bool) -> Line:
    ink: Style = STALE if not live else CAUTION if meter.bad else STRONG
    mark = "" if live else "?"
    flag = " !" if meter.bad and live else ""
    line: Line = ((f" {meter.label if long else meter.short} ", LABEL), (f"{mark}{meter.text}{flag}", ink))
    if bar_width and meter.scale:
        value = meter.value if live else None
        graph = bar(value, *meter.scale, meter.normal, bar_width, meter.setpoint, CAUTION if meter.bad else STRONG)
        line = (*line, (" ", PLAIN), *graph)
    elif bar_width and meter.share is not None:
        line = (*line, (" ", PLAIN), (gauge(meter.share if live else 0.0, bar_width), LABEL))
    if long and meter.note:
        line = (*line, (f" {meter.note}", LABEL))
    return line
