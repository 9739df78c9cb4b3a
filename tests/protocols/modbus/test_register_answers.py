"""Registers decoded at once are those that pymodbus decodes one by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.exceptions import ModbusIOException
from pymodbus.pdu.register_message import ReadHoldingRegistersResponse, ReadInputRegistersResponse

from protocols.modbus.register_answers import _Holding, _Input

PAIRS = [(_Input, ReadInputRegistersResponse), (_Holding, ReadHoldingRegistersResponse)]


def outcome(answer: ReadHoldingRegistersResponse, data: bytes) -> Sequence[int] | str:
    """The registers, or what it says against them."""
    try:
        answer.decode(data)
    except ModbusIOException as error:
        return str(error)
    return answer.registers


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@given(data=st.binary(min_size=1, max_size=260))
def test_whatever_comes_it_is_taken_or_refused_alike(
    ours: type[ReadHoldingRegistersResponse], theirs: type[ReadHoldingRegistersResponse], data: bytes
) -> None:
    assert outcome(ours(), data) == outcome(theirs(), data)
    assert ours.function_code == theirs.function_code
