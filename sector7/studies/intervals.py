"""Confidence intervals for means: replications are independent, so Student's t is right for their mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf, isfinite, sqrt

from protocols.errors import LinkError


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and how far the true one may lie from it; `half` is infinite for fewer than two values."""

    mean: float
    half: float
    n: int

    @property
    def low(self) -> float:
        """Its lower end."""
        return self.mean - self.half

    @property
    def high(self) -> float:
        """Its upper end."""
        return self.mean + self.half

    def covers(self, value: float) -> bool:
        """Is `value` in it?"""
        return self.low <= value <= self.high


def interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """The t interval for the mean of independent values (values that are no numbers are left out)."""
    kept = [value for value in values if isfinite(value)]
    n = len(kept)
    if n == 0:
        return Interval(float("nan"), inf, 0)
    mean = fsum(kept) / n
    if n == 1:
        return Interval(mean, inf, 1)
    variance = fsum((value - mean) ** 2 for value in kept) / (n - 1)
    return Interval(mean, quantile(n - 1, confidence) * sqrt(variance / n), n)


def paired(ones: Sequence[float], others: Sequence[float], confidence: float = 0.95) -> Interval:
    """The t interval for the mean difference `others` minus `ones`, value by value."""
    return interval([other - one for one, other in zip(ones, others, strict=False)], confidence)


def quantile(freedom: int, confidence: float) -> float:
    """The two-sided quantile of Student's t. Raises LinkError if scipy is not installed."""
    try:
        from scipy.special import stdtrit  # scipy.stats has the same and takes four seconds to come
    except ImportError:
        raise LinkError("scipy", "is not installed", "pip install 'sector7[studies]'") from None
    return float(stdtrit(freedom, (1 + confidence) / 2))
