"""The plant as slaves on a serial line."""

from __future__ import annotations

import asyncio
from typing import Final

from protocols.errors import LinkError
from protocols.modbus.doors import SerialDoor
from protocols.modbus.peer import Line, Peer
from protocols.modbus.rtu_session import SerialSession
from protocols.modbus.shared import Shared

#: How often a line that was lost (an unplugged adapter) is tried again.
RETRY_S: Final = 2.0


class SerialSlave:
    """Answers on one serial line for as long as it is open; a line that gets lost is opened again when it is back."""

    def __init__(self, door: SerialDoor, line: Line, shared: Shared, retry_s: float = RETRY_S) -> None:
        self._stream = door.stream
        self._line = line
        self._shared = shared
        self._role = door.role
        self._retry_s = retry_s
        self._loop = asyncio.get_running_loop()
        self._session: SerialSession | None = None
        self._retry: asyncio.TimerHandle | None = None

    @property
    def name(self) -> str:
        """Which line it is, and who answers there."""
        units = ", ".join(str(unit) for unit in sorted(self._line.devices))
        return f"{self._stream.name} ({self._stream.baud} baud, units {units})"

    async def open(self) -> None:
        """Begin to answer. Raises LinkError if the line cannot be opened."""
        self._begin()

    def close_door(self) -> None:
        """Give the line back."""
        if self._retry is not None:
            self._retry.cancel()
        if self._session is not None:
            self._session.end()
            self._session = None
        self._stream.close()

    # ---- the way back, for the session
    def write(self, data: bytes) -> None:
        """Send an answer."""
        self._stream.write(data)

    def pause_reading(self) -> None:
        """A master waits for its answer: there is nothing to hold back."""

    def resume_reading(self) -> None:
        """See pause_reading."""

    def close(self) -> None:
        """A line has no end."""

    def abort(self) -> None:
        """A line has no end."""

    def is_closing(self) -> bool:
        """A line has no end."""
        return False

    def _begin(self) -> None:
        peer = Peer(self._stream.name, self._role, self._line)
        session = SerialSession(self._shared, peer, self._line.devices, self._stream.baud)
        self._stream.open(session.feed, self._lost)
        session.begin(self)
        self._session = session

    def _lost(self, why: str) -> None:
        if self._session is not None:
            self._session.end()
            self._session = None
        self._stream.close()
        self._shared.log.note("serial line lost", f"{self._stream.name}: {why}")
        self._retry = self._loop.call_later(self._retry_s, self._again)

    def _again(self) -> None:
        try:
            self._begin()
        except LinkError:
            self._retry = self._loop.call_later(self._retry_s, self._again)
        else:
            self._shared.log.note("serial line back", self._stream.name)
