"""A station's set points: requested and active value on one bar, with the range an operator may choose from."""

from __future__ import annotations

from hmi.draw.bars import bar
from hmi.draw.ink import CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import long_name
from hmi.frame import StationView


def station_setpoints(view: StationView, width: int, cursor: int) -> list[Line]:
    """A head and one row per set point; `cursor` is the index of the selected one."""
    lines = [rule("SET POINTS", width, "up/down select, E edit   ◆ active ◇ requested")]
    lines += [_row(view, i, i == cursor, width) for i in range(len(view.io.setpoints))]
    return lines


def _row(view: StationView, index: int, cursor: bool, width: int) -> Line:
    point = view.io.setpoints[index]
    unit = 10**point.decimals
    requested, active = view.raw(f"{point.name}_sp"), view.raw(f"{point.name}_active")
    live = view.frame.live
    low, high = point.low / unit, point.high / unit
    wide = width >= 110
    room = min(36, width - 72) if wide else max(10, width - 66)
    graph = bar(active / unit if live else None, low, high, None, room, requested / unit)
    digits = point.decimals
    text = f"{'' if live else '?'}{active / unit:.{digits}f} {point.unit}"
    if active != requested:
        text += f" → {requested / unit:.{digits}f}"
    ramp = f"ramp {point.ramp / unit:g} {point.unit}/s, " if point.ramp else ""
    limits = f"{low:.{digits}f}..{high:.{digits}f} {point.unit}"
    return fit(
        (
            (" ", PLAIN),
            (clip(long_name(point.name), 19 if wide else 14) + " ", CURSOR if cursor else LABEL),
            ("├", LABEL),
            *graph,
            ("┤ ", LABEL),
            (clip(text, 22), STRONG if live else STALE),
            (f"range {clip(limits, 17)}", LABEL),
            (f" {ramp}{point.doc}" if wide else "", LABEL),
        ),
        width,
    )
