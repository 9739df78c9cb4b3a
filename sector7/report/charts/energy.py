"""What it cost in electricity: by station, and for each robot as the run went on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from sector7.report.charts.chart import LEGEND, Chart, Table, TimeAxis, share, stations
from sector7.report.samples import Samples


def by_station(energy: Mapping[str, Any], names: Mapping[int, str]) -> Chart:
    """Energy of every station and of the supplies they share."""
    used = {names[number]: energy["by_station_kwh"][f"ST{number:02d}"] for number in names}
    used["Air, oil, water"] = energy["services_kwh"]
    total = energy["used_kwh"] or 1.0
    thirstiest = max(used, key=lambda name: used[name])
    generated = f", {energy['generated_kwh']:g} kWh of it from the generator" if energy["generated_kwh"] else ""
    return Chart(
        "energy",
        "Energy by station",
        f"{energy['used_kwh']:,.1f} kWh{generated}; {energy['per_robot_kwh']:g} kWh for each good robot. "
        f"{thirstiest} took most, {share(used[thirstiest] / total)}.",
        Table(("", "kWh", "share"), [(name, f"{kwh:,.2f}", share(kwh / total)) for name, kwh in used.items()], (1, 2)),
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": list(used.values()),
                "y": list(used),
                "marker": {"color": "@execute"},
                "text": [f"{kwh:,.1f}" for kwh in used.values()],
                "textposition": "auto",
                "hovertemplate": "%{y}: %{x:.2f} kWh<extra></extra>",
            }
        ],
        {
            "height": 80 + 26 * len(used),
            "bargap": 0.25,
            "xaxis": {"title": {"text": "kWh"}, "zeroline": False},
            "yaxis": stations(),
            "showlegend": False,
        },
    )


def per_robot(samples: Samples, length_us: int) -> Chart:
    """Mean power and robots of every stretch of the run."""
    axis = TimeAxis(length_us)
    ends = samples.ends_us
    energy, robots = samples.most("total.energy"), samples.most("robots")
    points = [(0, 0.0, 0.0), *zip(ends, energy, robots, strict=True)]
    power = [(after[1] - before[1]) / ((after[0] - before[0]) / 3.6e9) for before, after in pairwise(points)]
    each = [kwh / done if done else None for kwh, done in zip(energy, robots, strict=True)]
    times = [axis.at(end) for end in ends]
    pick = max(1, len(times) // 12)
    rows = [
        (f"{at:g} {axis.unit}", f"{kw:.1f}", "" if one is None else f"{one:.3f}")
        for at, kw, one in list(zip(times, power, each, strict=True))[pick - 1 :: pick]
    ]
    return Chart(
        "power",
        "Power, and energy for each robot so far",
        "The steps are the mean power of the plant; the line is all energy so far over the good robots so far.",
        Table(("at", "kW", "kWh per robot so far"), rows, (0, 1, 2)),
        [
            {"type": "scatter", "mode": "lines", "name": "power, kW", "x": times, "y": [round(kw, 3) for kw in power],
             "line": {"shape": "vh", "color": "@muted", "width": 1}, "hovertemplate": "%{y:.1f} kW<extra></extra>"},
            {"type": "scatter", "mode": "lines", "name": "kWh per robot", "x": times, "y": each, "yaxis": "y2",
             "line": {"color": "@ink", "width": 2, "dash": "dash"}, "hovertemplate": "%{y:.3f} kWh<extra></extra>"},
        ],
        {
            "height": 260,
            "xaxis": axis.axis(range=[0, axis.at(length_us)]),
            "yaxis": {"title": {"text": "kW"}, "rangemode": "tozero", "zeroline": False},
            "yaxis2": {"title": {"text": "kWh per robot"}, "overlaying": "y", "side": "right", "rangemode": "tozero",
                       "showgrid": False, "zeroline": False, "automargin": True},
            "legend": LEGEND,
        },
    )  # fmt: skip
