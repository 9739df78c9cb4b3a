"""Faults of one rig: injects and clears them, lets them come and go by themselves, and records every root cause."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from random import Random
from typing import ClassVar, Final

from plant.arithmetic import exponential, normal
from protocols.faults.kinds import Level
from protocols.ports import NEVER
from sector7.faults.fault import Fault, FaultError, Record
from sector7.faults.places import Places, Site
from sector7.rig.trace import LOG_FAULT, STRIDE

_SECOND: Final = 1_000_000
_HOUR: Final = 3600 * _SECOND
#: A drift takes at most ten steps a second.
_LEAST_STEP_US: Final = 100_000


class Faults:
    """What is broken on purpose. Every beginning and end is in the trace; a plant without faults does not know this
    object: its one entry on the agenda is armed only while a fault has something ahead of it."""

    STATE: ClassVar[tuple[str, ...]] = ("records", "exercise")

    def __init__(self, site: Site) -> None:
        self._seed = site.seed
        self._log = site.trace.log
        self._places = Places(site)
        self._slot = site.agenda.slot(self._fire)
        self.records: list[Record] = []
        #: An exercise is running: what was hidden is not told when it has ended either.
        self.exercise = False

    # ---- from outside
    def check(self, fault: Fault) -> None:
        """Raises FaultError if this plant has no such target."""
        self._places.check(fault)

    def inject(self, now: int, fault: Fault, who: str, why: str = "", *, hidden: bool = False) -> Record:
        """Break something, at plant time `now`; `hidden`: nobody on the line is told. Raises FaultError if there is no
        such target."""
        self.check(fault)
        record = Record(len(self.records) + 1, fault, who, why, now, hidden)
        record.stream = self._stream(fault)
        self.records.append(record)
        if fault.declared.momentary:
            self._note(now, record, True)
            self._note(now, record, False)
            record.strikes = 1
            record.ended_us, record.ended_by = now, "momentary"
            record.stream = None
            self._places.strike(now, fault)
            return record
        if fault.lasts_us:
            record.end_us = now + fault.lasts_us
        if fault.off_us:
            record.turn_us = now + 1 + int(exponential(record.dice, fault.off_us))
        else:
            self._turn(now, record, True)
        self._arm()
        return record

    def clear(self, now: int, number: int, who: str) -> None:
        """End a fault; without effect on one that has ended. Raises FaultError if there never was such a one."""
        if not 1 <= number <= len(self.records):
            raise FaultError(f"fault {number}", f"there is no such fault ({len(self.records)} were injected)")
        record = self.records[number - 1]
        if record.active:
            self._end(now, record, who)
            self._arm()

    def replaced(self, now: int, station: int) -> None:
        """The hardware of a station was exchanged: faults in it are over; those of its cable and supplies are not."""
        for record in self.active:
            level = record.fault.declared.level
            if self._places.number(record.fault) == station and level not in (Level.LINK, Level.UTILITY):
                self.clear(now, record.number, "parts of another station")

    @property
    def active(self) -> list[Record]:
        """Faults that have not ended, oldest first."""
        return [record for record in self.records if record.active]

    @property
    def shown(self) -> list[Record]:
        """Those of them that people may know of."""
        return [record for record in self.records if record.active and not record.hidden]

    def kept_back(self, record: Record) -> bool:
        """True while people may not know of a fault, not even that it has ended."""
        return record.hidden and (record.active or self.exercise)

    def restored(self) -> None:
        """After a restore (see checkpoint)."""
        self._places.resume(self._present())

    # ---- in time
    def _fire(self, now: int) -> None:
        for record in self.active:
            if record.end_us == now:
                self._end(now, record, "its time was over")
            elif record.turn_us == now:
                self._turn(now, record, not record.present)
            elif record.step_us == now:
                self._step(now, record)
                self._apply(now, record)
        self._arm()

    def _arm(self) -> None:
        due = min((record.due_us for record in self.active), default=NEVER)
        if due < NEVER:
            self._slot.arm(due)
        else:
            self._slot.cancel()

    def _end(self, now: int, record: Record, who: str) -> None:
        record.end_us = record.turn_us = record.step_us = NEVER
        record.ended_us, record.ended_by = now, who
        if record.present:
            record.present = False
            self._note(now, record, False)
            self._apply(now, record)
        record.stream = None

    def _turn(self, now: int, record: Record, present: bool) -> None:
        """The fault is there from now on, or is gone."""
        fault = record.fault
        record.present = present
        record.step_us = NEVER
        record.offset = 0.0
        if present:
            record.strikes += 1
            record.onset_us = now
            if fault.kind == "frozen":
                record.stuck = self._places.reading(now, fault)
            elif fault.kind == "stuck_at":
                record.stuck = self._places.counts_of(fault, fault["value"])
            elif fault.kind in ("drift", "noise", "spike"):
                self._step(now, record)
        if fault.off_us:
            mean = fault.on_us if present else fault.off_us
            record.turn_us = now + 1 + int(exponential(record.dice, mean))
        self._note(now, record, present)
        self._apply(now, record)

    def _step(self, now: int, record: Record) -> None:
        """The next value of noise, drift and spikes."""
        fault = record.fault
        if fault.kind == "noise":
            record.offset = fault["sigma"] * normal(record.dice)
            record.step_us = now + int(fault["period_ms"] * 1000)
        elif fault.kind == "drift":
            rate = fault["per_hour"] / _HOUR
            record.offset = rate * (now - record.onset_us)
            if rate:
                record.step_us = now + max(_LEAST_STEP_US, int(self._places.count(fault) / abs(rate)))
        elif record.offset or now == record.onset_us:
            record.offset = 0.0
            record.step_us = now + 1 + int(exponential(record.dice, fault["every_s"] * _SECOND))
        else:
            record.offset = fault["height"]
            record.step_us = now + int(fault["width_ms"] * 1000)

    def _apply(self, now: int, record: Record) -> None:
        self._places.apply(now, record.fault, self._present())

    def _present(self) -> list[Record]:
        return [record for record in self.records if record.present]

    def _note(self, now: int, record: Record, on: bool) -> None:
        base = STRIDE * self._places.number(record.fault)
        self._log((now, base + LOG_FAULT, record.fault.declared.code << 1 | on))

    def _stream(self, fault: Fault) -> Random:
        """Its own random stream: that of the n-th fault of this kind there, whatever else is injected."""
        before = Counter((r.fault.kind, r.fault.target) for r in self.records)[fault.kind, fault.target]
        key = f"{self._seed}|{self._places.number(fault)}|fault {fault.kind} {fault.target} {before}"
        return Random(int.from_bytes(sha256(key.encode()).digest(), "big"))
