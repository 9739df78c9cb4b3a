"""Clients that do not take their answers, as the server knows them."""

from __future__ import annotations

from protocols.modbus.connection import Connection
from protocols.modbus.server import PlantServer


def clogged(server: PlantServer) -> list[Connection]:
    """The connections that get no further answers for now."""
    guests = (guest for guest in server._shared.connections if isinstance(guest, Connection))
    return [guest for guest in guests if guest.session and guest.session._clogged]
