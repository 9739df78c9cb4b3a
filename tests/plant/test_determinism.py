"""The same seed gives the same plant: whatever the hash seed, the order of commands, the slices it is run in."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from plant.cylinder import Cylinder
from plant.device import Device
from plant.signal import Signal
from plant.source import Source
from tests.plant.bench import HOUR, SECOND, Bench, run
from tests.plant.whole_plant import Meddled

ROOT = Path(__file__).parents[2]


def printed(hash_seed: str, seed: int = 3) -> str:
    return subprocess.run(
        [sys.executable, "-m", "tests.plant.whole_plant", str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_hash_seed_does_not_matter() -> None:
    first = printed("0")
    assert len(first) > 64
    assert printed("1") == first
    here = Meddled(3)
    here.meddle(3000)
    assert f"{len(here.log)} {here.sha256}\n" == first


def test_the_seed_does() -> None:
    logs = []
    for seed in (1, 2):
        it = Meddled(seed)
        run(it.agenda, HOUR)
        logs.append(it.log)
    assert logs[0] != logs[1]


@pytest.mark.parametrize("slices", [7, 1000])
def test_it_does_not_matter_in_which_slices_it_is_run(slices: int) -> None:
    whole, sliced = Meddled(4), Meddled(4)
    run(whole.agenda, 2 * HOUR)
    for part in range(1, slices + 1):
        run(sliced.agenda, 2 * HOUR * part // slices)
    assert sliced.log == whole.log


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_mechanisms_armed_in_any_order_act_in_that_of_their_ranks(order: tuple[int, ...]) -> None:
    """Four that end at the same instant, commanded in every order at another: the log is the same."""
    bench = Bench("a", "b", "c", "d")
    a, t = bench.agenda, bench.terminals
    flags = [
        Source(a, t, name, Signal(0, 1), level=1.0, tau_us=1e6, flag=name, delay_us=SECOND, needs=0) for name in "abcd"
    ]
    for number in order:
        flags[number].drive(0, True)
    bench.run(10 * SECOND)
    assert bench.edges == [(SECOND, name, 1) for name in "abcd"]


def test_ranks_come_from_construction_not_from_kind() -> None:
    logs = []
    for device_first in (True, False):
        bench = Bench("done", "up")
        device: Device | None = None
        if device_first:
            device = Device(bench.agenda, bench.terminals, "d", bench.random, done="done", seconds={0: 1.0})
        lift = Cylinder(
            bench.agenda, bench.terminals, "c", bench.random, extended="up", extend_us=SECOND, retract_us=SECOND
        )
        if device is None:
            device = Device(bench.agenda, bench.terminals, "d", bench.random, done="done", seconds={0: 1.0})
        lift.drive(0, True)
        device.start(0, True)
        for slot in bench.agenda.slots:
            slot.arm(SECOND)
        bench.run(SECOND + 1)
        logs.append([name for _, name, _ in bench.edges])
    assert logs == [["done", "up"], ["up", "done"]]
