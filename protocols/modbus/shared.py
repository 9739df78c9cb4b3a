"""What the doors and sessions of one server have in common: counters, log, limits, the set of connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from protocols.modbus.core import Pending
from protocols.modbus.log import LimitedLog
from protocols.modbus.peer import Peer


class Guest(Protocol):
    """A connected client, as the whole server sees it."""

    @property
    def who(self) -> str:
        """Its address."""
        ...

    @property
    def gone(self) -> asyncio.Future[None]:
        """Done when it has left."""
        ...

    @property
    def silent(self) -> bool:
        """It has never asked anything."""
        ...

    def drop(self) -> None:
        """Put it out at once."""
        ...


@dataclass(slots=True)
class ServerCounters:
    """What the server has done since it was made; `clients` is how many are connected now."""

    requests: int = 0
    exceptions: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    clients: int = 0
    connections: int = 0
    connections_refused: int = 0
    broken_frames: int = 0
    idle_closed: int = 0


@dataclass
class Shared:
    """What all sessions of one server share.

    `answer(unit, pdu, peer)` carries out a request; `max_clients` and `idle_timeout_s` limit what clients may occupy.
    """

    answer: Callable[[int, bytes, Peer], bytes | Pending]
    log: LimitedLog
    max_clients: int
    idle_timeout_s: float
    counters: ServerCounters = field(default_factory=ServerCounters)
    #: In the order in which they came.
    connections: dict[Guest, None] = field(default_factory=dict)

    def enter(self, connection: Guest) -> bool:
        """Room for one more? A full house puts out the oldest client that has never asked anything, if there is one."""
        if len(self.connections) >= self.max_clients:
            victim = next((guest for guest in self.connections if guest.silent), None)
            self.counters.connections_refused += 1
            who = connection.who if victim is None else victim.who
            self.log.note("client refused", f"{who}: {self.max_clients} clients are connected already")
            if victim is None:
                return False
            victim.drop()
            del self.connections[victim]
        self.connections[connection] = None
        self.counters.connections += 1
        self.counters.clients = len(self.connections)
        return True

    def leave(self, connection: Guest) -> None:
        """A connection is gone."""
        self.connections.pop(connection, None)
        self.counters.clients = len(self.connections)
