"""The operator's screens stand for weeks: their memory must not grow."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest

from hmi.screens.pages import PAGES
from tests.hmi.painted import Painted
from tests.sector7.served import serving

#: From the first to the last sample (MB). Trends fill their rings for ten minutes; pens keep an hour.
_GROWTH_MB = 12.0


def resident_mb(pid: int) -> float:
    """Memory of a process."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


@pytest.mark.parametrize("minutes", [
    pytest.param(0, id="three rounds"),
    pytest.param(30, id="half an hour", marks=[pytest.mark.nightly, pytest.mark.timeout(2400)]),
])  # fmt: skip
async def test_memory_is_flat_at_a_hundred_times_the_speed(minutes: float, tmp_path: Path) -> None:
    """Every page in turn, on a plant at x100 that remembers."""
    async with serving("--speed", "100", "--seed", "7", "--quiet", "--state", str(tmp_path)) as plant:
        await plant.listen()
        hmi = Painted()
        try:
            await hmi.start(plant.port)
            await hmi.shows("LINK OK")
            assert hmi.process is not None
            keys = [page.keys.partition(",")[0] for page in PAGES if len(page.keys.partition(",")[0]) == 1]
            samples: list[float] = []
            end = time.monotonic() + minutes * 60
            while time.monotonic() < end or len(samples) < 3:
                for key in keys:
                    hmi.press("f1", key)
                    await hmi.until(lambda: not hmi.lines[0].startswith(" 1 OVERVIEW"), f"the page of {key}")
                    await asyncio.sleep(0.1)
                samples.append(resident_mb(hmi.process.pid))
                hmi.raw = b""
            early = samples[len(samples) // 3]
            assert samples[-1] - early < _GROWTH_MB, samples
        finally:
            await hmi.stop()
