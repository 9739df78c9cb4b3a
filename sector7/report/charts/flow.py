"""What stands between the stations, and which of them holds the line up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sector7.report.bottleneck import Bottleneck
from sector7.report.charts.chart import LEGEND, Chart, Table, TimeAxis, hatching, share, stations
from sector7.report.samples import Samples

_FULL: Final = 0.95


def buffers(samples: Samples, names: Mapping[int, str], capacities: Mapping[int, int], length_us: int) -> Chart:
    """How full the conveyor before every station was over time."""
    axis = TimeAxis(length_us)
    keys = {number: f"ST{number:02d}.infeed" for number in names}
    means = {number: samples.mean(key) for number, key in keys.items()}
    room = {number: max(1, capacities[number]) for number in names}
    rows = []
    for number, name in names.items():
        mean = sum(means[number]) / (len(means[number]) or 1)
        full = sum(value >= _FULL * room[number] for value in means[number]) / (len(means[number]) or 1)
        most = max(samples.most(keys[number]), default=0)
        rows.append((name, str(capacities[number]), f"{mean:.1f}", f"{most:.0f}", share(full)))
    labels = list(names.values())
    return Chart(
        "buffers",
        "Conveyors before the stations",
        "The stronger the tone, the fuller. A full conveyor before a station and an empty one behind it point at the "
        "station between them.",
        Table(("conveyor before", "places", "mean", "most", "full"), rows, (1, 2, 3, 4)),
        [
            {
                "type": "heatmap",
                "x": [axis.at(end) for end in samples.ends_us],
                "y": labels,
                "z": [[round(value / room[number], 3) for value in means[number]] for number in names],
                "customdata": [[round(value, 1) for value in means[number]] for number in names],
                "zmin": 0,
                "zmax": 1,
                "colorscale": [[0, "@empty"], [1, "@full"]],
                "colorbar": {"tickformat": ".0%", "thickness": 10, "outlinewidth": 0, "len": 0.8},
                "hovertemplate": f"%{{y}}<br>%{{customdata}} pallets at %{{x}} {axis.unit}<extra></extra>",
            }
        ],
        {"height": 90 + 26 * len(labels), "xaxis": axis.axis(), "yaxis": stations()},
    )


def bottleneck(found: Bottleneck) -> Chart:
    """Both methods, station by station."""
    names = [row.name for row in found.rows]
    first, second = found.active_period, found.least_waiting
    if first == second:
        says = (
            f"{first.name} is the bottleneck by both methods: it waits least "
            f"({share(first.waiting)} of the run), and its activity is the longest for {share(first.bottleneck)} of it."
        )
    else:
        says = (
            f"{first.name} has the longest uninterrupted activity for {share(first.bottleneck)} of the "
            f"run, {second.name} waits least ({share(second.waiting)}). Where the two differ the "
            "bottleneck moves: look at the longest stops, too."
        )
    shares = [(row.blocked, row.starved, row.sole, row.shifting) for row in found.rows]
    rows = [
        (name, *map(share, own), "yes" if row.turning else "")
        for name, own, row in zip(names, shares, found.rows, strict=True)
    ]
    hover = "<br>%{y}: %{x:.1%}<extra></extra>"
    left = {"type": "bar", "orientation": "h", "y": names, "xaxis": "x"}
    right = {**left, "xaxis": "x2"}
    return Chart(
        "bottleneck",
        "Bottleneck",
        says,
        Table(("station", "blocked", "starved", "sole bottleneck", "shifting", "turning point"), rows, (1, 2, 3, 4)),
        [
            {
                **left,
                "name": "blocked",
                "x": [row.blocked for row in found.rows],
                "marker": {"color": "@blocked", "pattern": hatching("/")},
                "hovertemplate": "blocked" + hover,
            },
            {
                **left,
                "name": "starved",
                "x": [row.starved for row in found.rows],
                "marker": {"color": "@starved", "pattern": hatching(".")},
                "hovertemplate": "starved" + hover,
            },
            {
                **right,
                "name": "sole bottleneck",
                "x": [row.sole for row in found.rows],
                "marker": {"color": "@held"},
                "hovertemplate": "sole bottleneck" + hover,
            },
            {
                **right,
                "name": "shifting bottleneck",
                "x": [row.shifting for row in found.rows],
                "marker": {"color": "@held", "opacity": 0.55, "pattern": hatching("\\")},
                "hovertemplate": "shifting bottleneck" + hover,
            },
        ],
        {
            "height": 110 + 26 * len(names),
            "barmode": "stack",
            "bargap": 0.25,
            "xaxis": {"domain": [0, 0.47], "tickformat": ".0%", "title": {"text": "waits (blocked + starved)"}},
            "xaxis2": {"domain": [0.53, 1], "tickformat": ".0%", "title": {"text": "is the longest active"}},
            "yaxis": stations(),
            "legend": LEGEND,
        },
    )
