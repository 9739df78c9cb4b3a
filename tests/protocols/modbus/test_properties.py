"""Random bytes and random requests on every transport, compared with a model of the image."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.links import TRANSPORTS, adu
from tests.protocols.modbus.model import Model
from tests.protocols.modbus.small_map import SMALL_MAP, SMALL_UNIT, UNIT
from tests.protocols.modbus.threaded import ThreadedServer

ADDRESS, COUNT, WORD = st.integers(0, 24), st.integers(0, 24), st.integers(0, 0xFFFF)
#: Values near the bounds of the small unit's tags, where refusals begin.
VALUE = WORD | st.sampled_from((0, 1, 50, 51, 0xFFCE, 0xFFCD, 0xFF00))


def words(*values: int) -> bytes:
    return b"".join(v.to_bytes(2) for v in values)


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """A request that makes sense, or nearly."""
    function = draw(st.sampled_from((1, 2, 3, 4, 5, 6, 15, 16, 22, 23)))
    head = bytes((function,))
    if function in (1, 2, 3, 4):
        return head + words(draw(ADDRESS), draw(COUNT))
    if function == 5:
        return head + words(draw(ADDRESS), draw(st.sampled_from((0, 0xFF00, 0xFF01))))
    if function == 6:
        return head + words(draw(ADDRESS), draw(VALUE))
    if function == 22:
        return head + words(draw(ADDRESS), draw(WORD), draw(WORD))
    if function == 15:
        data = draw(st.binary(min_size=1, max_size=3))
        count = draw(st.integers(8 * len(data) - 7, 8 * len(data)))
        return head + words(draw(ADDRESS), count) + bytes((len(data),)) + data
    values = draw(st.lists(VALUE, min_size=1, max_size=12))
    block = words(draw(ADDRESS), len(values)) + bytes((2 * len(values),)) + words(*values)
    return head + (words(draw(ADDRESS), draw(st.integers(1, 12))) if function == 23 else b"") + block


@pytest.fixture(params=TRANSPORTS)
def served(request: pytest.FixtureRequest, certificates: Path) -> Iterator[ThreadedServer]:
    with ThreadedServer(request.param, DictPlant(SMALL_MAP), certificates) as server:
        yield server


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


def agree(served: ThreadedServer, count: int) -> None:
    link = served.connect()
    model = Model(SMALL_UNIT)
    number = 0

    @examples(count)
    @given(st.lists(requests(), min_size=1, max_size=1 if served.kind == "pty" else 8))
    def run(pdus: list[bytes]) -> None:
        nonlocal number
        numbers = [(number + i) & 0xFFFF for i in range(len(pdus))]
        number += len(pdus)
        link.send(b"".join(link.frame(n, UNIT, pdu) for n, pdu in zip(numbers, pdus, strict=True)))
        for n, pdu in zip(numbers, pdus, strict=True):
            assert link.receive(n, UNIT).hex() == model.answer(pdu).hex(), pdu.hex()

    run()
    link.close()


def survive(served: ThreadedServer, count: int) -> None:
    healthy = served.connect()
    probe = b"\x03\0\0\0\x0c"

    @examples(count)
    @given(st.binary(max_size=600), st.booleans())
    def run(noise: bytes, framed: bool) -> None:
        before = dict(served.plant.cells)
        if served.kind == "pty":
            healthy.send(noise)
        else:
            rude = served.connect()
            try:
                rude.send(rude.frame(1, UNIT, noise[:253] or b"\0") if framed else noise)
                said = rude.finish()
            except OSError:  # the server may have hung up already
                said = b""
            rude.close()
            if served.kind == "tcp" and said:
                assert said[2:4] == b"\0\0"
        healthy.send(healthy.frame(7, UNIT, probe))
        if served.kind == "pty":  # noise may have been a request, and then it was answered
            while not healthy.buffer.endswith(expected(served)):
                healthy.buffer += healthy.read()
            healthy.buffer = b""
        else:
            assert healthy.receive(7, UNIT) == b"\x03\x18" + image(served)
        assert served.plant.cells.keys() == before.keys()

    run()
    healthy.close()


def image(served: ThreadedServer) -> bytes:
    return b"".join(served.plant.cell(UNIT, Table.HOLDING, a).to_bytes(2) for a in range(12))


def expected(served: ThreadedServer) -> bytes:
    return adu(UNIT, b"\x03\x18" + image(served))


def test_model_and_server_agree(served: ThreadedServer) -> None:
    agree(served, 300)


def test_no_bytes_upset_the_server(served: ThreadedServer) -> None:
    survive(served, 300)


@pytest.mark.nightly
def test_model_and_server_agree_at_length(served: ThreadedServer) -> None:
    agree(served, 10_000)


@pytest.mark.nightly
def test_no_bytes_upset_the_server_at_length(served: ThreadedServer) -> None:
    survive(served, 10_000)
