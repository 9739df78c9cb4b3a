"""Run as a script: simulates a number of days and tells of each what it held in memory and what was built."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from sector7.recipe import load
from sector7.rig.rig import Rig
from sector7.verdict import Watch

HOUR = 3_600_000_000


def peak_kb() -> int:
    """The most this program has held. Not ru_maxrss: that remembers the process it was forked from."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def main() -> None:
    days, seed = int(sys.argv[1]), int(sys.argv[2])
    rig = Rig(load("castle"), seed)
    watch = Watch(rig)
    for day in range(1, days + 1):
        while rig.now < day * 24 * HOUR:
            rig.run(rig.now + HOUR)
            watch.look()
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        row = {
            "completed": rig.plant.ledger.completed,
            "held_mb": pages * resource.getpagesize() / 1e6,
            "peak_mb": peak_kb() / 1e3,
            "sha256": rig.trace.sha256(),
            "failed": watch.verdict(),
        }
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
