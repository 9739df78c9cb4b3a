"""A picture, its words and its table; and how times and colours are written in it.

A colour is a name with `@` in front: the page puts in what the reader's light or dark theme has under that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sector7.report.activity import Activity
from sector7.times import DAY, SECOND

INK: Final = "@ink"
MUTED: Final = "@muted"
ALERT: Final = "@aborted"
#: A legend above the picture.
LEGEND: Final = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"}

#: Colour and pattern of every activity: the pattern tells them apart without the colour.
STYLE: Final = {
    Activity.EXECUTE: ("@execute", ""),
    Activity.STARVED: ("@starved", "."),
    Activity.BLOCKED: ("@blocked", "/"),
    Activity.SUSPENDED: ("@blocked", "|"),
    Activity.STOPPED: ("@starved", "x"),
    Activity.MAINTENANCE: ("@maintenance", "-"),
    Activity.HELD: ("@held", "\\"),
    Activity.ABORTED: ("@aborted", ""),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, as text. `numbers` are the columns that are set flush right."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """`says` is what the picture shows, in a sentence or two; `data` and `layout` are plotly's. `label` is what the
    table is called; `open`: it is shown from the beginning."""

    name: str
    title: str
    says: str
    table: Table
    data: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)
    label: str = "As a table"
    open: bool = False


class TimeAxis:
    """Plant time in the unit that suits the length of a run."""

    def __init__(self, length_us: int) -> None:
        units = (("s", SECOND, 600), ("min", 60 * SECOND, 300), ("h", 3600 * SECOND, 96))
        fitting = ((unit, us) for unit, us, most in units if length_us <= most * us)
        self.unit, self._us = next(fitting, ("d", DAY))
        self._decimals = 2 if self.unit == "s" else 5

    def at(self, us: int) -> float:
        """A time on it."""
        return round(us / self._us, self._decimals)

    def axis(self, title: str = "plant time", **more: Any) -> dict[str, Any]:
        """The axis of a layout."""
        return {"title": {"text": f"{title}, {self.unit}"}, "zeroline": False, "ticks": "outside", **more}


def bars(name: str, activity: Activity) -> dict[str, Any]:
    """The common part of horizontal bars that show an activity."""
    colour, pattern = STYLE[activity]
    marker: dict[str, Any] = {"color": colour, "line": {"width": 0}}
    if pattern:
        marker["pattern"] = hatching(pattern)
    return {"type": "bar", "orientation": "h", "name": name, "marker": marker, "showlegend": True}


def hatching(shape: str) -> dict[str, Any]:
    """The pattern of a bar that can be told apart without its colour."""
    return {"shape": shape, "fillmode": "overlay", "fgcolor": INK, "fgopacity": 0.45, "size": 5, "solidity": 0.2}


def stations(**more: Any) -> dict[str, Any]:
    """A vertical axis with the stations from the top."""
    return {"autorange": "reversed", "automargin": True, "ticks": "", "showgrid": False, **more}


def rule(x: float, colour: str, dash: str = "dot") -> dict[str, Any]:
    """A vertical line through the whole picture."""
    line = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def share(value: float) -> str:
    """12.3 %."""
    return f"{value:.1%}".replace("%", " %")


def duration(us: int) -> str:
    """A length of time for tables: 1 h 02 min, 4 min 05 s, 12.3 s."""
    sign, us = ("-", -us) if us < 0 else ("", us)
    seconds = us / SECOND
    if seconds < 59.95:
        return f"{sign}{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{sign}{minutes} min" + (f" {rest:02d} s" if rest else "")
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{sign}{hours:,} h {minutes:02d} min"


def clock(us: int) -> str:
    """A moment of plant time: 1 d 02:03:04."""
    days, rest = divmod(us // SECOND, 86_400)
    hours, rest = divmod(rest, 3600)
    return (f"{days} d " if days else "") + f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
