"""Where the HMI's Modbus clients come from."""

from __future__ import annotations

import ssl

from hmi.link.client import ClientFactory
from protocols.modbus.client import PlantClient

#: A server that does not answer within this time has lost the link; shorter than the 2 s in which loss must show.
TIMEOUT_S = 1.0


def plant_client(host: str, port: int, tls: ssl.SSLContext | None = None) -> ClientFactory:
    """Makes Modbus clients for a server; with `tls` they show who they are."""
    return lambda: PlantClient(host, port, timeout_s=TIMEOUT_S, tls=tls)
