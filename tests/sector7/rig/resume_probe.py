"""Run as a script in a process of its own: reads snapshots, one JSON text a line, runs each on and prints hashes."""

from __future__ import annotations

import json
import sys

from sector7.rig import checkpoint


def main() -> None:
    until_us = int(sys.argv[1])
    for text in sys.stdin:
        rig = checkpoint.load(json.loads(text))
        rig.run(until_us)
        print(rig.trace.sha256(), rig.trace.count)


if __name__ == "__main__":
    main()
