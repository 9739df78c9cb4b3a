"""How fast a day goes by, alone and against a plain SimPy model of the same line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import pytest

from benchmarks.conftest import Figures
from benchmarks.simpy_line import Stop, run
from sector7 import recipe as recipes
from sector7.rig.checkpoint import load, save
from sector7.rig.rig import Rig

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

T = TypeVar("T")

DAY_S = 86400
DAY_US = DAY_S * 1_000_000
ROUNDS = 3
SEED = 7


@dataclass
class Best:
    """The best of several runs, by CPU and by wall time separately."""

    cpu_s: float = float("inf")
    wall_s: float = float("inf")

    def measure(self, action: Callable[[], T]) -> T:
        """Run `action` once more."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = action()
        self.cpu_s = min(self.cpu_s, time.process_time() - cpu)
        self.wall_s = min(self.wall_s, time.perf_counter() - wall)
        return result


def a_day() -> Rig:
    """A day of the castle line."""
    rig = Rig(recipes.load("castle"), SEED)
    rig.run(DAY_US)
    return rig


def stops(rig: Rig) -> list[Stop]:
    """What a plain model needs to know: cycle times as they came out of the mechanisms, belts as in the recipe."""
    return [
        Stop(
            cycle_s=cabinet.unit.clockwork.total(rig.now, 6) / 1e6 / max(1, cabinet.unit.processed),
            places=row.places,
            transit_s=row.transit_s,
            inside=8 if row.number == 11 else 0,
        )
        for row, cabinet in zip(rig.recipe.station, rig.cabinets, strict=True)
    ]


def restored(text: str) -> Rig:
    """A rig from its JSON text."""
    return load(json.loads(text))


def test_a_day(figures: Figures) -> None:
    """24 h of plant time, and the same day in plain SimPy, in turns."""
    ours, plain = Best(), Best()
    rig = a_day()  # warms up; tells the plain model its cycle times
    line = stops(rig)
    robots = events = 0
    for _ in range(ROUNDS):
        rig = ours.measure(a_day)
        robots, events = plain.measure(partial(run, line, rig.recipe.pallets, DAY_S, SEED))

    completed, entries = rig.plant.ledger.completed, rig.trace.count
    title = f"24 h of the castle line, seed {SEED}, best of {ROUNDS}"
    figures.row(title, "speed", f"{DAY_S / ours.cpu_s:,.0f} x", "real time, by CPU time")
    figures.row(title, "CPU time", f"{ours.cpu_s:.2f} s", f"wall {ours.wall_s:.2f} s")
    figures.row(title, "robots completed", f"{completed:,}", f"{rig.plant.ledger.scrapped} scrapped")
    figures.row(title, "trace events", f"{entries:,}", f"{entries / completed:.0f} per robot")
    figures.row(title, "CPU per trace event", f"{ours.cpu_s / entries * 1e6:.2f} us")
    figures.row(title, "plant events", f"{rig.fired:,}", f"{rig.fired / completed:.0f} per robot")
    figures.row(title, "grid instants visited", f"{rig.grid.visited:,}", f"of {DAY_US // 10_000:,}")
    exchanges = sum(cabinet.exchanges for cabinet in rig.cabinets)
    scans = sum(cabinet.scans for cabinet in rig.cabinets)
    figures.row(title, "board exchanges", f"{exchanges:,}", f"of {len(rig.cabinets) * DAY_US // 20_000:,}")
    figures.row(title, "PLC unit scans", f"{scans:,}", f"of {len(rig.cabinets) * DAY_US // 10_000:,}")

    title = "Against plain SimPy, same run, in turns"
    ours_robot, plain_robot = ours.cpu_s / completed * 1e6, plain.cpu_s / robots * 1e6
    ours_event, plain_event = ours.cpu_s / entries * 1e6, plain.cpu_s / events * 1e6
    row = partial(figures.row, title)
    row("plain SimPy, CPU per robot", f"{plain_robot:,.0f} us", f"{robots:,} robots, {plain.cpu_s:.2f} s")
    row("sector7, CPU per robot", f"{ours_robot:,.0f} us", f"{ours_robot / plain_robot:.1f} x plain")
    row("plain SimPy, CPU per event", f"{plain_event:.2f} us", f"{events:,} events, {events / robots:.0f} per robot")
    row("sector7, CPU per trace event", f"{ours_event:.2f} us", f"{ours_event / plain_event:.2f} x plain")
    figures.note(title, "plain SimPy: 12 delays of the same mean, Stores of the same size, nothing else")
    figures.note(title, "sector7: every sensor and actuator, 12 boards, 12 PLC units, failures, people, quality")


def test_checkpoint(figures: Figures) -> None:
    """What saving and restoring a whole rig costs."""
    rig = Rig(recipes.load("castle"), SEED)
    rig.run(3600 * 1_000_000)
    saving, loading = Best(), Best()
    text = ""
    for _ in range(5):
        text = saving.measure(lambda: json.dumps(save(rig)))
        loading.measure(partial(restored, text))
    title = "Checkpoint after 1 h, best of 5"
    figures.row(title, "save to JSON", f"{saving.cpu_s * 1e3:.1f} ms", f"{len(text) / 1024:.0f} KiB")
    figures.row(title, "load from JSON", f"{loading.cpu_s * 1e3:.1f} ms", "a new rig is built and filled")
