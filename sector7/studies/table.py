"""What people read of a study on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

from sector7.studies.intervals import Interval
from sector7.studies.summary import Comparison, Summary

_BOLD, _GREEN, _RED, _PLAIN = "\x1b[1m", "\x1b[32m", "\x1b[31m", "\x1b[0m"
_MOST_BROKEN = 10


def render(summary: Summary, *, color: bool) -> str:
    """Means, comparisons, and what is to be said about the runs."""
    study = summary.study
    bold, plain = (_BOLD, _PLAIN) if color else ("", "")
    title = f"{bold}{study.name}{plain}: means with {study.confidence:.0%} confidence intervals\n\n"
    text = title + _grid(_means(summary), bold, plain)
    if comparisons := summary.comparisons:
        text += f"\n{bold}Differences{plain}, paired; {_together(summary)}\n\n"
        text += _grid(_differences(comparisons, summary), bold, plain)
    return text + _remarks(summary, color=color)


def figure(found: Interval) -> str:
    """`58.31 ± 0.42`: as many digits as the interval carries, and one more."""
    if not isfinite(found.mean):
        return "-"
    if not isfinite(found.half):
        return f"{found.mean:.4g} ± ?"
    digits = decimals(found)
    return f"{found.mean:.{digits}f} ± {found.half:.{digits}f}"


def decimals(found: Interval) -> int:
    """Decimals that are worth showing: two significant digits of the half-width."""
    if found.half == 0:
        return 3
    return min(6, max(0, 1 - floor(log10(found.half))))


def _means(summary: Summary) -> list[list[str]]:
    names = [f"{name} {summary.units[name]}".strip() for name in summary.study.names]
    rows = [["point", "n", *names]]
    for sample in summary.samples:
        cells = [figure(summary.mean(sample, name)) for name in summary.study.names]
        rows.append([sample.point.label, str(len(sample.results)), *cells])
    return rows


def _differences(comparisons: Sequence[Comparison], summary: Summary) -> list[list[str]]:
    rows = [["response", "point", "against", "difference", "", "n", "verdict"]]
    for each in comparisons:
        share = f"{each.share:+.1%}" if isfinite(each.share) else ""
        rows.append(
            [each.response, each.point, each.baseline, signed(each.difference), share, str(each.difference.n),
             each.verdict]
        )  # fmt: skip
    return rows


def signed(difference: Interval) -> str:
    """`+1.2 ± 0.4`."""
    text = figure(difference)
    return f"+{text}" if difference.mean > 0 else text


def _together(summary: Summary) -> str:
    points = len({(each.baseline, each.point) for each in summary.comparisons})
    if points == 1:
        return f"{summary.study.confidence:.0%} confidence"
    return f"the {points} of one response hold together at {summary.study.confidence:.0%} (Bonferroni)"


def _grid(rows: list[list[str]], bold: str, plain: str) -> str:
    """Columns as wide as they must be, the first to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    texts = {0} | {i for i, head in enumerate(rows[0]) if head in ("point", "against", "verdict")}
    lines = [
        "  ".join(
            cell.ljust(width) if i in texts else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return f"{bold}{lines[0]}{plain}\n" + "".join(f"{line}\n" for line in lines[1:])


def _remarks(summary: Summary, *, color: bool) -> str:
    good, bad, plain = (_GREEN, _RED, _PLAIN) if color else ("", "", "")
    results = [result for sample in summary.samples for result in sample.results]
    cut = [result.warmup_s for result in results]
    text = f"\n{len(results)} runs; warm-up cut off: {sum(cut) / len(cut) / 60:.0f} min on average, at most "
    text += f"{max(cut) / 60:.0f} min\n"
    if summary.unsettled:
        text += (
            f"{bad}!{plain} {summary.unsettled} runs are too short for MSER-5 to tell where their steady state begins:"
            " make duration longer, or give warmup\n"
        )
    unsteady = sum(bool(result.failed) and not result.broken for result in results)
    if unsteady:
        text += f"{unsteady} of {len(results)} runs missed an expectation\n"
    if not (broken := summary.broken):
        return text + f"{good}✔ passed{plain}: the invariants held in every run\n"
    shown = "".join(f"  {each}\n" for each in broken[:_MOST_BROKEN])
    return text + f"{bad}✘ failed{plain}: invariants broke in {len(broken)} runs\n{shown}"
