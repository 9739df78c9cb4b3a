"""Makes a set of strikes simpler to read while it still breaks the same: rounder, earlier, shorter, by default."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from protocols.faults.kinds import BY_KIND
from sector7.studies.chaos.strike import Strike

_MINUTE = 60_000_000
_SECOND = 1_000_000

Strikes = tuple[Strike, ...]


def simplify(strikes: Strikes, breaks: Callable[[Sequence[Strikes]], Sequence[bool]]) -> Strikes:
    """The strikes after every simplification that still breaks. `breaks` answers for each set."""
    for number in range(len(strikes)):
        for step in (_at, _parameters, _lasting):
            strikes = _take(strikes, number, step, breaks)
    return strikes


def _take(
    strikes: Strikes, number: int, step: Callable[[Strike, Strikes], Iterator[Strike]],
    breaks: Callable[[Sequence[Strikes]], Sequence[bool]],
) -> Strikes:  # fmt: skip
    """The simplest of one strike's variants; they come with the simplest first."""
    variants = [
        (*strikes[:number], each, *strikes[number + 1 :])
        for each in step(strikes[number], strikes)
        if each != strikes[number]
    ]
    if not variants:
        return strikes
    answers = breaks(variants)
    return next((variant for variant, broken in zip(variants, answers, strict=True) if broken), strikes)


def _at(strike: Strike, strikes: Strikes) -> Iterator[Strike]:
    """At the same time as another one; at whole ten minutes; at a whole minute."""
    for other in strikes:
        if other.at_us < strike.at_us:
            yield replace(strike, at_us=other.at_us)
    for grid in (10 * _MINUTE, _MINUTE):
        if rounded := strike.at_us // grid * grid:
            yield replace(strike, at_us=rounded)


def _parameters(strike: Strike, strikes: Strikes) -> Iterator[Strike]:
    """Without those that have a default."""
    needed = {parameter.name for parameter in BY_KIND[strike.kind].parameters if parameter.default is None}
    yield replace(strike, parameters=tuple(each for each in strike.parameters if each[0] in needed))


def _lasting(strike: Strike, strikes: Strikes) -> Iterator[Strike]:
    """Shorter: a sixty-fourth, a thirty-second, ... a half of the time, in whole seconds."""
    for share in (64, 32, 16, 8, 4, 2):
        lasts_us = strike.lasts_us // share // _SECOND * _SECOND
        if lasts_us:
            yield replace(strike, lasts_us=lasts_us)
