"""A toy plant behind TLS, and a folder of certificates as a control room may have it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.modbus.tls import TlsFiles
from protocols.modbus.tls_client import Identity
from protocols.passphrase import Passphrase
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from sector7.certs import Authority
from tests.hmi.toy_plant import ToyPlant

SECRET = "open sesame"


@dataclass(frozen=True)
class Secure:
    """A server and its folder."""

    server: PlantServer
    folder: Path

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    def identity(self, stem: str) -> Identity:
        """Somebody of the folder."""
        return Identity(self.folder / f"{stem}.pem", self.folder / f"{stem}.key", self.folder / "ca.pem")


def fill(folder: Path) -> None:
    """One of each role; locked, an engineer with a passphrase; expired; foreign, whose authority nobody knows."""
    authority = Authority()
    authority.save(folder)
    authority.server(folder)
    for role in Role:
        authority.client(folder, role)
    authority.client(folder, "engineer", "expired", start=-10, days=5)
    authority.client(folder, "engineer", "locked", passphrase=Passphrase(SECRET))
    Authority("somebody else").client(folder, "engineer", "foreign")


@asynccontextmanager
async def served(plant: ToyPlant, folder: Path, port: int = 0) -> AsyncIterator[Secure]:
    """The plant behind TLS, with the certificates of a folder that `fill` has filled."""
    files = TlsFiles(folder / "server.pem", folder / "server.key", folder / "ca.pem")
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=port, tls=files)])
    await server.start()
    try:
        yield Secure(server, folder)
    finally:
        await server.stop()
