"""The station page's body: all sections below one another, scrolled if they are higher than the screen."""

from __future__ import annotations

from hmi.draw.spans import Line
from hmi.frame import StationView
from hmi.panels.station_alarms import station_alarms
from hmi.panels.station_io import station_board, station_io
from hmi.panels.station_marks import station_marks
from hmi.panels.station_production import station_production
from hmi.panels.station_setpoints import station_setpoints
from hmi.panels.station_state import station_state
from hmi.panels.station_values import station_values
from hmi.panels.trends import station_trends, trends

#: Lines that trends need to say something.
_TRENDS = 7


def station(view: StationView, width: int, height: int, cursor: int) -> list[Line]:
    """Every line of the page; `cursor` is the selected set point. Trends fill what `height` leaves free."""
    blocks = [
        station_state(view, width),
        station_marks(view, width),
        station_alarms(view, width),
        station_values(view, width),
        station_setpoints(view, width, cursor),
        station_io(view, width),
        station_production(view, width),
        station_board(view, width),
    ]
    lines = [line for block in blocks for line in block]
    shown = station_trends(view)
    free = height - len(lines)
    if shown and free >= _TRENDS:
        lines += trends(view.frame, shown, width, min(free, 12))
    return lines
