"""The quick way gives the answers of the long one, of this instant, and keeps no more of them than it may."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.modbus.core import RequestCore
from protocols.modbus.framing import TCP
from protocols.modbus.log import LimitedLog
from protocols.modbus.peer import Device, Line, Peer
from protocols.modbus.quick import MOST_KEPT, read_once, read_registers
from protocols.modbus.unit import ServedUnit
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import frame
from tests.protocols.modbus.small_map import SMALL_MAP, SMALL_UNIT, UNIT

LOG = LimitedLog(logging.getLogger("sector7.modbus"))
HOLDING = dict(SMALL_UNIT.sizes)[Table.HOLDING]
WRITABLE = [tag for tag in SMALL_UNIT.of(Table.HOLDING) if tag.kind.words == 1]


def set_up() -> tuple[DictPlant, Line]:
    plant = DictPlant(SMALL_MAP)
    unit = ServedUnit(SMALL_UNIT, plant, plant, lambda unit, generation: {}, LOG, strict=True)
    return plant, Line({UNIT: Device(unit)})


def read(function: int, address: int, count: int) -> bytes:
    return bytes((function,)) + address.to_bytes(2) + count.to_bytes(2)


def long_way(line: Line, request: bytes) -> bytes:
    answer = RequestCore(LOG).answer(request[6], request[7:], Peer("tester", Role.ENGINEER, line))
    assert isinstance(answer, bytes)
    return TCP.framed(request, 0, answer)


ACTIONS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(WRITABLE).map(lambda tag: tag.name), st.integers(0, 1)),
    st.sampled_from(((3, 0, 4), (3, 0, 12), (4, 0, 10))),  # what a master polls
    st.tuples(st.sampled_from((3, 4)), st.integers(0, HOLDING + 2), st.integers(0, 12)),
)


@given(st.lists(ACTIONS, max_size=30))
def test_what_is_answered_quickly_is_what_the_long_way_answers(actions: list[tuple[object, ...]]) -> None:
    plant, line = set_up()
    for number, action in enumerate(actions):
        if action[0] == "write":
            plant[str(action[1])] = int(str(action[2]))
            continue
        function, address, count = (int(str(part)) for part in action)
        request = frame(number, UNIT, read(function, address, count))
        expected = long_way(line, request)
        messages = line.messages
        quick = read_once(request, line)
        output: list[bytes] = []
        served = read_registers(request * 3, line, 8, output)
        if expected[7] & 0x80:
            assert (quick, served, output) == (None, 0, [])
            assert line.messages == messages
        else:
            assert (quick, served, output) == (expected, 3, [expected] * 3)
            assert line.messages == messages + 4


def test_a_new_value_is_seen_by_the_next_request() -> None:
    plant, line = set_up()
    tag = WRITABLE[0]
    request = frame(1, UNIT, read(3, tag.address, 1))
    before = read_once(request, line)
    plant[tag.name] = tag.default + 1
    after = read_once(request, line)
    assert before != after
    assert after is not None
    assert int.from_bytes(after[-2:]) == tag.default + 1


def test_a_master_that_asks_for_everything_fills_no_memory() -> None:
    plant, unit = DictPlant(PLANT_MAP), PLANT_MAP.units[1]
    line = Line({1: Device(ServedUnit(unit, plant, plant, lambda unit, generation: {}, LOG))})
    most = 0
    for address in range(3 * MOST_KEPT):
        assert read_once(frame(address & 0xFF, 1, read(4, address, 1)), line) is not None
        most = max(most, len(line.kept))
    assert most == MOST_KEPT


@pytest.mark.parametrize("most", [1, 2, 5])
def test_others_get_their_turn(most: int) -> None:
    _, line = set_up()
    output: list[bytes] = []
    assert read_registers(frame(1, UNIT, read(3, 0, 1)) * 5, line, most, output) == most == len(output)
