"""What a study says: means, paired differences against the right baseline, and how it looks on a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from math import nan

import pytest

from sector7.studies.intervals import Interval, interval
from sector7.studies.table import figure, render
from tests.sector7.studies.samples import COMPARE, HEAD, SWEEP, summary


def test_pairs_show_what_means_cannot() -> None:
    made = summary(HEAD + SWEEP)
    first, second = (made.mean(sample, "rate") for sample in made.samples[:2])
    assert first.high > second.low  # the means' own intervals overlap widely
    verdicts = {(each.response, each.point): each.verdict for each in made.comparisons}
    assert verdicts["rate", "pallets = 20"] == "higher"
    assert verdicts["wip", "pallets = 20"] == "no difference shown"
    (one,) = [each for each in made.comparisons if each.point == "pallets = 24" and each.response == "rate"]
    assert one.difference.covers(4.0)
    assert one.share == pytest.approx(one.difference.mean / first.mean)


def test_a_loss_is_called_lower() -> None:
    assert summary(HEAD + SWEEP, gain=-2.0).comparisons[0].verdict == "lower"


def test_alternatives_are_compared_within_their_combination() -> None:
    made = summary(HEAD + SWEEP + COMPARE)
    rate = [each for each in made.comparisons if each.response == "rate"]
    assert [(each.baseline, each.point) for each in rate] == [
        (f"one: pallets = {n}", f"two: pallets = {n}") for n in (18, 20, 24)
    ]
    assert all(each.difference.covers(2.0) for each in rate)


def test_intervals_hold_together() -> None:
    made = summary(HEAD + SWEEP)
    assert [each.confidence for each in made.comparisons] == [pytest.approx(0.975)] * 4
    differences = [b - a for a, b in zip(*(s.values("rate") for s in made.samples[:2]), strict=True)]
    assert made.comparisons[0].difference == interval(differences, made.comparisons[0].confidence)


def test_one_point_is_compared_with_nothing() -> None:
    made = summary(HEAD)
    assert made.comparisons == []
    assert "Differences" not in render(made, color=False)


def test_json_has_everything_and_no_nan() -> None:
    made = summary(HEAD + SWEEP, runs=2)
    made.samples[0].results[0].responses["rate"] = nan
    text = json.dumps(made.to_dict(), allow_nan=False)
    point = json.loads(text)["points"][0]["responses"]["rate"]
    assert point["values"][0] is None
    assert (point["n"], point["half_width"]) == (1, None)


def test_broken_invariants_and_short_runs_are_told() -> None:
    made = summary(HEAD)
    results = made.samples[0].results
    results[1] = replace(results[1], failed=("at 3 s: deadlock: no progress",), broken=True)
    results[2] = replace(results[2], failed=("at 9 s: pace: too slow",), settled=False)
    told = render(made, color=True)
    assert "✘ failed\x1b[0m: invariants broke in 1 runs\n  as it is, replication 2: at 3 s: deadlock" in told
    assert "1 runs are too short for MSER-5" in told
    assert "1 of 6 runs missed an expectation" in told
    assert "warm-up cut off: 12 min on average, at most 15 min" in told


@pytest.mark.parametrize(
    ("mean", "half", "shown"),
    [(58.3141, 0.4213, "58.31 ± 0.42"), (1234.5, 87.6, "1234 ± 88"), (0.71234, 0.00456, "0.7123 ± 0.0046"),
     (3.0, 0.0, "3.000 ± 0.000"), (3.0, float("inf"), "3 ± ?"), (nan, float("inf"), "-")],
)  # fmt: skip
def test_as_many_digits_as_the_interval_carries(mean: float, half: float, shown: str) -> None:
    assert figure(Interval(mean, half, 5)) == shown


def test_the_table_is_aligned_and_without_colour_where_none_is_wanted() -> None:
    told = render(summary(HEAD + SWEEP + COMPARE), color=False)
    assert "\x1b" not in told
    lines = told.splitlines()
    head = next(line for line in lines if line.startswith("point"))
    rows = [line for line in lines if line.startswith(("one: ", "two: "))]
    assert len(rows) == 6
    assert {len(line) for line in rows} == {len(head)}
