"""The pictures of a study's page: means with their intervals, and differences around zero."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, Final

from sector7.report.charts.chart import INK, MUTED, Chart, Table, rule
from sector7.studies.experiment import Sample
from sector7.studies.summary import Comparison, Summary
from sector7.studies.table import figure, signed

#: Lines of alternatives: told apart without colours.
_DASHES: Final = ("solid", "dash", "dot", "dashdot")
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x")
_COLOURS: Final = ("@full", "@held", "@maintenance", "@injected", "@aborted")


def means(summary: Summary, response: str) -> Chart:
    """A response at every point: over the swept value if there is one sweep of numbers, else point by point."""
    unit = summary.units[response]
    rows = [
        (sample.point.label, str(len(sample.results)), figure(summary.mean(sample, response)))
        for sample in summary.samples
    ]
    numbers = len(summary.study.sweep) == 1 and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in summary.study.sweep[0].values
    )
    axis = {"title": {"text": f"{response} {unit}".strip()}, "zeroline": False}
    if numbers:
        (key, _) = summary.samples[0].point.swept[0]
        data = _curves(summary, response)
        layout: dict[str, Any] = {
            "height": 380, "xaxis": {"title": {"text": key}}, "yaxis": axis, "showlegend": len(data) > 2,
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        }  # fmt: skip
    else:
        data = _dots(summary, response)
        layout = {
            "height": 110 + 34 * len(rows), "xaxis": axis, "showlegend": False,
            "yaxis": {"autorange": "reversed", "automargin": True, "showgrid": False},
        }  # fmt: skip
    table = Table(("point", "runs", f"{response} {unit}".strip()), rows, (1, 2))
    return Chart(f"mean-{response}", response.replace("_", " "), _says(summary, response), table, data, layout)


def differences(summary: Summary, response: str) -> Chart | None:
    """What is different from the baselines, around zero; None if nothing is compared."""
    own = [each for each in summary.comparisons if each.response == response]
    if not own:
        return None
    shown = [each for each in own if isfinite(each.difference.half)]
    names = [_against(each, summary) for each in shown]
    rows = [(each.point, each.baseline, signed(each.difference), each.verdict) for each in own]
    clear = sum(each.verdict != "no difference shown" for each in own)
    says = f"{clear} of {len(own)} differences are shown; an interval that holds zero shows none."
    data = [
        {
            "type": "scatter", "mode": "markers", "x": [each.difference.mean for each in shown], "y": names,
            "error_x": {"type": "data", "array": [each.difference.half for each in shown], "color": INK},
            "marker": {"color": INK, "size": 9}, "hovertemplate": "%{y}: %{x:.4g}<extra></extra>",
        }
    ]  # fmt: skip
    layout = {
        "height": 110 + 34 * len(shown), "showlegend": False, "shapes": [rule(0, MUTED)],
        "xaxis": {"title": {"text": f"difference of {response} {summary.units[response]}".strip()}, "zeroline": False},
        "yaxis": {"autorange": "reversed", "automargin": True, "showgrid": False},
    }  # fmt: skip
    title = f"{response.replace('_', ' ')}: differences"
    table = Table(("point", "against", "difference", "verdict"), rows, (2,))
    return Chart(f"difference-{response}", title, says, table, data if shown else [], layout)


def _curves(summary: Summary, response: str) -> list[dict[str, Any]]:
    """A line with intervals for each alternative, and the single runs behind it."""
    data: list[dict[str, Any]] = []
    for number, name in enumerate(dict.fromkeys(sample.point.alternative for sample in summary.samples)):
        own = [sample for sample in summary.samples if sample.point.alternative == name]
        colour = _COLOURS[number % len(_COLOURS)]
        x = [sample.point.swept[0][1] for sample in own]
        spread = [(at, value) for at, sample in zip(x, own, strict=True) for value in _finite(sample, response)]
        data.append(_single_runs([at for at, _ in spread], [value for _, value in spread], colour))
        found = [summary.mean(sample, response) for sample in own]
        data.append(
            {
                "type": "scatter", "mode": "lines+markers", "name": name or response, "x": x,
                "y": [_or_none(each.mean) for each in found],
                "error_y": {"type": "data", "array": [_or_none(each.half) for each in found], "color": colour},
                "line": {"color": colour, "dash": _DASHES[number % len(_DASHES)]},
                "marker": {"color": colour, "size": 9, "symbol": _SYMBOLS[number % len(_SYMBOLS)]},
            }
        )  # fmt: skip
    return data


def _dots(summary: Summary, response: str) -> list[dict[str, Any]]:
    names = [sample.point.label for sample in summary.samples]
    found = [summary.mean(sample, response) for sample in summary.samples]
    spread = [
        (value, name)
        for name, sample in zip(names, summary.samples, strict=True)
        for value in _finite(sample, response)
    ]
    return [
        _single_runs([value for value, _ in spread], [name for _, name in spread], MUTED),
        {
            "type": "scatter", "mode": "markers", "x": [_or_none(each.mean) for each in found], "y": names,
            "error_x": {"type": "data", "array": [_or_none(each.half) for each in found], "color": INK},
            "marker": {"color": INK, "size": 9}, "hovertemplate": "%{y}: %{x:.4g}<extra></extra>",
        },
    ]  # fmt: skip


def _single_runs(x: Sequence[Any], y: Sequence[Any], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": list(x), "y": list(y), "name": "single runs", "showlegend": False,
        "marker": {"color": colour, "size": 5, "symbol": "circle-open", "opacity": 0.5}, "hoverinfo": "skip",
    }  # fmt: skip


def _says(summary: Summary, response: str) -> str:
    found = [(summary.mean(sample, response), sample) for sample in summary.samples]
    told = [(each, sample) for each, sample in found if isfinite(each.mean)]
    if not told:
        return "No run has a value."
    most, at = max(told, key=lambda pair: pair[0].mean)
    unit = summary.units[response]
    text = f"{figure(most)} {unit}".strip()
    where = f"; the highest is {text}, {at.point.label}" if len(told) > 1 else f": {text}"
    return f"Means with {summary.study.confidence:.0%} intervals{where}. Small rings are single runs."


def _against(each: Comparison, summary: Summary) -> str:
    """The name of a row: against whom only where it is not always the same."""
    same = len({other.baseline for other in summary.comparisons}) == 1
    return each.point if same else f"{each.point} against {each.baseline}"


def _finite(sample: Sample, response: str) -> list[float]:
    return [value for value in sample.values(response) if isfinite(value)]


def _or_none(value: float) -> float | None:
    return value if isfinite(value) else None
