"""Run a shift of a line as fast as possible and print its figures.

    python examples/simulate_in_python.py [recipe] [hours] [seed]

The recipe is a name that ships with sector7 (castle) or a TOML file.
"""

from __future__ import annotations

import sys

from protocols.packml import State
from sector7 import recipe as recipes
from sector7.rig.rig import Rig
from sector7.verdict import Watch

MINUTE = 60 * 1_000_000  # time is counted in microseconds
HOUR = 60 * MINUTE


def main(name: str = "castle", hours: str = "8", seed: str = "7") -> int:
    """Run `hours` of `name`; returns 0 if nothing went wrong that must not."""
    rig = Rig(recipes.load(name), int(seed))
    watch = Watch(rig)  # checks conservation, safety and deadlock whenever it looks

    until = int(float(hours) * HOUR)
    while rig.now < until:
        rig.run(min(until, rig.now + MINUTE))
        watch.look()

    ledger, line = rig.plant.ledger, rig.line.ratios(rig.now)
    print(f"{rig.recipe.name}: {rig.now / HOUR:g} h of plant time")
    print(f"  {ledger.completed} robots completed, {ledger.scrapped} scrapped, {ledger.in_process} on the line")
    print(f"  OEE {line.oee / 10} % = availability {line.availability / 10} % x effectiveness "
          f"{line.effectiveness / 10} % x quality {line.quality / 10} %")  # fmt: skip
    print(f"  trace {rig.trace.sha256()[:16]}... of {rig.trace.count:,} events")
    for unit in rig.line.units:
        share = unit.clockwork.total(rig.now, State.EXECUTE) / rig.now
        print(f"  {unit.io.number:2d} {unit.io.title:20s} {unit.processed:4d} processed, executing {share:4.0%}, "
              f"{unit.failures} stops")  # fmt: skip
    for problem in watch.verdict():
        print(f"  FAILED {problem}")
    return 1 if watch.verdict() else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
