"""Runs a rig on what a journal says came from outside, and compares what happens with what happened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Protocol

from protocols.errors import EmulatorError
from protocols.ports import NEVER
from protocols.tags.plant_map import PLANT_MAP
from sector7.journal.errors import JournalError
from sector7.journal.events import tag_of
from sector7.journal.packing import unpack_entries
from sector7.journal.rows import Block, Input, Write, seal
from sector7.journal.store import Journal
from sector7.masters.orders import EVENTS
from sector7.rig.intake import hand_over
from sector7.rig.rig import Rig
from sector7.rig.trace import Entry

#: Plant time after which the trace is looked at, at the latest.
_LOOK_US: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """The first entry of two traces that is not the same: None where one of them has nothing more."""

    number: int
    recorded: Entry | None
    repeated: Entry | None

    def __str__(self) -> str:
        if self.recorded is None or self.repeated is None:
            only = self.recorded or self.repeated
            assert only is not None
            whose = "on record" if self.recorded else "in the replay"
            return f"{_at(only)}: {tag_of(only[1])} = {only[2]} {whose} only"
        a, b = self.recorded, self.repeated
        if a[:2] == b[:2]:
            return f"{_at(a)}: {tag_of(a[1])} was {a[2]}, now {b[2]}"
        return f"{_at(a)}: {tag_of(a[1])} = {a[2]} on record, at {_at(b)}: {tag_of(b[1])} = {b[2]} in the replay"


def _at(entry: Entry) -> str:
    return f"{entry[0] / 1e6:.6f} s"


class Divergence(EmulatorError):
    """What is on record is not what happens: the first entry of the trace that differs, if the journal can tell, and
    the first input that is not as it was written."""

    exit_code = 1

    def __init__(
        self, now_us: int, difference: Difference | None, edited: Input | None, *, ended: bool = False
    ) -> None:
        where = f"first divergence at {difference}"
        if difference is None:
            where = f"the hash at {now_us / 1e6:.6f} s is not the one on record"
            where = "the trace is equal" if ended else where
        super().__init__(where + (f"; {edited} is not as it was recorded" if edited is not None else ""))
        self.now_us = now_us
        self.difference = difference
        self.edited = edited


class Watch(Protocol):
    """Looks on while a rig is run again."""

    def horizon(self) -> int:
        """The next instant at which it wants to look, us; the rig stops there."""
        ...

    def beat(self) -> None:
        """The rig has gone on."""
        ...


class Rerun:
    """Feeds `rig`, which has taken the inputs up to number `seq`, from `journal`.

    `fresh` collects the entries that happen and are not in the journal. `check` off: nothing is compared.
    """

    def __init__(
        self, rig: Rig, journal: Journal, seq: int = 0, *, check: bool = True, watch: Watch | None = None
    ) -> None:
        self.rig = rig
        self.seq = seq
        #: Recorded pieces of the trace that were equal, and inputs handed over.
        self.blocks = 0
        self.fed = 0
        # entries from number `_base` on; a plant begins with some
        self.fresh: list[Entry] = list(rig.trace.pending)
        self._journal = journal
        self._base = rig.trace.hashed
        self._inputs = journal.inputs(seq)
        self._next: tuple[Input, int] | None = None
        self._edited: Input | None = None
        self._blocks = journal.blocks(rig.now or -1)
        self._block: Block | None = None
        self._check = check
        self._watch = watch
        with self._reading():
            self._next = next(self._inputs, None)
            self._block = next(self._blocks, None) if check else None

    def horizon(self) -> int:
        """How far the rig may go before it needs something of the journal."""
        until = self._next[0].at_us if self._next is not None else NEVER
        return min(until, self._block.at_us) if self._block is not None else until

    def beat(self) -> None:
        """The rig has gone on, not past the horizon: compare what is due, hand over what comes next.

        Raises Divergence, JournalError.
        """
        self._look()
        while self._block is not None and self._block.at_us <= self.rig.now:
            self._compare(self._block)
            with self._reading():
                self._block = next(self._blocks, None)
        while self._next is not None and self._next[0].at_us <= self.rig.now:
            self._feed(*self._next)
            with self._reading():
                self._next = next(self._inputs, None)

    def run(self, until_us: int) -> None:
        """Repeat everything before `until_us`. Raises Divergence, JournalError."""
        self.beat()
        while self.rig.now < until_us:
            stop = self._watch.horizon() if self._watch is not None else NEVER
            self.rig.run(min(until_us, self.horizon(), self.rig.now + _LOOK_US, max(stop, self.rig.now + 1)))
            self.beat()
            if self._watch is not None:
                self._watch.beat()

    def finish(self) -> None:
        """Nothing more is to come. Raises Divergence if an input was edited and it made no difference."""
        if self._edited is not None:
            raise Divergence(self.rig.now, None, self._edited, ended=True)

    def compare_no_more(self) -> None:
        """Go on although it is not what it was."""
        self._block = None

    def after(self, number: int) -> list[Entry]:
        """What happened behind the first `number` entries of the trace, as far as it is not on record."""
        self._look()
        return self.fresh[max(0, number - self._base) :]

    def _look(self) -> None:
        if self.rig.trace.count > self._base + len(self.fresh):
            self.fresh += self.rig.trace.since(self._base + len(self.fresh))

    def _compare(self, block: Block) -> None:
        begin = block.first - self._base
        mine, end = self.fresh[begin:] if begin >= 0 else [], block.first + block.count
        same = self.rig.trace.count == end and self.rig.trace.sha256() == block.sha256
        if not same:
            with self._reading():
                recorded = unpack_entries(block.data)
            pairs = enumerate(zip_longest(recorded, mine), block.first)
            found = next((Difference(n, a, b) for n, (a, b) in pairs if a != b), None)
            raise Divergence(block.at_us, found, self._edited)
        self.blocks += 1
        self._base, self.fresh = end, []

    def _feed(self, row: Input, mark: int) -> None:
        self.seq = row.seq
        if self._edited is None and seal(row) != mark:
            self._edited = row
        self.fed += 1
        if isinstance(row, Write):
            if not _possible(row):
                raise self._damaged(f"{row} is no value of a tag that can be written")
            self.rig.request(row.tag, row.new, row.at_us)
            return
        hand_over(self.rig, row.station, row.answer)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._damaged(" ".join(str(error).split())) from None

    def _damaged(self, problem: str) -> JournalError:
        folder = self._journal.path.parent
        return JournalError(folder, f"its journal is damaged: {problem}", "restore it from a copy")


def _possible(row: Write) -> bool:
    if row.tag in EVENTS:
        return row.new in (0, 1)
    found = PLANT_MAP.by_name.get(row.tag)
    return found is not None and found[1].table.is_writable and found[1].bounds[0] <= row.new <= found[1].bounds[1]
