"""Run as a script by another interpreter or in another environment: runs a plan and prints the hash of its trace.

It needs SimPy and the checkout only. The recipe comes as data that somebody has validated, so that a Python for
which no pydantic is installed can run it too. Standard input: the plan as JSON, see `Plan` in test_rig_hash.
"""

from __future__ import annotations

import json
import math
import sys
from hashlib import sha256
from random import Random
from types import SimpleNamespace
from typing import Any


class StationRow(SimpleNamespace):
    """A station's row of a recipe, as the rig uses it."""

    def raw_setpoints(self) -> dict[str, int]:
        return dict(self.raw)


def main() -> None:
    plan: dict[str, Any] = json.load(sys.stdin)
    # found before anything that is installed, and the other interpreter's packages after its own
    sys.path.insert(0, plan["checkout"])
    sys.path.append(plan["packages"])
    from sector7.rig.rig import Rig

    rows = [StationRow(**row) for row in plan["recipe"]["station"]]
    power = SimpleNamespace(**plan["recipe"]["power"])
    recipe: Any = SimpleNamespace(**{**plan["recipe"], "station": rows, "power": power})
    rig = Rig(recipe, plan["seed"])
    for at_us, name, raw in plan["requests"]:
        rig.request(name, raw, at_us)
    rig.run(plan["until_us"])
    libm = "".join(math.exp(i / 777).hex() + math.sin(i).hex() for i in range(10_000))
    told = {"sha256": rig.trace.sha256(), "count": rig.trace.count, "libm": _digest(libm), "own": arithmetic()}
    loop = sys.modules["sector7.rig.engine"].__file__
    print(json.dumps({**told, "loop": loop}))


def arithmetic() -> str:
    """The plant's own functions over many arguments: a last bit shows here long before it moves an edge."""
    from plant.arithmetic import exp, log, normal

    stream = Random(1)
    values = ((exp(i / 777), log(1 + i / 777), normal(stream)) for i in range(10_000))
    return _digest("".join(value.hex() for row in values for value in row))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
