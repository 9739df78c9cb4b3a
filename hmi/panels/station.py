"""The station page's body: all sections below one another, scrolled if they are higher than the screen."""

from __future__ import annotations

from hmi.draw.spans import Line, beside
from hmi.frame import StationView
from hmi.link.stops import Pareto
from hmi.panels.station_alarms import station_alarms
from hmi.panels.station_io import station_board, station_io
from hmi.panels.station_marks import station_marks
from hmi.panels.station_production import station_production
from hmi.panels.station_setpoints import station_setpoints
from hmi.panels.station_state import station_state
from hmi.panels.station_stops import station_stops
from hmi.panels.station_values import station_values
from hmi.panels.trends import station_trends, trends

#: Lines that trends need to say something.
_TRENDS = 7
#: From this width on the stops stand beside the production.
_ROOMY = 110


def station(view: StationView, width: int, height: int, cursor: int, stops: Pareto | None = None) -> list[Line]:
    """Every line of the page; `cursor` is the selected set point, `stops` None where the plant tells none.

    Trends fill what `height` leaves free.
    """
    blocks = [
        station_state(view, width),
        station_marks(view, width),
        station_alarms(view, width),
        station_values(view, width),
        station_setpoints(view, width, cursor),
        station_io(view, width),
        _production(view, width, stops),
        station_board(view, width),
    ]
    lines = [line for block in blocks for line in block]
    shown = station_trends(view)
    free = height - len(lines)
    if shown and free >= _TRENDS:
        lines += trends(view.frame, shown, width, min(free, 12))
    return lines


def _production(view: StationView, width: int, stops: Pareto | None) -> list[Line]:
    if stops is None:
        return station_production(view, width)
    if width < _ROOMY:
        return [*station_production(view, width), *station_stops(view, stops, width)]
    left = width // 2
    right = width - left - 1
    return beside(station_production(view, left), station_stops(view, stops, right), left, right)
