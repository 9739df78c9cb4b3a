"""Faults of every kind on one line: time is all they depend on, and nothing is lost."""

from __future__ import annotations

import json
from functools import cache

import pytest

from protocols.faults.kinds import KINDS
from protocols.packml import State
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from sector7.rig.trace import LOG_FAULT, STRIDE, first_difference
from tests.sector7.faults.siege import SIEGE, besiege
from tests.sector7.lines import SECOND, busy


@cache
def besieged(*, fixed: bool = False) -> Rig:
    return besiege(Rig(busy(), 3, fixed=fixed, keep_trace=True))


def test_every_kind_is_here() -> None:
    assert {fault.kind for _, fault in SIEGE} == {kind.name for kind in KINDS}
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_scanning_when_asked_gives_the_trace_of_scanning_always() -> None:
    always, asked = besieged(fixed=True), besieged()
    assert first_difference(always.trace.entries(), asked.trace.entries()) is None
    assert always.trace.sha256() == asked.trace.sha256()
    assert asked.grid.visited < always.grid.visited / 2


def test_what_was_broken_stands_in_the_trace() -> None:
    rig = besieged()
    begun = [n for _, n, v in rig.trace.entries() if n % STRIDE == LOG_FAULT and v & 1]
    ended = [n for _, n, v in rig.trace.entries() if n % STRIDE == LOG_FAULT and not v & 1]
    assert len(begun) == sum(record.strikes for record in rig.faults.records) > len(SIEGE)
    assert len(begun) - len(ended) == sum(record.present for record in rig.faults.records)
    assert (180_000_000, LOG_FAULT, 60 << 1 | 1) in list(rig.trace.entries())


def test_nothing_is_lost_and_the_line_goes_on() -> None:
    rig = besieged()
    assert rig.plant.conservation() == ""
    assert rig.plant.ledger.completed > 0
    assert {unit.state for unit in rig.line.units} <= set(State)


@pytest.mark.parametrize("at_s", [55, 112, 121, 190, 240])
def test_a_restored_siege_goes_on_as_if_nothing_had_been(at_s: int) -> None:
    """In the middle of noise, a hung board, a dead one, a lost supply, a destroyed station."""
    rig = besiege(Rig(busy(), 3, keep_trace=True), at_s * SECOND)
    again = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    assert [(r.fault, r.since_us, r.due_us) for r in again.faults.records] == [
        (r.fault, r.since_us, r.due_us) for r in rig.faults.records
    ]
    besiege(again)
    assert again.trace.sha256() == besieged().trace.sha256()
