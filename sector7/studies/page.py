"""The page of a study: one HTML file with its figures, pictures and tables, that opens without a network."""

from __future__ import annotations

from importlib import resources

from sector7.report.shell import draw
from sector7.studies.charts import differences, means
from sector7.studies.summary import Summary


def render(summary: Summary, command: str) -> str:
    """The page; `command` reproduces it."""
    study = summary.study
    parts = [
        (name, [chart for chart in (means(summary, name), differences(summary, name)) if chart is not None])
        for name in study.names
    ]
    results = [result for sample in summary.samples for result in sample.results]
    cut = [result.warmup_s / 60 for result in results]
    identity = [
        ("Study", study.name),
        ("Plant", study.scenario or study.recipe or "castle"),
        ("Length of a run", study.duration or "the scenario's"),
        ("Runs", f"{len(results)} at {len(summary.samples)} points"),
        ("Seed", str(study.seed)),
        ("Common random numbers", "yes" if study.common_random_numbers else "no"),
        ("Warm-up cut off", f"{sum(cut) / len(cut):.0f} min on average, at most {max(cut):.0f} min ({study.warmup})"),
    ]
    return draw(
        resources.files("sector7.studies").joinpath("page.html.jinja").read_text("utf-8"),
        [chart for _, charts in parts for chart in charts],
        study=study, summary=summary, parts=parts, identity=identity, command=command, runs=len(results),
    )  # fmt: skip
