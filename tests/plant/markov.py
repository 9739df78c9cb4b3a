"""Exact throughput of small production lines from their Markov chains, computed without the plant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

State = tuple[int, ...]
Rates = Iterable[tuple[State, float]]


def stationary(start: State, rates: Callable[[State], Rates]) -> dict[State, float]:
    """Stationary probabilities of a continuous-time chain, explored from `start`."""
    numbers = {start: 0}
    states = [start]
    flows: list[tuple[int, int, float]] = []
    for here in states:  # grows while it is walked
        for there, rate in rates(here):
            if there not in numbers:
                numbers[there] = len(states)
                states.append(there)
            flows.append((numbers[here], numbers[there], rate))
    balance = np.zeros((len(states), len(states)))
    for here_no, there_no, rate in flows:
        balance[there_no, here_no] += rate
        balance[here_no, here_no] -= rate
    balance[0] = 1.0  # one balance equation follows from the others: the probabilities sum to 1 instead
    right = np.zeros(len(states))
    right[0] = 1.0
    return dict(zip(states, map(float, np.linalg.solve(balance, right)), strict=True))


def tandem(stations: int, slots: int) -> float:
    """Stations with `slots` buffer places between them, exponential service of rate 1, blocking after service.

    `level[i]` counts the parts that station i has finished and station i + 1 has not: in the buffer, on station i + 1
    and, if station i is blocked, on station i itself.
    """

    def working(level: State) -> list[bool]:
        blocked = False
        works = [level[-1] > 0]
        for i in range(stations - 2, -1, -1):
            blocked = level[i] == slots + 1 + (not blocked)
            works.append(not blocked and (i == 0 or level[i - 1] > 0))
        return works[::-1]

    def rates(level: State) -> Rates:
        for i, works in enumerate(working(level)):
            if works:
                after = list(level)
                if i > 0:
                    after[i - 1] -= 1
                if i < stations - 1:
                    after[i] += 1
                yield tuple(after), 1.0

    return sum(p for level, p in stationary((0,) * (stations - 1), rates).items() if level[-1] > 0)


def unreliable_pair(slots: int, fail: float, repair: float) -> float:
    """Two stations of rate 1 that fail only while they work (the continuous-time line of Gershwin and Berman)."""
    most = slots + 2

    def rates(state: State) -> Rates:
        level, first_up, second_up = state
        if not first_up:
            yield (level, 1, second_up), repair
        elif level < most:
            yield (level + 1, 1, second_up), 1.0
            yield (level, 0, second_up), fail
        if not second_up:
            yield (level, first_up, 1), repair
        elif level > 0:
            yield (level - 1, first_up, 1), 1.0
            yield (level, first_up, 0), fail

    return sum(p for (level, _, up), p in stationary((0, 1, 1), rates).items() if up and level > 0)


def machines_down(machines: int, crews: int, mtbf: float, mttr: float) -> float:
    """Mean number of machines that stand, of `machines` that fail in calendar time and share `crews`."""

    def rates(state: State) -> Rates:
        (down,) = state
        if down < machines:
            yield (down + 1,), (machines - down) / mtbf
        if down:
            yield (down - 1,), min(down, crews) / mttr

    return sum(p * down for (down,), p in stationary((0,), rates).items())
