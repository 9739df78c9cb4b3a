"""The trend page: pens below one another over one axis of plant time, each with its scale, normal band and cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hmi.draw.braille import trend
from hmi.draw.ink import CURSOR, LABEL, PLAIN, RULE, STALE, STRONG
from hmi.draw.spans import Line, Span, fit, rule, spread
from hmi.draw.texts import clock, duration
from hmi.frame import Frame
from hmi.link.pens import Pen
from hmi.panels.kpi import UTILITIES
from protocols.tags.history_map import Bucket
from protocols.tags.tag import Tag

#: Cells before the curve: the scale and the axis.
MARGIN: Final = 10
#: Stands in the lowest row where nothing was recorded.
GAP: Final = "╌"
#: Normal bands of the utilities, whose limits the map does not declare.
_BANDS = {f"Line.{name}": band for name, _, _, _, band, _ in UTILITIES}


@dataclass(frozen=True)
class TrendView:
    """What part of time is shown, from `begin_s` to `end_s` of plant time, and where cursor and selection stand.

    `cursor` is a column of the curves, or None for now; `span_s` is what was asked for, `live` whether it goes on.
    """

    begin_s: float
    end_s: float
    live: bool
    cursor: int | None
    selected: int
    history: bool


Points = Sequence[Bucket | None]


def columns(width: int) -> int:
    """Cells of a curve on a page of `width`; a cell holds two points."""
    return max(10, width - MARGIN - 1)


def trend_page(
    frame: Frame, view: TrendView, pens: Sequence[tuple[Pen, Points]], width: int, height: int
) -> list[Line]:
    """The whole page: head, a strip for each pen, the axis of time."""
    lines = [_head(view, width)]
    if not pens:
        return [*lines, fit(((" No pen is chosen. / picks tags to show.", PLAIN),), width)]
    if view.cursor is not None:
        lines.append(_cursor_line(frame, view, width))
    each, more = divmod(height - len(lines) - 2, len(pens))
    for place, (pen, points) in enumerate(pens):
        lines += _strip(frame, view, pen, points, place == view.selected, width, max(2, each + (place < more)))
    return [*lines, *_axis(view, width)]


def _head(view: TrendView, width: int) -> Line:
    span = duration(view.end_s - view.begin_s)
    what = f"last {span}, live" if view.live else f"{span} up to {clock(int(view.end_s * 1e6))}, standing"
    source = "" if view.history else ", by this console only"
    return rule("TRENDS", width, f"{what}   ┃ normal  {GAP} not recorded{source}")


def _cursor_line(frame: Frame, view: TrendView, width: int) -> Line:
    assert view.cursor is not None
    at = view.begin_s + (view.cursor + 0.5) * (view.end_s - view.begin_s) / columns(width)
    now = frame.raw("Line.SimulatedTime") / 1e6
    return fit(
        (
            (" Cursor ", LABEL),
            (clock(int(at * 1e6)), STRONG),
            (f"  {duration(now - at)} ago", PLAIN),
            ("   values below are those at the cursor; End lets it go", LABEL),
        ),
        width,
    )


def scale_of(tag: Tag, points: Points) -> tuple[float, float]:
    """The ends of a pen's axis: its declared range, else what there is to see with its normal band."""
    one = 10**tag.decimals
    if tag.low is not None and tag.high is not None:
        return tag.low / one, tag.high / one
    if tag.table.is_bits:
        return 0.0, 1.0
    seen = [end for point in points if point is not None for end in (point.low, point.high)]
    low, high = (min(seen) / one, max(seen) / one) if seen else (0.0, 1.0)
    if band := band_of(tag):
        low, high = min(low, band[0]), max(high, band[1])
    room = (high - low) * 0.05 or 0.5 / one
    return (0.0 if low >= 0 > low - room or 0 <= low < (high - low) else low - room), high + room


def band_of(tag: Tag) -> tuple[float, float] | None:
    """The normal band in the tag's unit."""
    if tag.normal is None:
        return _BANDS.get(tag.name)
    one = 10**tag.decimals
    return tag.normal[0] / one, tag.normal[1] / one


