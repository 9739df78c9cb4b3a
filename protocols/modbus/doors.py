"""The doors of a plant server: where it listens, in which framing, and as whom it takes its clients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from protocols.address import DEFAULT_PORT
from protocols.modbus.tls import TlsFiles
from protocols.ports import ByteStream
from protocols.roles import Role

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class TcpDoor:
    """A TCP port: Modbus TCP, with `tls` Modbus/TCP Security, with `rtu` RTU frames. Port 0 takes a free one.

    `role` is that of every client that shows no certificate; where it is not given, clients of a loopback address
    are engineers and all others viewers. Only clients from `allow` are let in; nothing there lets in everybody.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    tls: TlsFiles | None = None
    rtu: bool = False
    role: Role | None = None
    allow: tuple[Network, ...] = ()

    @property
    def plain_role(self) -> Role:
        """The role of a client without a certificate."""
        if self.role is not None:
            return self.role
        return Role.ENGINEER if is_loopback(self.host) else Role.VIEWER

    @property
    def kind(self) -> str:
        """What is spoken here."""
        return ("RTU over " if self.rtu else "Modbus ") + ("TLS" if self.tls else "TCP")


@dataclass(frozen=True)
class SerialDoor:
    """A serial line on which `units` answer (all of the map if None). Who holds the cable is a PLC."""

    stream: ByteStream
    units: tuple[int, ...] | None = None
    role: Role = Role.PLC


def is_loopback(host: str) -> bool:
    """True if only this machine can reach that address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def network(text: str) -> Network:
    """A network or an address such as 192.168.1.0/24 or 10.0.0.7. Raises ValueError."""
    return ip_network(text, strict=False)


def allowed(host: str, networks: Iterable[Network]) -> bool:
    """True if the numeric address `host` belongs to one of the networks."""
    address = ip_address(host.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in n for n in networks)
