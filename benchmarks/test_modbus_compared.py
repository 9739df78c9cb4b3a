"""FC3 x 100 at 1 to 256 connections and 8 deep: ours, libmodbus in C, stock pymodbus and a bare asyncio echo.

The servers take turns within one run, the load comes from a C program built here. Ratios are printed, not judged.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.conftest import Figures
from benchmarks.test_modbus import cpu_s

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

HERE = Path(__file__).resolve().parent
ROUNDS = 3
#: (name, connections, depth, requests)
CASES = (
    ("1 connection", 1, 1, 4000),
    ("16 connections", 16, 1, 16_000),
    ("64 connections", 64, 1, 16_000),
    ("256 connections", 256, 1, 16_000),
    ("16 connections, 8 deep", 16, 8, 64_000),
)
OURS, ECHO, LIBMODBUS, STOCK, RUNNING = (
    "sector7", "bare asyncio echo", "libmodbus (C)", "stock pymodbus", "sector7 serve, plant at x1",
)  # fmt: skip


def built(folder: Path, source: str, *libraries: str) -> str:
    """A C program of this folder."""
    compiler = shutil.which("cc")
    if compiler is None or not Path("/usr/include/modbus/modbus.h").exists():
        pytest.skip("needs a C compiler and libmodbus-dev")
    binary = folder / Path(source).stem
    flags = ("-O2", "-Wall", "-Wextra", "-I/usr/include/modbus")
    subprocess.run([compiler, *flags, str(HERE / source), "-o", str(binary), *libraries], check=True)
    return str(binary)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="CPU time of other processes is read from /proc")
@pytest.mark.parametrize(("case", "connections", "depth", "requests"), CASES, ids=[row[0] for row in CASES])
def test_compared(case: str, connections: int, depth: int, requests: int, figures: Figures, tmp_path: Path) -> None:
    """Best of the rounds: rate, CPU of the server per request, percentiles of a round trip."""
    load = built(tmp_path, "modbus_load.c")
    servers = {
        OURS: [sys.executable, "-m", "benchmarks.modbus_servers", "ours"],
        ECHO: [sys.executable, "-m", "benchmarks.modbus_echo"],
        LIBMODBUS: [built(tmp_path, "modbus_libmodbus.c", "-lmodbus")],
        STOCK: [sys.executable, "-m", "benchmarks.modbus_servers", "stock"],
        RUNNING: [sys.executable, "-m", "sector7", "serve", "--port", "0", "--quiet"],
    }
    if depth > 1:  # it answers only the first of several requests that arrive together
        del servers[STOCK]
    best: dict[str, tuple[float, float, float, float]] = {}
    for _ in range(ROUNDS):
        for name, command in servers.items():
            with started(command) as (pid, port):
                measure(load, port, connections, depth, requests // 10)  # warm-up
                before = cpu_s(pid)
                count, seconds, half, most = measure(load, port, connections, depth, requests)
                figure = (cpu_s(pid) - before) / count * 1e6, count / seconds, half, most
            best[name] = min(best.get(name, figure), figure)
    title = f"FC3 x 100 compared, {case}: the round with the least CPU of {ROUNDS}"
    for name, (each_us, rate, half, most) in best.items():
        against = f"{each_us / best[ECHO][0]:.2f} x echo" if name != ECHO else ""
        figures.row(
            title, name, f"{rate:,.0f} requests/s",
            f"{each_us:.1f} us CPU per request {against}, round trip p50 {half:.0f} us, p99 {most:.0f} us",
        )  # fmt: skip
    figures.note(title, f"rate of {OURS} to {LIBMODBUS}: {best[OURS][1] / best[LIBMODBUS][1]:.2f}")
    if STOCK in best:
        figures.note(title, f"CPU of {STOCK} to {OURS}: {best[STOCK][0] / best[OURS][0]:.1f}")


@contextmanager
def started(command: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A server process that prints its port first; gives its process id and port."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"(\d+)$", server.stdout.readline().strip())
            assert found is not None, f"{command} did not start"
            yield server.pid, int(found[1])
        finally:
            server.kill()


def measure(load: str, port: int, connections: int, depth: int, requests: int) -> tuple[int, float, float, float]:
    """Requests, seconds, and the two percentiles in us."""
    command = [load, str(port), str(connections), str(depth), str(requests)]
    count, *rest = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    seconds, half, most = map(float, rest)
    return int(count), seconds, half, most
