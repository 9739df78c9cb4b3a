"""The page: one HTML file with everything in it, that opens without a network."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata, resources
from typing import Any, Final

from sector7.report.charts.chart import clock
from sector7.report.sections import expectations, sections, tiles, trend
from sector7.report.shell import draw
from sector7.simulate import Outcome

#: Packages whose versions the page tells.
_VERSIONS: Final = ("sector7", "simpy")


def render(outcome: Outcome, command: str) -> str:
    """The page of a run that was collected; `command` reproduces it."""
    collected = outcome.collected
    if collected is None:
        raise ValueError("a page needs a run that was collected")
    parts = sections(outcome, collected)
    first = trend(outcome, collected)
    charts = [*filter(None, [first]), *(chart for part in parts for chart in part.charts)]
    return draw(
        resources.files("sector7.report").joinpath("page.html.jinja").read_text("utf-8"),
        charts,
        report=outcome.report,
        outcome=outcome,
        title=outcome.report.get("scenario") or outcome.report["recipe"],
        length=clock(collected.length_us),
        tiles=tiles(outcome.report),
        expectations=expectations(outcome.report),
        trend=first,
        sections=parts,
        identity=_identity(outcome.report),
        command=command,
    )


def _identity(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [
        ("Scenario", report.get("scenario", "none: a plain run")),
        ("Recipe", report["recipe"]),
        ("Seed", str(report["seed"])),
        ("Plant time", clock(round(report["simulated_s"] * 1e6))),
        ("Trace", f"{report['trace_events']:,} events"),
        ("SHA-256", report["trace_sha256"]),
        ("Run in", f"{report['wall_s']:g} s, {report['speed']:,} times real time"),
        ("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
    ]
    return rows + [(name, metadata.version(name)) for name in _VERSIONS]
