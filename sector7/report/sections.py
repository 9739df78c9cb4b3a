"""What the page says, in order: from the verdict down to the identity of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sector7.report.charts import energy, events, flow, stops, time, trends
from sector7.report.charts.chart import Chart, Table, share
from sector7.report.collect import CONTEXT, Collected
from sector7.simulate import Outcome

#: Injected faults that are listed.
_MOST_FAULTS: Final = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page with its pictures. `name` is its anchor."""

    name: str
    title: str
    charts: tuple[Chart, ...]


def sections(outcome: Outcome, collected: Collected) -> list[Section]:
    """All parts behind the verdict."""
    report = outcome.report
    names = {number: life.title for number, life in collected.lives.items()}
    lives, length, samples = list(collected.lives.values()), collected.length_us, collected.samples
    worst = collected.stations[collected.bottleneck.active_period.station]
    faults = report.get("faults", [])[:_MOST_FAULTS]
    return [
        Section(
            "oee",
            "OEE",
            (
                flow.output(samples, collected.takt_us, length),
                time.waterfall("oee-line", collected.line),
                time.waterfall("oee-station", worst),
            ),
        ),
        Section(
            "states",
            "States",
            (
                time.gantt(lives, length),
                time.shares(lives),
                stops.reasons(lives, length),
                stops.longest(lives),
            ),
        ),
        Section("buffers", "Buffers", (flow.buffers(samples, names, collected.capacities, length),)),
        Section("bottleneck", "Bottleneck", (flow.bottleneck(collected.bottleneck),)),
        Section("alarms", "Alarms", (events.alarms(collected.alarms, report["alarms"], length), _priorities(report))),
        Section(
            "energy", "Energy", (energy.by_station(report["energy"], names), energy.per_robot(samples, length))
        ),
        Section(
            "faults",
            "Faults",
            (events.timeline(collected.alarms, collected.outages, faults, report.get("timeline", []), length),),
        ),
    ]  # fmt: skip


def trend(outcome: Outcome, collected: Collected) -> Chart | None:
    """The trends around the first failure, if there was one."""
    if outcome.passed:
        return None
    return trends.trends(collected.evidence, (*outcome.first_failure[1], *CONTEXT))


def expectations(report: Mapping[str, Any]) -> Table | None:
    """Every expectation of a scenario and how it stands; None for a plain run."""
    found = report.get("expectations", [])
    if not found:
        return None
    rows = [("✔" if row["passed"] else "✘", row["name"], row["expected"], _failure(row)) for row in found]
    head = ("", "expectation", "in words", "first failure")
    if all(row["passed"] for row in found):
        return Table(head[:-1], [row[:-1] for row in rows])
    return Table(head, rows)


def tiles(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The figures at the top."""
    return [
        ("OEE", share(report["oee"])),
        ("robots", f"{report['robots_completed']:,}"),
        ("scrapped", f"{report['robots_scrapped']:,}"),
        ("availability", share(report["availability"])),
        ("effectiveness", share(report["effectiveness"])),
        ("quality", share(report["quality"])),
        ("alarms per hour", f"{report['alarms']['per_hour']:g}"),
        ("kWh per robot", f"{report['energy']['per_robot_kwh']:g}"),
    ]


def _failure(row: Mapping[str, Any]) -> str:
    return "" if row["passed"] else f"{row['problem']} at {row['first_failure_s']:g} s"


def _priorities(report: Mapping[str, Any]) -> Chart:
    alarms = report["alarms"]
    total = alarms["total"] or 1
    rows = [(name, str(count), share(count / total)) for name, count in alarms["by_priority"].items()]
    says = (
        f"At the end {alarms['standing']} stood, {alarms['consequences']} were suppressed as consequences, "
        f"{alarms['chattering']} chattered, {alarms['stale']} were stale."
    )
    return Chart(
        "priorities",
        "By priority",
        says,
        Table(("priority", "alarms", "share"), rows, (1, 2)),
        label="Priorities",
        open=True,
    )
