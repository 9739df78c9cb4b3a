"""Modbus requests per second and what one costs the server: ours and stock pymodbus, in turns, on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.conftest import Figures
from benchmarks.load import load

pytestmark = [pytest.mark.bench, pytest.mark.timeout(180)]

ROUNDS = 3
#: (name, connections, requests in flight on each, requests)
CASES = (("1 connection", 1, 1, 2000), ("16 connections", 16, 1, 8000), ("16 connections, 8 deep", 16, 8, 32_000))
SERVERS = {
    "stock pymodbus": ["-m", "benchmarks.modbus_servers", "stock"],
    "sector7, plant at rest": ["-m", "benchmarks.modbus_servers", "ours"],
    "sector7 serve, x1": ["-m", "sector7", "serve", "--port", "0", "--quiet"],
}
#: It answers only the first of several requests that arrive together.
ONE_AT_A_TIME = ("stock pymodbus",)


@contextmanager
def serving(arguments: list[str]) -> Iterator[tuple[int, int]]:
    """A server process; gives its process id and port."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"(\d+)$", server.stdout.readline().strip())
            assert found is not None, f"{arguments} did not start"
            yield server.pid, int(found[1])
        finally:
            server.kill()


def cpu_s(pid: int) -> float:
    """CPU time that a process has used (its main thread; the servers have no other)."""
    precise = Path(f"/proc/{pid}/schedstat")
    if precise.exists():
        return int(precise.read_text().split()[0]) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="CPU time of other processes is read from /proc")
@pytest.mark.parametrize(("case", "connections", "depth", "requests"), CASES, ids=[row[0] for row in CASES])
def test_reading_100_registers(case: str, connections: int, depth: int, requests: int, figures: Figures) -> None:
    """FC3, 100 registers."""
    best: dict[str, tuple[float, float]] = {}
    for _ in range(ROUNDS):
        for name, arguments in SERVERS.items():
            if depth > 1 and name in ONE_AT_A_TIME:
                continue
            with serving(arguments) as (pid, port):
                asyncio.run(load(port, connections=connections, depth=depth, requests=requests // 10))  # warm-up
                before = cpu_s(pid)
                result = asyncio.run(load(port, connections=connections, depth=depth, requests=requests))
                each_us = (cpu_s(pid) - before) / result.requests * 1e6
            rate, least = best.get(name, (0.0, float("inf")))
            best[name] = max(rate, result.rate), min(least, each_us)
    title = f"Modbus TCP, FC3 x 100 registers, {case}: best of {ROUNDS}"
    for name in SERVERS:
        if name in best:
            rate, each_us = best[name]
            figures.row(title, name, f"{rate:,.0f} requests/s", f"{each_us:.0f} us CPU of the server per request")
        else:
            figures.row(title, name, "-", "answers only the first of several requests in one segment")
