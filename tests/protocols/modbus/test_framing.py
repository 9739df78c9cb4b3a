"""Where frames end, and what can be none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.modbus.framing import BROKEN, INCOMPLETE, frame_end, framed
from tests.protocols.modbus.raw_client import frame

PDUS = st.binary(min_size=1, max_size=253)


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.integers(0, 255), PDUS), max_size=5), st.binary(max_size=20))
def test_frames_in_a_row_are_found_again(frames: list[tuple[int, int, bytes]], rest: bytes) -> None:
    parts = [frame(*each) for each in frames]
    stream, start = b"".join(parts) + rest, 0
    for part, (_, _, pdu) in zip(parts, frames, strict=True):
        end = frame_end(stream, start)
        assert stream[start:end] == part
        assert framed(stream, start, pdu) == part
        start = end


@given(st.integers(0, 0xFFFF), st.integers(0, 255), PDUS, st.data())
def test_every_beginning_of_a_frame_is_incomplete(transaction: int, unit: int, pdu: bytes, data: st.DataObject) -> None:
    whole = frame(transaction, unit, pdu)
    assert frame_end(whole[: data.draw(st.integers(0, len(whole) - 1))], 0) == INCOMPLETE


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("0001 0001", BROKEN),
        ("0001 0100 0006", BROKEN),
        ("0001 00", INCOMPLETE),
        ("0001 0000 0000", BROKEN),
        ("0001 0000 0001", BROKEN),
        ("0001 0000 0001 01", BROKEN),
        ("0001 0000 0002", INCOMPLETE),
        ("0001 0000 00FE", INCOMPLETE),
        ("0001 0000 00FF", BROKEN),
        ("0001 0000 012C", BROKEN),
        ("0001 0000 FFFF", BROKEN),
        ("4745 5420 2F20", BROKEN),  # GET /
    ],
)
def test_headers(text: str, result: int) -> None:
    assert frame_end(bytes.fromhex(text), 0) == result
    assert frame_end(b"\xaa" * 3 + bytes.fromhex(text), 3) == result
