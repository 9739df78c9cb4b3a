"""Why stations stood: the reasons that took most time, and the longest stops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sector7.report.charts.chart import Chart, Table, TimeAxis, clock, duration, share, stations
from sector7.report.station_life import StationLife, reason_text

#: Reasons that are shown, and stops that are listed.
_MOST_REASONS: Final = 12
_MOST_STOPS: Final = 15


def reasons(lives: Sequence[StationLife], length_us: int) -> Chart:
    """The reasons of stops by the time that they took, the worst first."""
    axis = TimeAxis(length_us)
    found = sorted(
        ((time, count, life, reason) for life in lives for reason, (count, time) in life.causes.items()),
        key=lambda row: (-row[0], row[2].io.number, row[3]),
    )
    whole = sum(row[0] for row in found) or 1
    shown = found[:_MOST_REASONS]
    names = [f"{life.io.code} {reason_text(life.io.number, reason)}" for _, _, life, reason in shown]
    rows = [
        (life.title, reason_text(life.io.number, reason), str(count), duration(time), share(time / whole))
        for time, count, life, reason in shown
    ]
    says = f"{sum(row[1] for row in found)} stops took {duration(sum(row[0] for row in found))} of the stations' time."
    if len(found) > len(shown):
        says += f" The {len(shown)} reasons here stand for {share(sum(row[0] for row in shown) / whole)} of it."
    return Chart(
        "reasons",
        "Why stations stood",
        says,
        Table(("station", "reason", "stops", "in all", "share"), rows, (2, 3, 4)),
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [axis.at(row[0]) for row in shown],
                "y": names,
                "text": [f"{duration(row[0])} in {row[1]}" for row in shown],
                "textposition": "none",
                "marker": {"color": "@held"},
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        {
            "height": 80 + 26 * len(shown),
            "bargap": 0.25,
            "xaxis": axis.axis("in all"),
            "yaxis": stations(),
            "showlegend": False,
        },
    )


def longest(lives: Sequence[StationLife]) -> Chart:
    """The longest stops of the line, with their reasons."""
    titles = {life.io.number: life.title for life in lives}
    found = sorted((stop for life in lives for stop in life.longest), reverse=True)[:_MOST_STOPS]
    rows = [(titles[stop.station], clock(stop.begin_us), duration(stop.lasted_us), stop.text) for stop in found]
    table = Table(("station", "since", "lasted", "reason"), rows, (1, 2))
    return Chart("stops", "The longest stops", "Until the station went on.", table, label="Stops", open=True)
