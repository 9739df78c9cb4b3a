"""The logical trace: its hash depends on the entries and their order, and on nothing else."""

from __future__ import annotations

import json
import struct
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.stations.io_table import BY_NUMBER
from sector7.rig.trace import STRIDE, Entry, Trace, first_difference, name
from tests.sector7.test_conservation import FIXED


def entries(count: int, salt: int = 0) -> list[Entry]:
    """Some entries, negative and large values among them."""
    return [(i * 10_007, i * 31 % 800, (i * 7919 + salt) * (-1) ** i << (i % 20)) for i in range(count)]


def filled(rows: list[Entry], *, keep: bool = False) -> Trace:
    """A trace of these entries, never flushed on the way."""
    trace = Trace(keep=keep)
    for row in rows:
        trace.log(row)
    return trace


def test_the_hash_is_sha_256_over_little_endian_words_in_chained_blocks() -> None:
    """As anybody can compute it from an exported trace."""
    rows = entries(4096 * 2 + 5)
    digest = b""
    for start in range(0, len(rows), 4096):
        block = rows[start : start + 4096]
        words = [word for row in block for word in row]
        digest = sha256(digest + struct.pack(f"<{len(words)}q", *words)).digest()
    assert filled(rows).sha256() == digest.hex()


@pytest.mark.parametrize("count", [0, 1, 4095, 4096, 4097, 9000])
def test_asking_changes_nothing(count: int) -> None:
    rows = entries(count)
    trace = Trace()
    for row in rows:
        trace.log(row)
        if row[1] % 100 == 0:
            trace.sha256()
    assert trace.sha256() == trace.sha256() == filled(rows).sha256()
    assert trace.count == count


@settings(FIXED, max_examples=25)
@given(st.lists(st.integers(1, 6000), min_size=1, max_size=6))
def test_the_hash_does_not_depend_on_when_it_was_flushed(pieces: list[int]) -> None:
    rows = entries(sum(pieces))
    trace = Trace(keep=True)
    done = 0
    for piece in pieces:
        for row in rows[done : done + piece]:
            trace.log(row)
        done += piece
        trace.flush()
        assert len(trace.pending) < 4096
    assert trace.sha256() == filled(rows).sha256()
    assert list(trace.entries()) == rows
    assert trace.count == len(rows)


@pytest.mark.parametrize("at", [0, 4095, 4096, 5000])
def test_the_hash_sees_every_change(at: int) -> None:
    rows = entries(5001)
    t, number, value = rows[at]
    others = [
        rows[:at] + rows[at + 1 :],
        [*rows[:at], rows[at], *rows[at:]],
        *([*rows[:at], changed, *rows[at + 1 :]] for changed in ((t + 1, number, value), (t, number + 1, value))),
        [*rows[:at], (t, number, value ^ 1), *rows[at + 1 :]],
    ]
    if at:
        others.append([*rows[: at - 1], rows[at], rows[at - 1], *rows[at + 1 :]])
    assert len({filled(each).sha256() for each in (rows, *others)}) == 1 + len(others)


@pytest.mark.parametrize("cut", [0, 1, 4096, 5000, 8191])
def test_state_and_restore(cut: int) -> None:
    rows = entries(9000)
    first = filled(rows[:cut])
    first.flush()
    state = json.loads(json.dumps(first.state()))
    second = Trace()
    log = second.log
    second.restore(**state)
    for row in rows[cut:]:
        log(row)  # whoever held the log before the restore still writes to the trace
    assert second.sha256() == filled(rows).sha256()
    assert second.count == 9000


def test_entries_are_kept_only_on_request() -> None:
    rows = entries(5000)
    trace = filled(rows)
    trace.flush()
    assert list(trace.entries()) == rows[4096:]


def test_the_first_difference() -> None:
    rows = entries(20)
    changed = [*rows[:7], (1, 2, 3), *rows[8:]]
    assert first_difference(iter(rows), iter(rows)) is None
    assert first_difference(iter(rows), iter(changed)) == (rows[7], (1, 2, 3))
    assert first_difference(iter(rows), iter(rows[:19])) == (rows[19], None)
    assert first_difference(iter(rows[:19]), iter(rows)) == (None, rows[19])
    assert first_difference(iter(()), iter(())) is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "Line.e_stop_ok"),
        (4, "Line.mains_ok"),
        (8, "Line.air"),
        (32, "Line.StateCurrent"),
        (60, "Line.60"),
        (STRIDE, "ST01.pallet_present"),
        (STRIDE + 5, "ST01.tray_present"),
        (STRIDE + 6, "ST01.safety_ok"),
        (STRIDE + 8, "ST01.stopper_open"),
        (STRIDE + 12, "ST01.tray_lock"),
        (STRIDE + 13, "ST01.13"),
        (STRIDE + 19, "ST01.carrier"),
        (STRIDE + 33, "ST01.StepNumber"),
        (STRIDE + 40, "ST01.measured0"),
        (STRIDE + 44, "ST01.kit_mass"),
        (STRIDE + 46, "ST01.46"),
        (12 * STRIDE + 32, "ST12.StateCurrent"),
    ],
)
def test_names(number: int, shown: str) -> None:
    io = BY_NUMBER[1]
    assert name(number, io.inputs, io.outputs, tuple(s.name for s in io.setpoints)) == shown
