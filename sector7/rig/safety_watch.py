"""Safety invariants, looked at in every instant in which anything happens while they are at stake.

- When a safety chain opens, each mechanism behind it stands within its declared stopping time, and stays so.
- When the chain has closed again nothing moves before the station is reset. From the board's acknowledgement on what a
  spring or a weight moves may go home, and the infeed belt may run where the line that is started wants it to. (Who
  owns a station answers for this; it is not judged where that is somebody outside.)
- Valves that must never be on together never are.

A run that nobody watches knows nothing of this, and one that is watched is stopped when something is at stake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from plant.agenda import Slot
from plant.mechanism import SAFETY, Mechanism
from plant.press import Press
from plant.safety import CONTROL, CURTAIN, DOOR, E_STOP, GUARD, LOCKOUT
from protocols.packml import State
from protocols.ports import NEVER
from sector7.rig.cabinet import Cabinet
from sector7.rig.engine import next_instant
from sector7.rig.rig import Rig

#: Violations that are kept.
_KEPT: Final = 20
#: Behind whatever the plant has on its agenda for an instant.
_LAST_RANK: Final = 1 << 30
_CAUSES: Final = (
    (E_STOP, "emergency stop"), (CURTAIN, "light curtain"), (GUARD, "guard"), (CONTROL, "control voltage"),
    (DOOR, "door"), (LOCKOUT, "lock-out"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken invariant: when, which mechanism of which station, what was seen and what was declared."""

    at_us: int
    station: str
    mechanism: str
    seen: str
    declared: str

    def __str__(self) -> str:
        return f"at {self.at_us / 1e6:.2f} s: {self.station}: {self.mechanism}: {self.seen}; declared: {self.declared}"


@dataclass(slots=True)
class Cut:
    """A safety chain that has opened, until its station is reset."""

    cabinet: Cabinet
    since_us: int
    causes: int = 0
    closed: bool = False

    @property
    def why(self) -> str:
        """What opened the chain."""
        return " and ".join(text for cause, text in _CAUSES if self.causes & cause)


class Halt(Exception):
    """Something is at stake from now on: the run stops to be looked at."""


class SafetyWatch:
    """Runs a rig as `Rig.run` does and keeps in `violations` what it sees."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.violations: list[Violation] = []
        self._cuts: dict[int, Cut] = {}
        self._presses: list[tuple[Cabinet, Press]] = []
        self._valves = False
        self._running = False  # at full speed, until something is at stake
        self._stepping = False
        self._told: set[tuple[str, str, str]] = set()
        # no slot of the agenda's: it is no part of the plant
        self._slot = Slot(rig.agenda._queue, _LAST_RANK, self._halt)
        for cabinet in rig.cabinets:
            chain = cabinet.station.chain
            chain.told = self._stake
            if chain.dropped:
                self._cuts[cabinet.station.number] = Cut(cabinet, rig.now, chain.open)
            for mechanism in cabinet.station.mechanisms:
                if isinstance(mechanism, Press):
                    mechanism.switched = self._switched
                    self._presses.append((cabinet, mechanism))

    def run(self, until_us: int) -> None:
        """Everything that happens before `until_us`."""
        rig = self._rig
        while rig.now < until_us:
            if not self._cuts and not self._valves:
                self._running = True
                try:
                    rig.run(until_us)
                except Halt:
                    pass
                finally:
                    self._running = False
                continue
            self._stepping = True
            self._slot.cancel()
            at = min(next_instant(rig.agenda, rig.grid), self._deadline(rig.now), until_us)
            rig.run(min(at + 1, until_us))
            if at < until_us:
                self._look(at)
            self._stepping = False

    # ---- what puts something at stake
    def _halt(self, now: int) -> None:
        if self._running:
            raise Halt

    def _stake(self, now: int) -> None:
        for cabinet in self._rig.cabinets:
            station = cabinet.station
            if station.chain.dropped and (station.number not in self._cuts or self._cuts[station.number].closed):
                self._cuts[station.number] = Cut(cabinet, now)
        self._stop(now)

    def _switched(self, now: int) -> None:
        self._valves = True
        self._stop(now)

    def _stop(self, now: int) -> None:
        if not self._stepping:
            self._slot.arm(now)

    def _deadline(self, now: int) -> int:
        """The next instant by which something must stand, us."""
        times = (
            cut.since_us + mechanism.stopping_us + 1
            for cut in self._cuts.values()
            for mechanism in cut.cabinet.station.mechanisms
            if mechanism.needs & SAFETY
        )
        return min((t for t in times if t > now), default=NEVER)

    # ---- looking
    def _look(self, now: int) -> None:
        if self._valves:
            self._valves = False
            for cabinet, press in self._presses:
                if press.clash:
                    self._note(now, cabinet, press, f"{press.clash} are on together", "never both")
        for number, cut in list(self._cuts.items()):
            if self._over(cut):
                del self._cuts[number]
            else:
                self._judge(now, cut)

    def _over(self, cut: Cut) -> bool:
        chain = cut.cabinet.station.chain
        cut.causes |= chain.open
        cut.closed = not chain.dropped
        return cut.closed and (cut.cabinet.seat.taken or cut.cabinet.unit.state == State.RESETTING)

    def _judge(self, now: int, cut: Cut) -> None:
        station = cut.cabinet.station
        for mechanism in station.mechanisms:
            if not mechanism.needs & SAFETY or now <= cut.since_us + mechanism.stopping_us or not mechanism.moves(now):
                continue
            after = f"{(now - cut.since_us) / 1e6:.2f} s after the chain opened ({cut.why})"
            if not cut.closed:
                declared = f"stands within {mechanism.stopping_us / 1e6:.2f} s"
            elif station.enabled and (not mechanism.driven or self._conveys(cut, mechanism)):
                continue
            else:
                declared = "nothing moves until the station is reset"
            self._note(now, cut.cabinet, mechanism, f"moves {after}", declared)

    def _conveys(self, cut: Cut, mechanism: Mechanism) -> bool:
        cabinet = cut.cabinet
        return mechanism is cabinet.station.belt and cabinet.unit.conveying and self._rig.line.state is State.EXECUTE

    def _note(self, now: int, cabinet: Cabinet, mechanism: Mechanism, seen: str, declared: str) -> None:
        """Once for each station, mechanism and invariant."""
        code = cabinet.unit.io.code
        if (code, mechanism.name, declared) not in self._told and len(self.violations) < _KEPT:
            self._told.add((code, mechanism.name, declared))
            self.violations.append(Violation(now, code, mechanism.name, seen, declared))
