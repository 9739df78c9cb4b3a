"""The overview's body: figures, constraint, stations, and below them whatever the height allows."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.draw.spans import Line, beside, rule
from hmi.frame import Frame
from hmi.panels.actions import actions
from hmi.panels.arrangement import Arrangement, arrange
from hmi.panels.attention import attention
from hmi.panels.constraint import constraint
from hmi.panels.kpi import effectiveness, flow, utilities
from hmi.panels.stations import stations
from hmi.panels.trends import line_trends, trends

#: Lines of figures above the stations, without rules.
_FIGURES = 4


@dataclass(frozen=True, slots=True)
class OverviewLayout:
    """Where the stations stand in the body and how they are arranged."""

    arrangement: Arrangement
    top: int
    rules: bool


def layout(width: int, height: int) -> OverviewLayout:
    """The layout for a body of `width` x `height` cells."""
    arrangement = arrange(width, height - _FIGURES - 2)
    if arrangement.columns:
        return OverviewLayout(arrangement, _FIGURES + 2, rules=True)
    spare = height - _FIGURES - arrangement.height
    rules = spare >= 2
    return OverviewLayout(arrangement, _FIGURES + (2 if rules else 0), rules)


def overview(frame: Frame, width: int, height: int, cursor: int) -> list[Line]:
    """The body in exactly `height` lines at most."""
    where = layout(width, height)
    head = [effectiveness(frame, width), flow(frame, width), utilities(frame, width), constraint(frame, width)]
    if where.rules:
        head = [rule("LINE", width), *head, rule("STATIONS", width, "arrows and Enter, or 1-9 0 - = open")]
    lines = [*head, *stations(frame, where.arrangement, width, cursor)]
    return [*lines, *_below(frame, width, height - len(lines))][:height]


def _below(frame: Frame, width: int, height: int) -> list[Line]:
    """Attention list, trends and actions, in this order of importance."""
    if height < 3:
        return [] if height < 1 else attention(frame, width, height)[:height]
    trend_height = 0 if height < 10 or width < 90 else min(10, 7 + (height - 10) // 3)
    list_height = height - trend_height - 1
    lines: list[Line] = []
    if width >= 120:
        left = width * 6 // 11
        right = width - left - 1
        head = beside([rule("ATTENTION", left)], [rule("LAST ACTIONS", right)], left, right)
        body = beside(attention(frame, left, list_height), actions(frame, right, list_height), left, right)
    else:
        head, body = [rule("ATTENTION", width)], attention(frame, width, list_height)
    lines = [*head, *body]
    lines += [()] * (list_height + 1 - len(lines))
    if trend_height:
        lines += trends(frame, line_trends(frame), width, trend_height)
    return lines
