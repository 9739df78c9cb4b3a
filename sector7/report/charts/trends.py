"""The trends around the first failure, and what happened there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sector7.report.charts.chart import ALERT, INK, Chart, Table, TimeAxis, clock, rule
from sector7.report.evidence import Evidence

#: So many trends stand below one another.
_MOST: Final = 6
#: Events that are listed before the failure, and behind it.
_EVENTS_BEFORE: Final = 12
_EVENTS_BEHIND: Final = 4


def trends(evidence: Evidence, names: Sequence[str]) -> Chart:
    """The values behind the first failure, below one another, on one time axis."""
    shown = list(dict.fromkeys(names))[:_MOST]
    at = evidence.at_us or 0
    times = [each - at for each in evidence.trend(shown[0])[0]]
    axis = TimeAxis(max(map(abs, times), default=0))
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "height": 70 + 110 * len(shown),
        "showlegend": False,
        "xaxis": axis.axis("from the failure on", anchor="y" + ("" if len(shown) == 1 else str(len(shown)))),
        "shapes": [rule(0, ALERT, "solid")],
        "annotations": [],
    }
    for place, name in enumerate(shown):
        number = "" if place == 0 else str(place + 1)
        values = evidence.trend(name)[1]
        top = 1 - place / len(shown)
        domain = [top - 0.78 / len(shown), top - 0.08 / len(shown)]
        layout[f"yaxis{number}"] = {"domain": domain, "zeroline": False, "automargin": True, "nticks": 4}
        layout["annotations"].append(
            {"text": name, "x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "middle",
             "showarrow": False, "font": {"color": INK}}
        )  # fmt: skip
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "line": {"shape": "hv", "color": "@ink", "width": 1.5},
                "x": [axis.at(each) for each in times],
                "y": values,
                "yaxis": f"y{number}",
                "name": name,
                "hovertemplate": f"{name} %{{y:g}} at %{{x}} {axis.unit}<extra></extra>",
            }
        )
    return Chart(
        "trends",
        "Around the first failure",
        f"The red line is the moment of the failure, {clock(at)} of plant time.",
        Table(("at", "who", "what happened"), _happened(evidence, at), (0,)),
        data,
        layout,
        label="What happened there",
        open=True,
    )


def _happened(evidence: Evidence, at: int) -> list[tuple[str, ...]]:
    """The events next to the failure; what happened to several at one instant is one line."""
    grouped: dict[tuple[int, str], list[str]] = {}
    for event in evidence.events:
        grouped.setdefault((event.at_us, event.what), []).append(event.who)
    before = [(key, who) for key, who in grouped.items() if key[0] <= at][-_EVENTS_BEFORE:]
    behind = [(key, who) for key, who in grouped.items() if key[0] > at][:_EVENTS_BEHIND]
    return [(clock(when), ", ".join(who), what) for (when, what), who in (*before, *behind)]
