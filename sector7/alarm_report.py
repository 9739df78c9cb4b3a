"""How a run's alarms measure up: the figures of ISA-18.2, and a verdict against its targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from protocols.alarms.alarm import ANNUNCIATED, Priority
from protocols.alarms.table import ALARMS
from sector7.masters.alarm_values import most_frequent
from sector7.rig.rig import Rig

#: Annunciations per hour that one operator can deal with for long, and at most.
ACCEPTABLE_PER_HOUR: Final = 6.0
MOST_PER_HOUR: Final = 12.0
#: The share of time that may be spent in floods stays below this.
MOST_FLOOD: Final = 0.01
#: Rows of the list of the most frequent alarms.
_TOP: Final = 10


@dataclass(frozen=True)
class Finding:
    """One target: what was found, and whether it is met."""

    text: str
    met: bool


def figures(rig: Rig) -> dict[str, Any]:
    """The section `alarms` of a run's report."""
    alarms, now = rig.alarms, rig.now
    kpis = alarms.kpis
    points = list(alarms.points.values())
    by_station: dict[str, int] = {}
    for point in points:
        by_station[point.alarm.group] = by_station.get(point.alarm.group, 0) + point.count
    return {
        "total": kpis.total,
        "per_hour": round(kpis.per_hour(now), 2),
        "rate_10min": kpis.rate(now),
        "peak_10min": kpis.peak,
        "floods": kpis.floods,
        "flood_share": round(kpis.flood_share(now), 5),
        "standing": sum(p.state in ANNUNCIATED for p in points),
        "consequences": sum(p.parent > 0 for p in points),
        "stale": sum(p.stale for p in points),
        "chattering": sum(p.chattering for p in points),
        "by_priority": {p.name.lower(): kpis.by_priority[p] for p in reversed(Priority)},
        "by_station": by_station,
        "top": [
            {"number": p.alarm.number, "tag": p.alarm.tag, "title": p.alarm.title, "count": p.count}
            for p in most_frequent(alarms)[:_TOP]
        ],
    }


def judge(alarms: Mapping[str, Any]) -> list[Finding]:
    """The figures against the targets."""
    rate, flood = float(alarms["per_hour"]), float(alarms["flood_share"])
    if rate <= ACCEPTABLE_PER_HOUR:
        verdict = f"within the {ACCEPTABLE_PER_HOUR:g}/h that are acceptable"
    elif rate <= MOST_PER_HOUR:
        verdict = f"above the acceptable {ACCEPTABLE_PER_HOUR:g}/h, within the maximum of {MOST_PER_HOUR:g}/h"
    else:
        verdict = f"above the maximum of {MOST_PER_HOUR:g}/h"
    return [
        Finding(f"{rate:g} alarms per hour: {verdict}", rate <= MOST_PER_HOUR),
        Finding(f"{flood:.2%} of the time in flood: less than {MOST_FLOOD:.0%} is wanted", flood < MOST_FLOOD),
    ]


def render(title: str, alarms: Mapping[str, Any]) -> str:
    """The figures as a page of text."""
    split = alarms["by_priority"]
    total = alarms["total"]
    end = f"{alarms['stale']} stale, {alarms['chattering']} chattering at the end"
    lines = [
        title,
        f"  {total} annunciated, {alarms['per_hour']:g} per hour, at most {alarms['peak_10min']} in ten minutes",
        f"  {alarms['floods']} floods, {alarms['flood_share']:.2%} of the time; {end}",
        "  by priority  "
        + "  ".join(f"{name} {count}{f' ({count / total:.0%})' if total else ''}" for name, count in split.items())
        + f"   (declared: {_declared()})",
    ]
    if alarms["top"]:
        lines.append("  most frequent")
        lines += [
            f"    {row['count']:4d}  {row['number']:4d}  {row['tag']:30s} {row['title']}" for row in alarms["top"]
        ]
    lines += [f"{'✔' if finding.met else '✘'} {finding.text}" for finding in judge(alarms)]
    return "\n".join(lines) + "\n"


def _declared() -> str:
    shares = (sum(alarm.priority is p for alarm in ALARMS) / len(ALARMS) for p in reversed(Priority))
    return " / ".join(f"{share:.0%}" for share in shares)
