"""MSER-5: how much of a run's beginning is no steady state yet (White, Cobb and Spratt, WSC 2000)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_BATCH: Final = 5


def mser5(series: Sequence[float]) -> tuple[int, bool]:
    """How many values to cut off at the beginning, and whether the series is long enough to tell.

    Means of five values each are taken; cut off is what makes the estimated standard error of the mean of the rest
    smallest, at most half of all. The smallest at the very limit means that the run is too short.
    """
    batches = [sum(series[i : i + _BATCH]) / _BATCH for i in range(0, len(series) - _BATCH + 1, _BATCH)]
    most = len(batches) // 2
    if most == 0:
        return 0, False
    # from the end on, so that mean and squares of every rest come out of one pass (Welford)
    mean, squares = 0.0, 0.0
    best, where = float("inf"), 0
    for start in range(len(batches) - 1, -1, -1):
        count = len(batches) - start
        step = batches[start] - mean
        mean += step / count
        squares += step * (batches[start] - mean)
        if start <= most and squares / (count * count) <= best:
            best, where = squares / (count * count), start
    return where * _BATCH, where < most
