"""One station's way through a run, told by its entries in the trace: activities, and every stop with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappush, heappushpop
from typing import Final

from firmware_sim.plc.unit import Unit
from protocols.reasons import Reason, reason_labels
from protocols.stations.step_names import STEP_NAMES
from sector7.report.activity import UP, Activity, activity
from sector7.report.strip import Strip

#: Stops that are kept one by one: the longest.
_KEPT: Final = 60

#: Told (time, station, old activity, new activity).
Changed = Callable[[int, int, Activity, Activity], None]


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """A station did not go on for `lasted_us`; `reason` is the first StopReason that it gave."""

    lasted_us: int
    begin_us: int
    station: int
    reason: int

    @property
    def text(self) -> str:
        """The reason in words."""
        return reason_text(self.station, self.reason)


def reason_text(station: int, reason: int) -> str:
    """The StopReason of a station in words; a step that timed out by its name."""
    if reason == Reason.NONE:
        return "by itself (start, command of the line)"
    return dict(reason_labels(STEP_NAMES[station])).get(reason, f"reason {reason}")


class StationLife:
    """Told of the entries that say what the unit does. `strip` has the activities, `longest` the longest stops,
    `causes` count and time (us) of all stops by reason."""

    def __init__(self, unit: Unit, length_us: int, changed: Changed) -> None:
        self.io = unit.io
        self._waits = [step.waits for step in unit.program.steps]
        self._changed = changed
        self._state, self._step, self._mode, self._reason = unit.state, unit.index, unit.mode, unit.reason
        begin = self._activity()
        self.strip = Strip(length_us, begin)
        self.longest: list[Stop] = []
        self.causes: dict[int, list[int]] = {}
        self._stopped_us = -1 if begin in UP else 0
        self._cause = int(unit.reason)
        changed(0, self.io.number, begin, begin)

    @property
    def title(self) -> str:
        """ST07 power cell."""
        return f"{self.io.code} {self.io.name.replace('_', ' ')}"

    def state(self, now: int, state: int) -> None:
        """StateCurrent changes."""
        self._state = state
        self._look(now)

    def step(self, now: int, step: int) -> None:
        """Another step of the sequence."""
        self._step = step

    def mode(self, now: int, mode: int) -> None:
        """UnitModeCurrent changes."""
        self._mode = mode
        self._look(now)

    def reason(self, now: int, reason: int) -> None:
        """StopReason changes."""
        self._reason = reason
        if self._stopped_us >= 0 and not self._cause:
            self._cause = reason

    @property
    def present_reason(self) -> int:
        """The StopReason now."""
        return self._reason

    def close(self, now: int) -> None:
        """The run is over."""
        self.strip.close(now)
        if self._stopped_us >= 0:
            self._over(now)

    def _activity(self) -> Activity:
        return activity(self._state, self._waits[self._step], self._mode)

    def _look(self, now: int) -> None:
        before, found = self.strip.now, self._activity()
        if found == before:
            return
        self.strip.enter(now, found)
        if found in UP:
            if self._stopped_us >= 0:
                self._over(now)
        elif self._stopped_us < 0:
            self._stopped_us = now
            self._cause = self._reason
        self._changed(now, self.io.number, before, found)

    def _over(self, now: int) -> None:
        stop = Stop(now - self._stopped_us, self._stopped_us, self.io.number, self._cause)
        if len(self.longest) < _KEPT:
            heappush(self.longest, stop)
        else:
            heappushpop(self.longest, stop)
        count_and_time = self.causes.setdefault(stop.reason, [0, 0])
        count_and_time[0] += 1
        count_and_time[1] += stop.lasted_us
        self._stopped_us = -1
        self._cause = 0
