"""Writes the alarm list: one line each, CSV for tools, Markdown to read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from protocols.alarms.alarm import Alarm, Priority
from protocols.alarms.table import ALARMS, BY_ALARM
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.alarm_map import STATUS
from protocols.tags.tag import PlantMap

_COLUMNS: Final = (
    "number", "tag", "title", "priority", "condition", "on_delay_s", "off_delay_s", "latching", "causes", "cause",
    "consequence", "action", "respond_min", "input_register",
)  # fmt: skip

_ORIGIN: Final = (
    "Generated from `protocols/alarms/table.py` and `protocols/alarms/limits.py` by "
    "`python -m protocols.exports.everything`; `sector7 alarms list` "
    "prints the same. What the columns mean is told in [alarms](alarms.md)."
)


def text(alarms: Sequence[Alarm]) -> str:
    """One line for each alarm."""
    lines = [f"{'no.':>4s}  {'tag':30s}  {'priority':8s}  {'on s':>5s} {'off s':>5s}  condition"]
    for a in alarms:
        delays = f"{a.on_delay_s:5g} {a.off_delay_s:5g}"
        lines.append(f"{a.number:4d}  {a.tag:30s}  {a.priority.name.lower():8s}  {delays}  {a.limit_text}")
    return "\n".join(lines) + "\n"


def csv_text(alarms: Sequence[Alarm]) -> str:
    """Comma-separated, one row for each alarm, with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for a in alarms:
        writer.writerow(
            (a.number, a.tag, a.title, a.priority.name.lower(), a.limit_text, a.on_delay_s, a.off_delay_s,
             int(a.latching), " ".join(map(str, a.causes)), a.cause, a.consequence, a.action, a.respond_min,
             STATUS + a.place)
        )  # fmt: skip
    return out.getvalue()


def markdown(alarms: Sequence[Alarm]) -> str:
    """A chapter for the line and for every station, with what an operator should know."""
    counts = {p: sum(a.priority is p for a in alarms) for p in reversed(Priority)}
    split = ", ".join(f"{count} {p.name.lower()} ({count / max(1, len(alarms)):.0%})" for p, count in counts.items())
    out = [
        "# Alarm list",
        "",
        _ORIGIN,
        "",
        f"{len(alarms)} alarms: {split}.",
    ]
    for number, group in groupby(alarms, key=lambda a: a.station):
        title = f"{BY_NUMBER[number].code} {BY_NUMBER[number].title}" if number else "Line"
        out += [
            "",
            f"## {title}",
            "",
            "| No. | Alarm | Condition | Cause | Consequence | Action |",
            "|---|---|---|---|---|---|",
        ]
        out += [_row(alarm) for alarm in group]
    return "\n".join(out) + "\n"


def _row(a: Alarm) -> str:
    notes = [f"on {a.on_delay_s:g} s"] * (a.on_delay_s > 0) + [f"off {a.off_delay_s:g} s"] * (a.off_delay_s > 0)
    notes += ["latches"] * a.latching
    notes += [f"behind {', '.join(BY_ALARM[cause].tag for cause in a.causes)}"] * bool(a.causes)
    condition = a.limit_text + (f" ({'; '.join(notes)})" if notes else "")
    name = f"**{a.title}**<br>`{a.tag}`, {a.priority.name.lower()}, respond within {a.respond_min} min"
    return f"| {a.number} | {name} | {condition} | {a.cause} | {a.consequence} | {a.action} |"


def render(plant_map: PlantMap) -> str:
    """The whole list, as kept in docs/alarm-list.md."""
    return markdown([alarm for alarm in ALARMS if alarm.tag in plant_map.by_name])
