"""Any request at all: the answer is well-formed, says what the plant's cells say, and refusals change nothing."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.errors import Refusal
from protocols.modbus.core import RequestCore
from protocols.modbus.log import LimitedLog
from protocols.modbus.peer import Device, Line, Peer
from protocols.modbus.requests import HANDLERS
from protocols.modbus.unit import ServedUnit
from protocols.roles import Role
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.small_map import SMALL_MAP, SMALL_UNIT, UNIT

SIZES = dict(SMALL_UNIT.sizes)
TABLES = {1: Table.COIL, 2: Table.DISCRETE, 3: Table.HOLDING, 4: Table.INPUT}
WORDS = st.integers(0, 0xFFFF)


def log() -> LimitedLog:
    return LimitedLog(logging.getLogger("sector7.modbus"))


def served() -> tuple[DictPlant, dict[int, ServedUnit]]:
    plant = DictPlant(SMALL_MAP)
    return plant, {UNIT: ServedUnit(SMALL_UNIT, plant, plant, lambda unit, generation: {}, log(), strict=True)}


def ask(units: dict[int, ServedUnit], pdu: bytes) -> bytes:
    line = Line({number: Device(unit) for number, unit in units.items()})
    reply = RequestCore(log()).answer(UNIT, pdu, Peer("tester", Role.ENGINEER, line))
    assert isinstance(reply, bytes)
    return reply


@st.composite
def pdus(draw: st.DrawFn) -> bytes:
    """Requests of which many make sense: small addresses and counts, matching byte counts, known functions."""
    function = draw(st.sampled_from(sorted(HANDLERS)) | st.integers(0, 255))
    if function == 16 and draw(st.booleans()):
        values = draw(st.lists(WORDS, min_size=1, max_size=12))
        head = (function, 0, draw(st.integers(0, 14)), 0, len(values), 2 * len(values))
        return bytes(head) + b"".join(v.to_bytes(2) for v in values)
    shape = st.lists(st.integers(0, 20) | st.sampled_from((0xFF00, 0xFFFF)), max_size=6)
    body = b"".join(v.to_bytes(2) for v in draw(shape)) + draw(st.binary(max_size=12))
    return (bytes((function,)) + body)[:253]


@given(st.lists(pdus(), max_size=12), st.binary(min_size=1, max_size=253))
def test_no_request_gets_a_malformed_answer_or_half_a_write(requests: list[bytes], noise: bytes) -> None:
    plant, units = served()
    for pdu in (*requests, noise):
        before = {key: dict(cells) for key, cells in plant.cells.items()}
        writes = len(plant.written)
        reply = ask(units, pdu)
        if pdu[0] == 8 and not reply:  # listen-only mode
            continue
        assert 2 <= len(reply) <= 253
        if reply[0] != pdu[0] or pdu[0] & 0x80:
            assert reply == bytes((pdu[0] | 0x80, reply[1]))
            assert reply[1] in (1, 2, 3)
            assert (plant.cells, len(plant.written)) == (before, writes)
        assert units[UNIT].image.saturated == 0


@given(st.sampled_from(sorted(TABLES)), WORDS, st.integers(0, 30), st.data())
def test_reads_show_the_cells(function: int, address: int, count: int, data: st.DataObject) -> None:
    plant, units = served()
    for tag in SMALL_UNIT.tags:
        plant[tag.name] = data.draw(st.integers(*tag.bounds))
    table = TABLES[function]
    address = data.draw(st.sampled_from((address, address % 24)))
    reply = ask(units, bytes((function, *address.to_bytes(2), *count.to_bytes(2))))
    if count == 0:
        assert reply == bytes((function | 0x80, 3))
    elif address + count > SIZES[table]:
        assert reply == bytes((function | 0x80, 2))
    else:
        cells = [plant.cell(UNIT, table, a) for a in range(address, address + count)]
        if table.is_bits:
            content = bytearray((count + 7) // 8)
            for i, bit in enumerate(cells):
                content[i // 8] |= bit << i % 8
        else:
            content = bytearray(b"".join(v.to_bytes(2) for v in cells))
        assert reply == bytes((function, len(content))) + content


@given(st.integers(0, 11), st.lists(WORDS, min_size=1, max_size=12), st.booleans())
def test_a_write_counts_as_a_whole_or_not_at_all(address: int, values: list[int], exchange: bool) -> None:
    plant, units = served()
    block = bytes((0, address, 0, len(values), 2 * len(values))) + b"".join(v.to_bytes(2) for v in values)
    before = dict(plant.cells[UNIT, Table.HOLDING])
    expected = {a: values[a - address] if address <= a < address + len(values) else v for a, v in before.items()}
    trial = DictPlant(SMALL_MAP)
    trial.cells[UNIT, Table.HOLDING] = dict(expected)
    fits = address + len(values) <= SIZES[Table.HOLDING]
    in_range = all(t.bounds[0] <= trial[t.name] <= t.bounds[1] for t in SMALL_UNIT.of(Table.HOLDING))

    reply = ask(units, b"\x17\0\0\0\x0c" + block if exchange else b"\x10" + block)

    if fits and in_range:
        assert plant.cells[UNIT, Table.HOLDING] == expected
        assert plant.written == [(UNIT, Table.HOLDING, address, values, "tester")]
        content = b"".join(plant.cell(UNIT, Table.HOLDING, a).to_bytes(2) for a in range(12))
        assert reply == (b"\x17\x18" + content if exchange else b"\x10" + block[:4])
        assert ask(units, b"\x03\0\0\0\x0c")[2:] == content
    else:
        assert reply[1] == (3 if fits else 2)
        assert plant.cells[UNIT, Table.HOLDING] == before
        assert plant.written == []


@given(WORDS, WORDS, WORDS)
def test_mask_write_follows_the_formula_of_the_specification(current: int, and_mask: int, or_mask: int) -> None:
    plant, units = served()
    plant["hold.u64"] = current + 1 << 16
    wide = plant.cell(UNIT, Table.HOLDING, 8)
    reply = ask(units, b"\x16\0\x08" + and_mask.to_bytes(2) + or_mask.to_bytes(2))
    result = (wide & and_mask) | (or_mask & (0xFFFF - and_mask))
    if plant.cell(UNIT, Table.HOLDING, 7) == 0 and result == 0:
        assert reply == b"\x96\x03"
    else:
        assert reply == b"\x16\0\x08" + and_mask.to_bytes(2) + or_mask.to_bytes(2)
        assert plant.cell(UNIT, Table.HOLDING, 8) == result


def test_an_unchanged_source_is_not_asked_again() -> None:
    plant, units = served()
    for _ in range(5):
        ask(units, b"\x03\0\0\0\x01")
    assert plant.asked == 1
    plant["in.u16"] = 77
    assert ask(units, b"\x04\0\0\0\x01") == b"\x04\x02\0\x4d"
    assert plant.asked == 2


def test_a_broken_source_is_answered_and_logged_without_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    plant, units = served()
    plant.broken = True
    assert ask(units, b"\x03\0\0\0\x01") == b"\x83\x04"
    assert caplog.messages == ["request failed: tester: function 3 of unit 7: RuntimeError('the source is broken')"]
    assert not any(record.exc_info for record in caplog.records)
    plant.broken = False
    assert ask(units, b"\x03\0\0\0\x01") == b"\x03\x02\0\0"


def test_a_refused_write_says_who_what_and_why(caplog: pytest.LogCaptureFixture) -> None:
    plant, units = served()
    plant.refuse = "the line is locked"
    assert ask(units, b"\x06\0\x00\0\x05") == b"\x86\x04"
    assert ask(units, b"\x06\0\x00\0\x99") == b"\x86\x03"
    assert ask(units, b"\x06\0\x99\0\x00") == b"\x86\x02"
    what = "write of 1 holding register(s) at {} of unit 7"
    assert caplog.messages == [
        f"write refused: {Refusal('tester', what.format(0), 'the line is locked')}",
        f"write refused: {Refusal('tester', what.format(0), 'hold.i16 = 153 lies outside -50..50')}",
        f"write refused: {Refusal('tester', what.format(153), 'no such address')}",
    ]
