"""What must hold in any run: nothing lost, nothing moving without permission, no deadlock, robots built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from plant.attendance import NOBODY
from plant.mechanism import SAFETY
from plant.terminals import SAFETY_BIT
from protocols.packml import State
from protocols.stations.images import OUTPUTS, TRIPPED
from sector7.rig.cabinet import Cabinet
from sector7.rig.rig import Rig

#: Plant time without any progress, and without anybody at work, that counts as a deadlock.
PATIENCE_US: Final = 1800 * 1_000_000
#: Violations remembered word by word.
_KEPT: Final = 20


@dataclass
class Watch:
    """Checks the invariants whenever it is shown the rig between two slices of a run."""

    rig: Rig
    violations: list[str] = field(default_factory=list)
    _progress: int = -1
    _since: int = 0

    def look(self) -> None:
        """Check everything now."""
        problem = self.rig.plant.conservation()
        if problem:
            self._note("conservation", problem)
        for cabinet in self.rig.cabinets:
            problem = safety(cabinet)
            if problem:
                self._note(cabinet.unit.io.code, problem)
        self._look_for_deadlock()

    def verdict(self) -> list[str]:
        """What failed; empty if the run passed."""
        failed = list(self.violations)
        if self.rig.plant.ledger.completed == 0:
            failed.append("no robot was completed")
        return failed

    def _look_for_deadlock(self) -> None:
        rig = self.rig
        progress = sum(unit.processed for unit in rig.line.units)
        excused = (
            rig.line.state is not State.EXECUTE
            or any(c.station.people.phase != NOBODY for c in rig.cabinets)
            or any(u.failed for u in rig.plant.utilities.values())
            or rig.faults.active
            or not all(feeder.closed for feeder in rig.plant.power.feeders.values())
            or any(u.detained for u in rig.line.units)
            or rig.degraded.active
        )
        if progress != self._progress or excused:
            self._progress = progress
            self._since = rig.now
        elif rig.now - self._since >= PATIENCE_US:
            states = ", ".join(f"{u.io.code} {State(u.state).name.lower()}" for u in rig.line.units)
            self._note("deadlock", f"no progress for {PATIENCE_US // 60_000_000} min: {states}")
            self._since = rig.now

    def _note(self, what: str, problem: str) -> None:
        if len(self.violations) < _KEPT:
            self.violations.append(f"at {self.rig.now / 1e6:.2f} s: {what}: {problem}")


def safety(cabinet: Cabinet) -> str:
    """Empty if the station is safe now: an open chain is seen at the terminals and cuts every actuator that needs
    it; a tripped board gives no output but those declared safe."""
    station = cabinet.station
    if station.chain.open:
        if station.terminals.inputs & SAFETY_BIT and not station.terminals.injected & SAFETY_BIT:
            return "the safety chain is open and the board cannot see it"
        for mechanism in station.mechanisms:
            if mechanism.needs & SAFETY and not mechanism.inhibited & SAFETY:
                return f"the safety chain is open and {mechanism.name} has power"
    board = cabinet.board
    if cabinet.status & TRIPPED and cabinet.pending == board.outputs == cabinet.applied:
        kept = sum(cabinet.unit.io.output(name) for name in cabinet.unit.io.keep)
        if cabinet.applied & OUTPUTS & ~kept:
            return f"the board is tripped and gives outputs {cabinet.applied & OUTPUTS & ~kept:05b}"
    return ""
