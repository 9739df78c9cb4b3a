"""What happened: faults and alarms on one time line, and how the alarms came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from protocols.alarms.alarm import Priority
from protocols.alarms.table import BY_ALARM
from sector7.report.charts.chart import (
    LEGEND,
    MUTED,
    Chart,
    Table,
    TimeAxis,
    clock,
    duration,
    hatching,
    rule,
    share,
    stations,
)
from sector7.report.collect import Annunciation, Outage

#: Columns of the alarm histogram.
_COLUMNS: Final = 120
_SYMBOLS: Final = {Priority.LOW: "circle-open", Priority.MEDIUM: "triangle-up", Priority.HIGH: "square"}
_SHAPES: Final = {Priority.LOW: ".", Priority.MEDIUM: "/", Priority.HIGH: ""}
_COLOURS: Final = {Priority.LOW: "@muted", Priority.MEDIUM: "@held", Priority.HIGH: "@aborted"}


def timeline(
    alarms: Sequence[Annunciation], outages: Sequence[Outage], faults: Sequence[Mapping[str, Any]],
    moments: Sequence[Mapping[str, Any]], length_us: int,
) -> Chart:  # fmt: skip
    """Injected faults and lost supplies as bars, alarms as marks, the scenario's moments as lines."""
    axis = TimeAxis(length_us)
    rows: list[tuple[str, ...]] = []
    bars = []
    for fault in faults:
        begin, ended = round(fault["since_s"] * 1e6), fault["until_s"]
        end = length_us if ended is None else round(ended * 1e6)
        on = f"{fault['on']}" + (f" with {fault['with']}" if fault["with"] else "")
        what = f"{fault['kind']} of {on}"
        owner = fault["on"].partition(".")[0]
        bars.append((owner if owner.startswith("ST") else "Line", begin, end, what))
        rows.append((clock(begin), duration(end - begin), what, f"injected by {fault['who']}", fault["why"]))
    for outage in outages:
        bars.append(("Line", outage.begin_us, outage.end_us, outage.name))
        rows.append((clock(outage.begin_us), duration(outage.end_us - outage.begin_us), outage.name, "", ""))
    owners = sorted({"Line", *(bar[0] for bar in bars), *(BY_ALARM[a.number].tag[:4] for a in alarms)} - {"Line"})
    owners = ["Line", *owners]
    data: list[dict[str, Any]] = []
    if bars:
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": "injected fault, lost supply",
                "base": [axis.at(begin) for _, begin, _, _ in bars],
                "x": [max(axis.at(end - begin), axis.at(length_us) / 400) for _, begin, end, _ in bars],
                "y": [owner for owner, _, _, _ in bars],
                "text": [what for _, _, _, what in bars],
                "textposition": "none",
                "marker": {"color": "@injected", "pattern": hatching("/")},
                "hovertemplate": "%{text}<br>%{y}<extra></extra>",
            }
        )
    data += [_marks(axis, alarms, priority) for priority in reversed(Priority)]
    first_out = sum(alarm.first_out for alarm in alarms)
    return Chart(
        "timeline",
        "Faults and alarms",
        f"{len(faults)} injected faults with their root causes, {len(outages)} lost supplies, {len(alarms)} alarms, "
        f"{first_out} of them the first of their group.",
        Table(("since", "lasted", "fault", "by", "root cause"), sorted(rows), (0, 1)),
        [trace for trace in data if trace["x"]],
        {
            "height": 120 + 26 * len(owners),
            "barmode": "overlay",
            "xaxis": axis.axis(range=[0, axis.at(length_us)]),
            "yaxis": stations(categoryorder="array", categoryarray=owners, type="category"),
            "legend": LEGEND,
            "shapes": [rule(axis.at(round(moment["at_s"] * 1e6)), MUTED) for moment in moments[:60]],
        },
        label="Root causes",
        open=bool(faults),
    )


def _marks(axis: TimeAxis, alarms: Sequence[Annunciation], priority: Priority) -> dict[str, Any]:
    own = [alarm for alarm in alarms if BY_ALARM[alarm.number].priority is priority]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"alarm, {priority.name.lower()} priority",
        "x": [axis.at(alarm.at_us) for alarm in own],
        "y": [BY_ALARM[alarm.number].tag.partition(".")[0] for alarm in own],
        "text": [BY_ALARM[alarm.number].title + (" (first-out)" if alarm.first_out else "") for alarm in own],
        "marker": {"symbol": _SYMBOLS[priority], "size": 9, "color": _COLOURS[priority], "line": {"width": 1.5}},
        "hovertemplate": "%{text}<br>%{y}<extra></extra>",
    }


def alarms(found: Sequence[Annunciation], figures: Mapping[str, Any], length_us: int) -> Chart:
    """How the alarms came over time, and those that came most."""
    axis = TimeAxis(length_us)
    width = max(1, -(-length_us // _COLUMNS))
    data = []
    for priority in reversed(Priority):
        counts = [0] * -(-length_us // width)
        for alarm in found:
            if BY_ALARM[alarm.number].priority is priority:
                counts[min(alarm.at_us // width, len(counts) - 1)] += 1
        data.append(
            {
                "type": "bar",
                "name": f"{priority.name.lower()} priority",
                "x": [axis.at(width * column + width // 2) for column in range(len(counts))],
                "y": counts,
                "marker": {"color": _COLOURS[priority], "pattern": hatching(_SHAPES[priority])},
                "hovertemplate": f"%{{y}} of {priority.name.lower()} priority<extra></extra>",
            }
        )
    says = (
        f"{figures['total']} alarms, {figures['per_hour']:g} per hour (one operator can deal with 6, at most 12); at "
        f"most {figures['peak_10min']} in ten minutes; {figures['floods']} floods, "
        f"{share(figures['flood_share'])} of the time."
    )
    rows = [(str(row["count"]), row["tag"], row["title"]) for row in figures["top"]]
    return Chart(
        "alarms",
        "Alarms over time",
        says,
        Table(("count", "alarm", ""), rows, (0,)),
        data if figures["total"] else [],
        {
            "height": 240,
            "barmode": "stack",
            "bargap": 0.1,
            "xaxis": axis.axis(range=[0, axis.at(length_us)]),
            "yaxis": {"title": {"text": f"per {duration(width)}"}, "rangemode": "tozero"},
            "legend": LEGEND,
        },
        label="The most frequent",
        open=True,
    )
