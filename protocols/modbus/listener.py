"""A listening socket of the Modbus server: pymodbus' TCP server with our own connections on it."""

from __future__ import annotations

import asyncio
import errno
import ssl
from typing import Any, Final, cast

from pymodbus.simulator import DataType, SimData, SimDevice

from protocols.errors import LinkError
from protocols.modbus.connection import Connection
from protocols.modbus.doors import TcpDoor, allowed
from protocols.modbus.framing import TCP
from protocols.modbus.peer import Line, Peer
from protocols.modbus.pymodbus_server import ModbusBaseServer, ModbusTcpServer
from protocols.modbus.rtu_session import RtuSession
from protocols.modbus.session import Session
from protocols.modbus.shared import Guest, Shared
from protocols.modbus.tls import server_context
from protocols.tags.session_map import Session as Known


class Listener(ModbusTcpServer):
    """Opens a door and lets clients in. Raises LinkError when the door's TLS files are no good."""

    def __init__(self, door: TcpDoor, line: Line, shared: Shared) -> None:
        self.tls: Final[ssl.SSLContext | None] = server_context(door.tls) if door.tls else None
        self.role: Final = door.plain_role
        self.idle_timeout_s: Final = shared.idle_timeout_s
        # pymodbus wants a device of its own. Nobody reads it: our connections answer by themselves.
        unused = SimDevice(0, simdata=[SimData(0, values=0, datatype=DataType.REGISTERS)])
        super().__init__(unused, address=(door.host, door.port))
        self.port = door.port
        self._door = door
        self._line = line
        self._shared = shared

    @property
    def name(self) -> str:
        """Where it listens and what it speaks there."""
        return f"{self._door.host}:{self.port}" + ("" if self._door.kind == "Modbus TCP" else f" ({self._door.kind})")

    def callback_new_connection(self) -> Any:
        """pymodbus: the protocol object for a new connection."""
        return Connection(self)

    async def open(self) -> None:
        """Begin to listen; `port` is then the real one. Raises LinkError when that is not possible."""
        self.is_listener = True
        try:
            self.transport = await self.call_create()
        except (OSError, OverflowError) as error:
            self.close_door()
            raise LinkError(f"{self._door.host}:{self.port}", "cannot listen here", _remedy(error)) from error
        server = cast(asyncio.Server, self.transport)
        self.port = int(server.sockets[0].getsockname()[1])

    def close_door(self) -> None:
        """Stop listening, part from the clients; give back the socket and pymodbus' class-wide reference."""
        self.close()
        self.serving.cancel()
        if ModbusBaseServer.active_server is self:
            ModbusBaseServer.active_server = None

    # ---- for connections
    def admit(self, guest: Guest, peername: Any) -> bool:
        """May this client come in?"""
        if self._door.allow and not (isinstance(peername, tuple) and allowed(peername[0], self._door.allow)):
            self._shared.counters.connections_refused += 1
            self.refuse("client refused", f"{guest.who}: its address is not allowed here")
            return False
        return self._shared.enter(guest)

    def part(self, guest: Guest) -> None:
        """The connection is gone."""
        self._shared.leave(guest)

    def session(self, name: str, known: Known) -> Session:
        """What serves an admitted client."""
        peer = Peer(name, known.role, self._line, known)
        return RtuSession(self._shared, peer) if self._door.rtu else Session(self._shared, TCP, peer)

    def refuse(self, kind: str, text: str) -> None:
        """A line in the log about somebody who was turned away."""
        self._shared.log.note(kind, text)

    def idle(self, guest: Guest) -> None:
        """A client that says nothing is put out."""
        self._shared.counters.idle_closed += 1
        self.refuse("client dropped", f"{guest.who}: no request for {self.idle_timeout_s:g} s")


def _remedy(error: OSError | OverflowError) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return "the port is in use: stop the other server or choose another port"
    if number in (errno.EACCES, errno.EPERM):
        return "no permission for this port: choose one above 1023"
    if number == errno.EADDRNOTAVAIL:
        return "this machine does not have that address: use 127.0.0.1, or 0.0.0.0 for all"
    return str(error)
