"""Run as a script, one leg of a relay: goes on from a snapshot (or begins), runs to an hour, leaves a snapshot."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sector7.recipe import load as recipe
from sector7.rig.checkpoint import load, save
from sector7.rig.rig import Rig

HOUR = 3_600_000_000


def main() -> None:
    snapshot, until_h = Path(sys.argv[1]), int(sys.argv[2])
    rig = load(json.loads(snapshot.read_text())) if snapshot.exists() else Rig(recipe("castle"), 5)
    rig.run(until_h * HOUR)
    snapshot.write_text(json.dumps(save(rig)))
    print(json.dumps({"sha256": rig.trace.sha256(), "loop": sys.modules["sector7.rig.engine"].__file__}))


if __name__ == "__main__":
    main()
