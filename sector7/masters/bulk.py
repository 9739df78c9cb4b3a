"""What masters read beside the tables: files of records (function 20) and the queue of stops (function 24)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from firmware_sim.plc.unit import LOG_REASON
from plant.pallet import Robot
from protocols.alarms.alarm import alarm_logged
from protocols.ports import FileSource
from sector7.degraded.files import CostFile
from sector7.faults.shown import FaultFiles
from sector7.masters.board_file import BoardFile
from sector7.rig.rig import Rig
from sector7.rig.trace import STRIDE, Entry, Trace

#: File 1: the histories of the last robots that left the line, oldest first. Register 0 is how many there are,
#: register 1 the registers of one history; the histories follow.
GENEALOGY: Final = 1
#: A history: serial number (2 registers), begun at (2, seconds), number of results, then for each result the
#: operation, its verdict, and the seconds since the robot was begun.
HISTORY_WORDS: Final = 64
_HEAD, _RESULT = 5, 3
_RESULTS: Final = (HISTORY_WORDS - _HEAD) // _RESULT

#: Events in the queue: four registers each, and function 24 reads thirty-one at most.
EVENTS: Final = 7
_SECOND: Final = 1_000_000


class PlantFiles:
    """Port `FileSource` over one rig. `others` have files of their own: the journal's, the historian's. Those of
    injected faults, of the cost of degraded modes and of boards are always there."""

    def __init__(self, rig: Rig, *others: FileSource) -> None:
        self._rig = rig
        self._others: tuple[FileSource, ...] = (
            FaultFiles(rig.faults), CostFile(rig), BoardFile(rig), *others,
        )  # fmt: skip

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        if file != GENEALOGY:
            parts = (other.read(file, record, count) for other in (self._rig.commissioning, *self._others))
            return next((part for part in parts if part is not None), None)
        robots = self._rig.plant.ledger.finished
        words = [len(robots), HISTORY_WORDS, *chain.from_iterable(map(history, robots))]
        part = words[record : record + count]
        return part if len(part) == count else None


def history(robot: Robot) -> list[int]:
    """One robot as registers. Of more results than fit the last count."""
    results = robot.results[-_RESULTS:]
    started = robot.started_us // _SECOND
    words = [robot.serial >> 16 & 0xFFFF, robot.serial & 0xFFFF, started >> 16 & 0xFFFF, started & 0xFFFF, len(results)]
    for operation, at, verdict in results:
        words += [operation & 0xFFFF, verdict & 0xFFFF, min((at - robot.started_us) // _SECOND, 0xFFFF)]
    return words + [0] * (HISTORY_WORDS - len(words))


class StopEvents:
    """Port `EventQueue`: every change of a station's stop reason, taken from the trace; the last seven are kept.

    An event is its number, the station, the reason (0: gone) and plant time in seconds, each modulo 65536.
    """

    def __init__(self, trace: Trace, earlier: Iterable[Entry] = ()) -> None:
        """`earlier`: entries from the time before, so that the numbers go on."""
        self._trace = trace
        self._seen = trace.count
        self._number = 0
        self._queue: deque[tuple[int, int, int, int]] = deque(maxlen=EVENTS)
        self._take(earlier)

    def collect(self) -> None:
        """Take what is new in the trace; to be called more often than the trace drops what it has hashed."""
        if self._trace.count == self._seen:
            return
        fresh = self._trace.since(self._seen)
        self._seen = self._trace.count
        self._take(fresh)

    def _take(self, entries: Iterable[Entry]) -> None:
        for at, number, value in entries:
            station, offset = divmod(number, STRIDE)
            if offset == LOG_REASON and station and not alarm_logged(number):
                self._number += 1
                self._queue.append((self._number & 0xFFFF, station, value, at // _SECOND & 0xFFFF))

    def registers(self) -> Sequence[int]:
        """See port `EventQueue`."""
        self.collect()
        return list(chain.from_iterable(self._queue))
