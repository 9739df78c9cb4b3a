"""The overview's body: figures, constraint, stations, and below them whatever the height allows."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.draw.spans import Line, beside, rule
from hmi.frame import Frame
from hmi.panels.actions import actions
from hmi.panels.alarm_strip import alarm_strip
from hmi.panels.arrangement import Arrangement, arrange
from hmi.panels.attention import attention
from hmi.panels.board_strip import board_strip
from hmi.panels.constraint import constraint
from hmi.panels.kpi import effectiveness, flow, utilities
from hmi.panels.stations import stations
from hmi.panels.trends import line_trends, trends

#: Lines of figures above the stations, without rules.
_FIGURES = 4
#: Lines of alarms and boards below them that come before any rule.
_STRIPS = 3
#: Lines that trends need to say something, their head among them.
_TRENDS = 7
#: From this width on boards and actions stand side by side.
_BESIDE = 120


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
    # On a low screen alarms and boards are worth more than heads.
    rules = height - _FIGURES - arrangement.height >= _STRIPS + 2
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
    """Alarms and stops, boards, actions and trends, in this order of importance."""
    if height < _STRIPS + 2:
        alarms = _alarms_and_stops(frame, width, max(1, height - 1))
        return [*alarms, *board_strip(frame, width, 1)][: max(0, height)]
    drawn = height >= _TRENDS + 6 and width >= 90
    spare = max(0, height - _TRENDS - 9)
    trend_height = min(14, _TRENDS + spare // 2) if drawn else 0
    lower = 3 + spare // 4 if drawn else 3 + max(0, height - 8) // 2
    upper = height - lower - trend_height
    lines = [rule("ALARMS AND STOPS", width, "the worst first; A opens all alarms")]
    lines += _alarms_and_stops(frame, width, upper - 1)
    lines += [()] * (upper - len(lines))
    lines += _boards_and_actions(frame, width, lower)
    if trend_height:
        lines += trends(frame, line_trends(frame), width, trend_height)
    return lines


def _alarms_and_stops(frame: Frame, width: int, height: int) -> list[Line]:
    """The worst alarms; what they leave free goes to stations that stopped, for which no alarm may stand yet."""
    lines = alarm_strip(frame, width, height)
    if len(lines) < height:
        lines += attention(frame, width, height - len(lines))
    return lines


def _boards_and_actions(frame: Frame, width: int, height: int) -> list[Line]:
    """Side by side, or below one another, under one head: `height` lines in all."""
    if width < _BESIDE:
        boards = board_strip(frame, width, 1 if height < 4 else 2)
        head = rule("BOARDS, LAST ACTIONS", width)
        lines = [head, *boards, *actions(frame, width, height - 1 - len(boards))]
    else:
        left = width * 5 // 11
        right = width - left - 1
        head = beside([rule("BOARDS", left, "B opens them")], [rule("LAST ACTIONS", right)], left, right)[0]
        boards = board_strip(frame, left, height - 1)
        lines = [head, *beside(boards, actions(frame, right, height - 1), left, right)]
    return lines + [()] * (height - len(lines))