def _strip(
    frame: Frame, view: TrendView, pen: Pen, points: Points, selected: bool, width: int, height: int
) -> list[Line]:
    tag, one, rows = pen.tag, 10**pen.tag.decimals, height - 1
    low, high = scale_of(tag, points)
    means = [None if point is None else point.mean / one for point in points]
    curve = [list(row.ljust(columns(width))) for row in trend(means, low, high, rows)]
    now = (frame.raw("Line.SimulatedTime") / 1e6 - view.begin_s) / (view.end_s - view.begin_s)
    for x in range(min(columns(width), int(now * columns(width)))):
        if points[2 * x] is None and points[2 * x + 1] is None:
            curve[-1][x] = GAP
    lines = [_title(frame, view, pen, points, selected, width)]
    band = band_of(tag)
    for y, row in enumerate(curve):
        middle = high - (y + 0.5) * (high - low) / rows
        axis = "┃" if band and band[0] <= middle <= band[1] else "┊"
        label = _number(tag, high) if y == 0 else _number(tag, low) if y == rows - 1 else ""
        spans: Line = ((f"{label:>{MARGIN - 1}}{axis}", LABEL),)
        if view.cursor is None:
            spans = (*spans, ("".join(row), PLAIN))
        else:
            x = view.cursor
            spans = (*spans, ("".join(row[:x]), PLAIN), (row[x], CURSOR), ("".join(row[x + 1 :]), PLAIN))
        lines.append(fit(spans, width))
    return lines


def _number(tag: Tag, value: float) -> str:
    return f"{value:.{tag.decimals}f}" if abs(value) < 1e6 else f"{value:.3g}"


def _title(frame: Frame, view: TrendView, pen: Pen, points: Points, selected: bool, width: int) -> Line:
    tag = pen.tag
    known = [point for point in points if point is not None]
    left: Line = (
        ("▸" if selected else " ", STRONG),
        (f" {tag.name} ", CURSOR if selected else STRONG),
        (f" {tag.doc}", LABEL),
    )
    seen = ""
    if known and not tag.labels and not tag.table.is_bits:
        mean = sum(point.mean for point in known) / len(known) / 10**tag.decimals
        low, high = tag.text(min(p.low for p in known)), tag.text(max(p.high for p in known))
        seen = f"  in view {low}..{high}, mean {mean:.{tag.decimals}f}"
    if not pen.recorded and view.history:
        seen += "  not recorded"
    return spread(left, ((f"{seen}  ", LABEL), _value(frame, view, tag, points)), width)


def _value(frame: Frame, view: TrendView, tag: Tag, points: Points) -> Span:
    unit = f" {tag.unit}" if tag.unit else ""
    if view.cursor is None:
        return (f"{'' if frame.live else '?'}{frame.text(tag.name)} ", STRONG if frame.live else STALE)
    there = [point for point in points[2 * view.cursor : 2 * view.cursor + 2] if point is not None]
    if not there:
        return ("not recorded ", STALE)
    low, high = min(p.low for p in there), max(p.high for p in there)
    if tag.labels or low == high:
        return (f"{tag.text(there[-1].last)}{unit} ", STRONG)
    text = f"{tag.text(low)}..{tag.text(high)}"
    return (f"{text}{unit} ", STRONG)


def _axis(view: TrendView, width: int) -> list[Line]:
    room = columns(width)
    cells = ["┈"] * room
    if view.cursor is not None:
        cells[view.cursor] = "▲"
    marks = [" "] * (room + MARGIN)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0) if width >= 110 else (0.0, 0.5, 1.0):
        second = view.begin_s + share * (view.end_s - view.begin_s)
        text = clock(int(second * 1e6)) if second >= 0 else ""
        place = min(len(marks) - len(text), max(0, MARGIN + int(share * room) - len(text) // 2))
        marks[place : place + len(text)] = text
    return [
        fit(((" " * MARGIN + "".join(cells), RULE),), width),
        fit((("".join(marks), LABEL),), width),
    ]
