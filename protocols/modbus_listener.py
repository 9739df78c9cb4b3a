"""The listening socket of the Modbus server: pymodbus' TCP server with our own connections on it."""

from __future__ import annotations

import asyncio
import errno
from typing import Any, cast

from pymodbus.server import ModbusTcpServer
from pymodbus.server.base import ModbusBaseServer
from pymodbus.simulator import DataType, SimData, SimDevice

from protocols.errors import LinkError
from protocols.modbus_connection import Connection, Shared

#: How long a client may take to collect its last answers when the server stops.
GRACE_S = 1.0


class Listener(ModbusTcpServer):
    """Accepts connections; what they are answered is `shared`'s business."""

    def __init__(self, host: str, port: int, shared: Shared) -> None:
        # pymodbus wants a device of its own. Nobody reads it: our connections answer by themselves.
        unused = SimDevice(0, simdata=[SimData(0, values=0, datatype=DataType.REGISTERS)])
        super().__init__(unused, address=(host, port))
        self._where = f"{host}:{port}"
        self._shared = shared

    def callback_new_connection(self) -> Any:
        """pymodbus: the protocol object for a new connection."""
        return Connection(self, self._shared)

    async def open(self) -> int:
        """Begin to listen; returns the port. Raises LinkError when that is not possible."""
        self.is_listener = True
        try:
            self.transport = await self.call_create()
        except (OSError, OverflowError) as error:
            self.release()
            raise LinkError(self._where, "cannot listen here", _remedy(error)) from error
        server = cast(asyncio.Server, self.transport)
        return int(server.sockets[0].getsockname()[1])

    async def finish(self) -> None:
        """Stop listening and part from the clients; returns when all connections are gone."""
        leaving = list(self._shared.connections)
        self.release()
        if leaving:
            await asyncio.wait([connection.gone for connection in leaving], timeout=GRACE_S)
            for connection in leaving:
                connection.drop()
            await asyncio.wait([connection.gone for connection in leaving])

    def release(self) -> None:
        """Give back the socket and pymodbus' class-wide reference to this server."""
        self.close()
        self.serving.cancel()
        if ModbusBaseServer.active_server is self:
            ModbusBaseServer.active_server = None


def _remedy(error: OSError | OverflowError) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return "the port is in use: stop the other server or choose another port"
    if number in (errno.EACCES, errno.EPERM):
        return "no permission for this port: choose one above 1023"
    if number == errno.EADDRNOTAVAIL:
        return "this machine does not have that address: use 127.0.0.1, or 0.0.0.0 for all"
    return str(error)
