"""Logging in with a certificate: the role is the certificate's; a wrong passphrase or an expired one lets nobody in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from hmi.desk import desk
from hmi.link.connect import plant_client
from hmi.link.snapshot import LinkState
from protocols.errors import LinkError
from protocols.modbus_client import PlantClient
from protocols.modbus_doors import TcpDoor
from protocols.modbus_server import PlantServer
from protocols.modbus_tls import TlsFiles
from protocols.modbus_tls_client import Identity
from protocols.plant_map import PLANT_MAP
from protocols.roles import Role
from sector7.certs import Authority
from tests.hmi.toy_plant import ToyPlant


@pytest.fixture
async def secure(plant: ToyPlant, tmp_path: Path) -> AsyncIterator[PlantServer]:
    authority = Authority()
    authority.save(tmp_path)
    authority.server(tmp_path)
    for role in Role:
        authority.client(tmp_path, role)
    authority.client(tmp_path, "engineer", "expired", start=-10, days=5)
    files = TlsFiles(tmp_path / "server.pem", tmp_path / "server.key", tmp_path / "ca.pem")
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, tls=files)])
    await server.start()
    yield server
    await server.stop()


def identity(folder: Path, stem: str) -> Identity:
    return Identity(folder / f"{stem}.pem", folder / f"{stem}.key", folder / "ca.pem")


async def test_the_banner_shows_the_certificate(secure: PlantServer, tmp_path: Path) -> None:
    tls = identity(tmp_path, "operator").context()
    shared = desk(plant_client("127.0.0.1", secure.port, tls), time.monotonic, False)
    task = asyncio.create_task(shared.acquisition.run())
    async with asyncio.timeout(20):
        while (await shared.acquisition.next_poll()).state is not LinkState.OK:
            pass
    assert shared.frame().role_text == "OPERATOR operator"
    assert shared.commander.blocked(["ST05.torque_low_sp"]) == "the role operator may not do this: engineer may"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_expired_certificate_does_not_get_in(secure: PlantServer, tmp_path: Path) -> None:
    client = PlantClient("127.0.0.1", secure.port, tls=identity(tmp_path, "expired").context())
    with pytest.raises(LinkError):
        await client.connect()
    await client.close()


async def test_a_passphrase_is_wanted_and_judged(secure: PlantServer, tmp_path: Path) -> None:
    path = tmp_path / "engineer.key"
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    encrypted = serialization.BestAvailableEncryption(b"castle")
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encrypted))
    who = identity(tmp_path, "engineer")
    assert who.locked
    for wrong in ("", "Castle"):
        with pytest.raises(LinkError, match="the passphrase is wrong"):
            who.context(wrong)
    client = PlantClient("127.0.0.1", secure.port, tls=who.context("castle"))
    await client.connect()
    session = await client.session()
    assert session is not None
    assert (session.role, session.holder) == (Role.ENGINEER, "engineer")
    await client.close()


def test_files_that_are_no_good_are_named(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"ca\.pem: is no certificate of an authority"):
        identity(tmp_path, "engineer").context()
