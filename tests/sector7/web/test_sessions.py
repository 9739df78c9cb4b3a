"""Sessions begin, last and end."""

from __future__ import annotations

import asyncio

from protocols.roles import Role
from sector7.web.sessions import IDLE_S, LONGEST_S, MOST_SESSIONS, Sessions


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_found_by_its_token_only() -> None:
    sessions = Sessions(Clock())
    token = sessions.begin("ada", Role.OPERATOR)
    assert token is not None
    found = sessions.find(token)
    assert found is not None
    assert (found.user, found.role) == ("ada", Role.OPERATOR)
    assert sessions.find(token + "x") is None
    assert sessions.find("") is None
    sessions.end(token)
    assert sessions.find(token) is None


def test_idle_and_old_sessions_end() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    idle, used = sessions.begin("ada", Role.OPERATOR), sessions.begin("bob", Role.OPERATOR)
    assert idle
    assert used
    clock.now = IDLE_S - 1
    assert sessions.find(used) is not None
    clock.now = IDLE_S + 1
    assert sessions.find(idle) is None, "nobody looked at it"
    while clock.now <= LONGEST_S:
        assert sessions.find(used) is not None
        clock.now += IDLE_S - 1
    assert sessions.find(used) is None, "no session lasts for ever"


async def test_an_open_console_keeps_its_session_and_ends_with_it() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.begin("ada", Role.OPERATOR)
    assert token
    session = sessions.find(token)
    assert session is not None
    console: asyncio.Task[object] = asyncio.ensure_future(asyncio.sleep(3600))
    session.consoles.add(console)
    clock.now = IDLE_S + 10
    assert sessions.find(token) is session
    assert sessions.consoles() == 1
    clock.now = LONGEST_S + 10
    sessions.tidy()
    await asyncio.wait([console])
    assert console.cancelled()
    assert sessions.consoles() == 0


def test_sessions_are_bounded() -> None:
    sessions = Sessions(Clock())
    tokens = [sessions.begin("ada", Role.VIEWER) for _ in range(MOST_SESSIONS)]
    assert len(set(tokens)) == MOST_SESSIONS
    assert sessions.begin("ada", Role.VIEWER) is None
    assert tokens[0] is not None
    sessions.end(tokens[0])
    assert sessions.begin("ada", Role.VIEWER)
