"""Who is logged in."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from protocols.roles import Role

#: A session without an open console ends after so long, and any session after so long (seconds).
IDLE_S: Final = 30 * 60.0
LONGEST_S: Final = 12 * 3600.0
#: Sessions at once, and consoles at once: each console is a process.
MOST_SESSIONS: Final = 64
MOST_CONSOLES: Final = 16


@dataclass(eq=False)
class Session:
    """One login. `consoles` are the tasks behind its open pages."""

    user: str
    role: Role
    began_s: float
    seen_s: float
    consoles: set[asyncio.Task[object]] = field(default_factory=set)


class Sessions:
    """Sessions by the hash of their token: what is kept here opens nothing. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def begin(self, user: str, role: Role) -> str | None:
        """A new session's token; None if there are too many."""
        self.tidy()
        if len(self._sessions) >= MOST_SESSIONS:
            return None
        token = secrets.token_urlsafe(32)
        now = self._clock()
        self._sessions[_key(token)] = Session(user, role, now, now)
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token; looking at it keeps it alive."""
        self.tidy()
        session = self._sessions.get(_key(token))
        if session is not None:
            session.seen_s = self._clock()
        return session

    def end(self, token: str) -> None:
        """Log out; open consoles of the session are closed."""
        session = self._sessions.pop(_key(token), None)
        if session is not None:
            _close(session)

    def tidy(self) -> None:
        """End what has lasted too long."""
        now = self._clock()
        for key, session in list(self._sessions.items()):
            idle = not session.consoles and now - session.seen_s > IDLE_S
            if idle or now - session.began_s > LONGEST_S:
                _close(self._sessions.pop(key))

    def end_all(self) -> None:
        """Log everybody out."""
        for session in self._sessions.values():
            _close(session)
        self._sessions.clear()

    def consoles(self) -> int:
        """Open consoles of all sessions."""
        return sum(len(session.consoles) for session in self._sessions.values())


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _close(session: Session) -> None:
    for console in session.consoles:
        console.cancel()
