"""Who a connection is to the server, as it can read it; and the entries of the operator log as registers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.modbus.client import PlantClient
from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import (
    ENTRY_WORDS,
    ROLES,
    ActionResult,
    LoggedAction,
    Session,
    entry_words,
    read_entries,
    read_session,
    session_words,
)
from protocols.tags.tag import Table
from tests.protocols.modbus.dict_plant import DictPlant

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=24)
I32 = st.integers(-(1 << 31), (1 << 31) - 1)


@pytest.mark.parametrize("role", list(Role))
async def test_a_client_reads_its_role(plant: DictPlant, role: Role) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, role=role)])
    await server.start()
    client = PlantClient("127.0.0.1", server.port)
    await client.connect()
    session = await client.session()
    assert session is not None
    assert session.role is role
    assert session.holder == ""
    assert session.label.startswith("127.0.0.1:")
    await client.close()
    await server.stop()


@given(TEXT, st.sampled_from(Role), TEXT)
def test_a_session_survives_its_registers(address: str, role: Role, holder: str) -> None:
    session = Session(address, role, holder)
    assert read_session(session_words(session)) == session


def test_another_version_is_refused() -> None:
    words = list(session_words(Session("a", Role.VIEWER)))
    for at, value in ((0, 2), (1, 9), (1, 0)):
        with pytest.raises(ValueError, match="a session of version"):
            read_session([*words[:at], value, *words[at + 1 :]])


ENTRIES = st.builds(
    LoggedAction,
    number=st.integers(1, (1 << 32) - 1),
    time_ms=st.integers(0, 1 << 60),
    wall_s=st.integers(0, (1 << 32) - 1),
    role=st.sampled_from(ROLES),
    result=st.sampled_from(ActionResult),
    unit=st.integers(0, 255),
    table=st.sampled_from(Table),
    address=st.integers(0, 65535),
    old=I32,
    new=I32,
    who=TEXT,
    detail=st.integers(0, 65535),
)


@given(st.lists(ENTRIES, max_size=4))
def test_entries_survive_their_registers(entries: list[LoggedAction]) -> None:
    words = [word for entry in entries for word in entry_words(entry)]
    assert len(words) == ENTRY_WORDS * len(entries)
    assert read_entries(words + [0] * ENTRY_WORDS) == entries, "an empty place is none"
