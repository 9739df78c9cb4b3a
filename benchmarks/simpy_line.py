"""The same line as a plain SimPy model would have it: stations that are delays, buffers that are Stores.

Twelve processes, a closed loop of pallets, blocking when a buffer is full, a carousel that gives out the pallet it took
seven cycles before. Cycle times and buffer sizes are given; no signals, boards, PLC, failures, people or quality.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import simpy

Pallet = list[float]  # its only content: when it has crossed the belt
SPREAD = 0.05


@dataclass(frozen=True)
class Stop:
    """One station: mean cycle (s), places and transit (s) of the belt that leads to it, pallets it holds inside."""

    cycle_s: float
    places: int
    transit_s: float
    inside: int = 0


def run(stops: Sequence[Stop], pallets: int, seconds: float, seed: int) -> tuple[int, int]:
    """Robots built and SimPy events scheduled in `seconds` of plant time."""
    env = simpy.Environment()
    belts = [simpy.Store(env, capacity=stop.places) for stop in stops]
    done = [0]
    for i, stop in enumerate(stops):
        last = i == len(stops) - 1
        outlet = belts[(i + 1) % len(stops)]
        behind = stops[(i + 1) % len(stops)].transit_s
        env.process(_station(env, stop, belts[i], outlet, behind, random.Random(f"{seed}|{i}"), done if last else None))
    belts[0].items.extend([0.0] for _ in range(pallets))
    env.run(until=seconds)
    return done[0], next(env._eid)


def _station(
    env: simpy.Environment,
    stop: Stop,
    inlet: simpy.Store,
    outlet: simpy.Store,
    transit_s: float,
    stream: random.Random,
    done: list[int] | None,
) -> Generator[simpy.Event, Pallet, None]:
    inside: deque[Pallet] = deque()
    while True:
        pallet = yield inlet.get()
        if pallet[0] > env.now:
            yield env.timeout(pallet[0] - env.now)
        yield env.timeout(stop.cycle_s * (1.0 - SPREAD + 2.0 * SPREAD * stream.random()))
        if stop.inside:
            inside.append(pallet)
            if len(inside) < stop.inside:
                continue
            pallet = inside.popleft()
        if done is not None:
            done[0] += 1
        pallet[0] = env.now + transit_s
        yield outlet.put(pallet)
