"""What keeping the registers and the operator's screen up to date costs."""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from functools import partial

import pytest

from benchmarks.conftest import Figures
from benchmarks.test_modbus import serving
from protocols.modbus.unit_image import UnitImage
from protocols.tags.plant_map import PLANT_MAP
from sector7 import recipe as recipes
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig

pytestmark = [pytest.mark.bench, pytest.mark.timeout(120)]

TITLE = "Values and screen"


def each_us(action: Callable[[], object], times: int, rounds: int = 5) -> float:
    """CPU time of one `action`, the best of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        for _ in range(times):
            action()
        best = min(best, (time.process_time() - begin) / times * 1e6)
    return best


def test_values(figures: Figures) -> None:
    """Tag values from the rig, and the register image made of them. Done once per slice, and only if somebody reads."""
    rig = Rig(recipes.load("castle"), 7)
    rig.run(600 * 1_000_000)
    values = PlantValues(rig, epoch=1)
    for unit, name in ((1, "unit 1 (line PLC)"), (15, "unit 15 (a board)")):
        tags = values.values(unit)
        image = UnitImage(PLANT_MAP.units[unit])
        asking = each_us(partial(values.values, unit), 300)
        figures.row(TITLE, f"values of {name}", f"{asking:.0f} us", f"{len(tags)} tags")
        figures.row(TITLE, f"image of {name}", f"{each_us(partial(image.load, tags), 300):.0f} us")


def test_hmi_start(figures: Figures) -> None:
    """From the command to the first screen with values on it."""
    best_wall, best_cpu = float("inf"), float("inf")
    with serving(["-m", "sector7", "serve", "--port", "0", "--quiet"]) as (_, port):
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            wall = _watch(port)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best_wall, best_cpu = min(best_wall, wall), min(best_cpu, cpu)
    figures.row(TITLE, "HMI: start to first values", f"{best_wall:.2f} s", f"{best_cpu:.2f} s CPU, terminal 140x42")


def _watch(port: int) -> float:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 42, 140, 0, 0))
    begin = time.perf_counter()
    hmi = subprocess.Popen(
        [sys.executable, "-m", "sector7", "hmi", f"127.0.0.1:{port}"],
        stdin=slave, stdout=slave, stderr=slave, env=os.environ | {"TERM": "xterm-256color"}, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    seen = b""
    try:
        while b"Pack-out" not in seen:
            ready, _, _ = select.select([master], [], [], 1)
            assert time.perf_counter() - begin < 30, "the HMI showed no station for 30 s"
            seen += os.read(master, 65536) if ready else b""
        return time.perf_counter() - begin
    finally:
        hmi.kill()
        hmi.wait()
        os.close(master)
