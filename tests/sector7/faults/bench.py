"""A line on which nothing fails but what a test breaks."""

from __future__ import annotations

from sector7.faults.fault import Record, make
from sector7.rig.cabinet import Cabinet
from sector7.rig.rig import Rig
from tests.sector7.lines import QUIET, SECOND, line


class Bench:
    """A line on which nothing fails by itself."""

    def __init__(self) -> None:
        self.rig = Rig(line(**QUIET), 5, keep_trace=True)
        self.rig.run(10 * SECOND)

    def inject(self, kind: str, target: str, parameters: dict[str, float] | None = None, **more: int) -> Record:
        fault = make(kind, target, parameters, **more)  # type: ignore[arg-type]  # ints go to times only
        return self.rig.faults.inject(self.rig.now, fault, "the test", "to see")

    def go(self, seconds: float) -> None:
        self.rig.run(self.rig.now + int(seconds * SECOND))

    def clear(self, record: Record) -> None:
        self.rig.faults.clear(self.rig.now, record.number, "tester")

    def cabinet(self, number: int) -> Cabinet:
        return next(c for c in self.rig.cabinets if c.station.number == number)
