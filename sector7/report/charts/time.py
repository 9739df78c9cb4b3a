"""Where the time went: the OEE waterfall, the states of every station over time, and their shares."""

from __future__ import annotations

from collections.abc import Iterable

from sector7.report.activity import LABELS, Activity
from sector7.report.charts.chart import LEGEND, MUTED, Chart, Table, TimeAxis, bars, clock, duration, share, stations
from sector7.report.losses import Waterfall
from sector7.report.station_life import StationLife


def waterfall(name: str, losses: Waterfall) -> Chart:
    """From the time of the run down to what good robots needed."""
    total = losses.total_us
    steps = [("Time of the run", total, "absolute")]
    steps += [(text, -us, "relative") for text, us in losses.unplanned if us]
    if losses.planned_us != total:
        steps.append(("Planned", losses.planned_us, "total"))
    steps += [(text, -us, "relative") for text, us in losses.losses if us]
    steps.append(("Good robots", losses.valuable_us, "total"))
    drawn = [step for step in steps if abs(step[1]) >= total // 1000]
    axis = TimeAxis(total)
    gone = max(losses.losses, key=lambda loss: loss[1], default=("", 0))
    says = (
        f"Of {duration(losses.planned_us)} planned, good robots needed {duration(losses.valuable_us)} at the planned "
        "pace: that share is the OEE."
    )
    if gone[1] > 0:
        says += f" The largest loss is {_inside(gone[0])}: {duration(gone[1])}."
    if losses.pace_us < 0:
        says += " Pace is a gain here: robots came faster than planned while the line ran."
    return Chart(
        name,
        losses.owner,
        says,
        Table(
            ("", "time", "of planned"),
            [(text, duration(us), share(us / max(1, losses.planned_us))) for text, us, _ in steps],
            (1, 2),
        ),
        [
            {
                "type": "waterfall",
                "x": [text.replace(": ", ":<br>").replace("by command", "<br>by command") for text, _, _ in drawn],
                "y": [axis.at(us) for _, us, _ in drawn],
                "measure": [measure for _, _, measure in drawn],
                "text": [duration(us) for _, us, _ in drawn],
                "textposition": "outside",
                "cliponaxis": False,
                "connector": {"line": {"color": MUTED, "width": 1}},
                "decreasing": {"marker": {"color": "@held"}},
                "increasing": {"marker": {"color": "@quiet"}},
                "totals": {"marker": {"color": "@execute"}},
                "hovertemplate": "%{x}: %{text}<extra></extra>",
            }
        ],
        {
            "height": 360,
            "xaxis": {"automargin": True, "showgrid": False},
            "yaxis": {"title": {"text": axis.unit}, "zeroline": False, "rangemode": "tozero"},
            "showlegend": False,
        },
    )


def gantt(lives: Iterable[StationLife], length_us: int) -> Chart:
    """The activity of every station over time."""
    axis = TimeAxis(length_us)
    rows = list(lives)
    coarse = [life.strip.column_us for life in rows if life.strip.column_us]
    data = []
    for each in Activity:
        bases, widths, owners, told = [], [], [], []
        for life in rows:
            for interval in life.strip.intervals():
                if interval.activity == each:
                    bases.append(axis.at(interval.begin_us))
                    widths.append(axis.at(interval.end_us - interval.begin_us))
                    owners.append(life.title)
                    told.append(f"{clock(interval.begin_us)} to {clock(interval.end_us)}")
        if bases:
            data.append(
                {
                    **bars(LABELS[each], each),
                    "base": bases,
                    "x": widths,
                    "y": owners,
                    "customdata": told,
                    "hovertemplate": f"%{{y}}: {LABELS[each]}<br>%{{customdata}}<extra></extra>",
                }
            )
    says = "Every change of state is drawn."
    if coarse:
        says = (
            f"Where there are too many changes to draw, each column is {duration(max(coarse))} wide and shows what "
            "lasted longest in it; the shares below are exact."
        )
    return Chart(
        "gantt",
        "States over time",
        says,
        shares_table(rows),
        data,
        {
            "height": 90 + 30 * len(rows),
            "barmode": "overlay",
            "bargap": 0.25,
            "xaxis": axis.axis(range=[0, axis.at(length_us)]),
            "yaxis": stations(categoryorder="array", categoryarray=[life.title for life in rows]),
            "legend": LEGEND,
        },
    )


def shares_table(lives: Iterable[StationLife]) -> Table:
    """Share of every activity in the run, by station."""
    rows = []
    for life in lives:
        total = sum(life.strip.totals) or 1
        rows.append((life.title, *(share(life.strip.totals[each] / total) for each in Activity)))
    return Table(("station", *(LABELS[each] for each in Activity)), rows, tuple(range(1, len(Activity) + 1)))


def shares(lives: Iterable[StationLife]) -> Chart:
    """The same as bars of one length."""
    rows = list(lives)
    names = [life.title for life in rows]
    data = []
    for each in Activity:
        parts = [life.strip.totals[each] / (sum(life.strip.totals) or 1) for life in rows]
        if any(parts):
            hover = f"%{{y}}: {LABELS[each]} %{{x:.1%}}<extra></extra>"
            data.append({**bars(LABELS[each], each), "x": parts, "y": names, "hovertemplate": hover})
    busiest = max(rows, key=lambda life: life.strip.totals[Activity.EXECUTE])
    worst = max(rows, key=lambda life: life.strip.totals[Activity.HELD] + life.strip.totals[Activity.ABORTED])
    down = worst.strip.totals[Activity.HELD] + worst.strip.totals[Activity.ABORTED]
    return Chart(
        "shares",
        "Share of every state",
        f"{busiest.title} executed most; {worst.title} was held or aborted longest, {duration(down)}.",
        shares_table(rows),
        data,
        {
            "height": 90 + 26 * len(rows),
            "barmode": "stack",
            "bargap": 0.25,
            "xaxis": {"tickformat": ".0%", "range": [0, 1], "zeroline": False, "ticks": "outside"},
            "yaxis": stations(),
            "legend": LEGEND,
        },
    )


def _inside(name: str) -> str:
    return name[0].lower() + name[1:]
