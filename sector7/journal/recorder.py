"""Keeps the journal of a running plant: port `Intake`, and port `CommitGate` for the server.

A value from outside becomes a row with the plant time of its effect. Until the row is on the disk the plant does not go
past that time, the value cannot be read back, and its author has no answer. And the plant enters no stretch of time
before the journal has a lease for it: whatever anybody saw lies within a lease.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from hil.serial_board import SerialBoard
from protocols.ports import NEVER
from protocols.stations.io_table import STATIONS
from sector7.journal import schema
from sector7.journal.events import events, finished
from sector7.journal.logs import Logs
from sector7.journal.packing import pack_checkpoint
from sector7.journal.past import past
from sector7.journal.rows import DONE, IGNORED, Robot, Snapshot, Told, Write
from sector7.journal.writer import Parcel, Writer
from sector7.masters.orders import EVENTS
from sector7.rig import checkpoint
from sector7.rig.engine import SCAN_US
from sector7.rig.intake import Answer, Author, RealBoard, board_of, hand_over, tell, told
from sector7.rig.rig import Rig
from sector7.rig.trace import Entry
from sector7.sqlite_file import Statement

_SECOND: Final = 1_000_000
#: Plant time that one lease covers at real speed; at others it is one second of the wall clock.
LEASE_US: Final = _SECOND
#: Plant time between two recorded pieces of the trace, and between two checkpoints at real speed.
BLOCK_US: Final = 10 * _SECOND
CHECKPOINT_US: Final = 600 * _SECOND
#: Wall time that must lie between two checkpoints at high speed, seconds.
_CHECKPOINT_S: Final = 5
#: Inputs after which a checkpoint is due earlier, and the wall time that must lie between two then, seconds: inputs
#: cost time to repeat (a set point that ramps more than the plant itself).
_MANY_INPUTS: Final = 2000
_MANY_S: Final = 2
#: Written with every poll and judged in wall time: what it led to is journaled, not the beat.
_VOLATILE: Final = frozenset(f"{io.code}.Heartbeat" for io in STATIONS)
#: Authors of ignored writes that are remembered: each has one row for a unit.
_MOST_IGNORED: Final = 1000

_log = logging.getLogger("sector7.journal")


@dataclass(slots=True)
class _Waiting:
    """Inputs of one request that are not durable yet, and who waits for them."""

    rows: list[Write | Told]
    at_us: int
    done: list[Callable[[bool], None]]


class Recorder:
    """Between `start` and `close`. `changed` is called when values have become visible."""

    def __init__(
        self, rig: Rig, database: Path, seq: int, granted_us: int, logs: Logs, wall: Callable[[], float] = time.time
    ) -> None:
        """The journal is up to date with `rig`: its last input is `seq`, its lease ends at `granted_us`."""
        self.rig = rig
        self.logs = logs
        #: Plant seconds per wall second, kept up to date by whoever paces the plant.
        self.speed = 1.0
        #: Why the journal cannot be written; empty while all is well.
        self.problem = ""
        self.changed: Callable[[], None] = _nothing
        self._wall = wall
        self._writer = Writer(database, self._written)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._seq = self._applied = seq
        self._open: _Waiting | None = None
        self._waiting: deque[_Waiting] = deque()
        self._ignored: set[tuple[str, int]] = set()
        self._granted = granted_us
        self._asked = False
        self._entries: list[Entry] = []
        self._traced = rig.trace.count
        self._robots: list[Robot] = []
        self._finished = rig.plant.ledger.completed + rig.plant.ledger.scrapped
        self._block_us = self._checkpoint_us = rig.now
        self._checkpoint_seq = seq

    def start(self) -> None:
        """Begin to write. Call it in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._writer.start()

    async def close(self) -> None:
        """The plant stands: write everything down and end the lease here."""
        self._collect()
        self._submit()
        last = [*self._block(), schema.lease(self.rig.now)]
        last += schema.checkpoint(self._snapshot(pack_checkpoint(checkpoint.save(self.rig))))
        self._writer.put(Parcel(last, urgent=False))
        await asyncio.to_thread(self._writer.close)
        await asyncio.sleep(0)  # what the writer told last

    # ---- port Intake
    def write(self, author: Author, unit: int, name: str, raw: int) -> None:
        """See port `Intake`. A value that is there already needs no row."""
        raw = int(raw)
        if name in _VOLATILE:
            self.rig.orders.requested[name] = raw
        elif not self._repeats(name, raw):
            written = self.newest(name)
            old = self.rig.orders.last(name) if written is None else written
            self._take(
                Write(self._next(), self._effect(), self._wall(), author.who, author.role, unit, name, old, raw, DONE)
            )

    def newest(self, name: str) -> int | None:
        """See port `Intake`."""
        return next((row.new for row in self._unwritten() if row.tag == name), None)

    def ignored(self, author: Author, unit: int, name: str, raw: int) -> None:
        """See port `Intake`: one row for an author and a unit says it all."""
        if (author.who, unit) in self._ignored or len(self._ignored) >= _MOST_IGNORED:
            return
        self._ignored.add((author.who, unit))
        now = self.rig.now
        row = Write(self._next(), now, self._wall(), author.who, author.role, unit, name, 0, raw, IGNORED)
        self._writer.put(Parcel([schema.write(row)], urgent=False, settled=partial(self._logged, row)))

    def answer(self, board: RealBoard, answer: Answer | None) -> None:
        """See port `Intake`. An answer that the board has been told already needs no row."""
        station = next((c.station.number for c in self.rig.cabinets if c.board is board), None)
        if station is None:
            return  # another board has taken its place
        waiting = [row for row in self._undurable() if isinstance(row, Told) and row.station == station]
        if (waiting[0].answer if waiting else told(board)) != answer:
            self._take(Told(self._next(), self._effect(), station, answer))
        elif not waiting:
            tell(board, answer)

    def horizon(self) -> int:
        """See port `Intake`."""
        first = self._waiting[0].at_us if self._waiting else self._open.at_us if self._open else NEVER
        return min(self._granted, first)

    def beat(self) -> None:
        """See port `Intake`."""
        self._collect()
        if not self._asked and self.rig.now + self._lease() // 2 >= self._granted:
            self._ask()

    # ---- port CommitGate
    def when_durable(self, done: Callable[[bool], None]) -> bool:
        """See port `CommitGate`."""
        if self._open is None:
            return True
        self._open.done.append(done)
        self._submit()
        return False

    # ---- inputs on their way
    def _take(self, row: Write | Told) -> None:
        if self._open is None:
            self._open = _Waiting([], row.at_us, [])
            if self._loop is not None:
                self._loop.call_soon(self._submit)
        self._open.rows.append(row)

    def _submit(self) -> None:
        """What belongs together is written together, or not at all."""
        waiting, self._open = self._open, None
        if waiting is None:
            return
        self._waiting.append(waiting)
        statements = [schema.write(r) if isinstance(r, Write) else schema.told(r) for r in waiting.rows]
        self._writer.put(Parcel(statements, urgent=True, settled=partial(self._settled, waiting)))

    def _settled(self, waiting: _Waiting, well: bool) -> None:
        self._waiting.popleft()
        for row in waiting.rows if well else ():
            self._applied = row.seq
            if isinstance(row, Write):
                self.rig.request(row.tag, row.new, row.at_us)
                self.logs.add_write(row)
            else:
                hand_over(self.rig, row.station, row.answer)
        for row in () if well else waiting.rows:
            if isinstance(row, Told) and isinstance(board := board_of(self.rig, row.station), SerialBoard):
                board.again()
        self.changed()
        for done in waiting.done:
            done(well)

    def _logged(self, row: Write, well: bool) -> None:
        self.logs.add_write(row)

    def _undurable(self) -> list[Write | Told]:
        """What is not durable yet, the newest first."""
        groups = [*self._waiting, *([self._open] if self._open else [])]
        return [row for group in groups for row in group.rows][::-1]

    def _unwritten(self) -> list[Write]:
        """Of that, the written values."""
        return [row for row in self._undurable() if isinstance(row, Write)]

    def _repeats(self, name: str, raw: int) -> bool:
        """True if a value is there, for good, and need not be written again."""
        waiting = {row.tag for row in self._unwritten()}
        if name in EVENTS and name in waiting:
            return next(row.new for row in self._unwritten() if row.tag == name) == raw
        if waiting & {name, f"{name.partition('.')[0]}.OwnerRequest"}:
            return False
        return self.rig.orders.repeats(name, raw)

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def _effect(self) -> int:
        """The next scan boundary: the plant waits for the journal there."""
        return -(-self.rig.now // SCAN_US) * SCAN_US

    # ---- leases, the trace, checkpoints
    def _lease(self) -> int:
        return round(LEASE_US * max(1.0, self.speed) / SCAN_US) * SCAN_US

    def _ask(self) -> None:
        """A lease from here on; with it goes what has happened so far."""
        self._asked = True
        now = self.rig.now
        until = max(self._granted, -(-now // SCAN_US) * SCAN_US + self._lease())
        statements = [schema.lease(until)]
        saving = self._checkpoint_is_due(now)
        if saving or now >= self._block_us + BLOCK_US:  # the trace must not end before a checkpoint
            statements += self._block()
        self._writer.put(Parcel(statements, urgent=False, settled=partial(self._grant, until)))
        if saving:
            self._checkpoint_us, self._checkpoint_seq = now, self._applied
            self._save(checkpoint.save(self.rig))

    def _checkpoint_is_due(self, now: int) -> bool:
        since, second = now - self._checkpoint_us, round(max(1.0, self.speed) * _SECOND)
        many = self._applied - self._checkpoint_seq >= _MANY_INPUTS
        return since >= max(CHECKPOINT_US, _CHECKPOINT_S * second) or (many and since >= _MANY_S * second)

    def _grant(self, until: int, well: bool) -> None:
        self._granted = until
        self._asked = False

    def _save(self, state: dict[str, Any]) -> None:
        """Packing takes a while, and somebody else can do it."""
        assert self._loop is not None
        at, seq = self.rig.now, self._applied

        def put(packed: asyncio.Future[bytes]) -> None:
            self._writer.put(Parcel(schema.checkpoint(Snapshot(at, seq, packed.result())), urgent=False))

        self._loop.run_in_executor(None, pack_checkpoint, state).add_done_callback(put)

    def _snapshot(self, data: bytes) -> Snapshot:
        return Snapshot(self.rig.now, self._applied, data)

    def _collect(self) -> None:
        """Take what is new in the trace and among the finished robots."""
        trace = self.rig.trace
        if trace.count > self._traced:
            fresh = trace.since(self._traced)
            self.logs.add_events(events(fresh, self._traced))
            self._entries += fresh
            self._traced = trace.count
        if robots := finished(self.rig, self._finished):
            self.logs.add_robots(robots)
            self._robots += robots
            self._finished = robots[-1].number

    def _block(self) -> list[Statement]:
        """What has happened since the last block."""
        entries, robots = self._entries, self._robots
        statements = past(self.rig, self._traced - len(entries), entries, robots)
        self._entries, self._robots, self._block_us = [], [], self.rig.now
        return statements

    # ---- the writer's word
    def _written(self, batch: Sequence[Parcel], problem: str) -> None:
        """In the writer's thread."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._hear, batch, problem)

    def _hear(self, batch: Sequence[Parcel], problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.changed()
            if problem:
                _log.warning("the journal cannot be written: %s; the plant stands at the end of its lease", problem)
            else:
                _log.warning("the journal can be written again")
        for parcel in batch:
            if parcel.urgent or not problem:
                parcel.settled(not problem)


def _nothing() -> None:
    pass
