"""What came out of the line, what stood between its stations, and which of them held it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sector7.report.bottleneck import Bottleneck
from sector7.report.charts.chart import INK, LEGEND, MUTED, Chart, Table, TimeAxis, duration, hatching, share, stations
from sector7.report.samples import Samples

_FULL: Final = 0.95


def output(samples: Samples, takt_us: int, length_us: int) -> Chart:
    """Good robots over time, beside what the takt would give."""
    axis = TimeAxis(length_us)
    ends, robots = samples.ends_us, samples.most("robots")
    done = int(robots[-1]) if robots else 0
    planned = length_us // takt_us
    pick = max(1, len(ends) // 12)
    rows = [
        (f"{axis.at(end):g} {axis.unit}", f"{made:,.0f}", f"{end // takt_us:,}")
        for end, made in list(zip(ends, robots, strict=True))[pick - 1 :: pick]
    ]
    return Chart(
        "output",
        "Robots over time",
        f"{done:,} good robots; the takt of {duration(takt_us)} alone would have given {planned:,}.",
        Table(("at", "robots", "by the takt"), rows, (0, 1, 2)),
        [
            {
                "type": "scatter",
                "mode": "lines",
                "name": "robots",
                "x": [0, *map(axis.at, ends)],
                "y": [0, *robots],
                "line": {"color": INK, "width": 2},
                "hovertemplate": "%{y:.0f} robots<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "name": "by the takt",
                "x": [0, axis.at(length_us)],
                "y": [0, length_us / takt_us],
                "line": {"color": MUTED, "width": 1, "dash": "dash"},
                "hoverinfo": "skip",
            },
        ],
        {
            "height": 260,
            "xaxis": axis.axis(range=[0, axis.at(length_us)]),
            "yaxis": {"title": {"text": "robots"}, "rangemode": "tozero", "zeroline": False},
            "legend": LEGEND,
        },
    )


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
