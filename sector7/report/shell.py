"""What all pages have in common: one HTML file with style, script and plotly in it, that opens without a network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

import jinja2
from plotly.offline import get_plotlyjs

from sector7.report.charts.chart import Chart


def draw(template: str, charts: Sequence[Chart], **values: Any) -> str:
    """The page of a template that extends `shell`; the pictures of `charts` are drawn where `parts` puts them."""
    loader = jinja2.DictLoader({name: _part(f"{name}.html.jinja") for name in ("shell", "parts")})
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=loader
    )
    return environment.from_string(template).render(
        figures=_embedded({chart.name: _figure(chart) for chart in charts if chart.data}),
        style=_part("page.css"),
        script=_part("page.js"),
        plotly=get_plotlyjs(),
        **values,
    )


def _part(name: str) -> str:
    return resources.files("sector7.report").joinpath(name).read_text("utf-8")


def _figure(chart: Chart) -> dict[str, Any]:
    return {"data": chart.data, "layout": chart.layout}


def _embedded(value: object) -> str:
    """JSON that may stand in a script element whatever is in it."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
