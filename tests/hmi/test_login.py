"""Logging in with a certificate: the role is the certificate's; a wrong passphrase or an expired one lets nobody in."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hmi.desk import desk
from hmi.link.connect import plant_client
from hmi.link.snapshot import LinkState
from protocols.errors import LinkError
from protocols.modbus.client import PlantClient
from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.modbus.tls import TlsFiles
from protocols.modbus.tls_client import Identity
from protocols.passphrase import Passphrase
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from sector7.certs import Authority
from tests.hmi.painted import SLOWER
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S


@pytest.fixture
async def secure(plant: ToyPlant, tmp_path: Path) -> AsyncIterator[PlantServer]:
    authority = Authority()
    authority.save(tmp_path)
    authority.server(tmp_path)
    for role in Role:
        authority.client(tmp_path, role)
    authority.client(tmp_path, "engineer", "expired", start=-10, days=5)
    authority.client(tmp_path, "engineer", "locked", passphrase=Passphrase("castle"))
    files = TlsFiles(tmp_path / "server.pem", tmp_path / "server.key", tmp_path / "ca.pem")
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, tls=files)])
    await server.start()
    yield server
    await server.stop()


def identity(folder: Path, stem: str) -> Identity:
    return Identity(folder / f"{stem}.pem", folder / f"{stem}.key", folder / "ca.pem")


async def test_the_banner_shows_the_certificate(secure: PlantServer, tmp_path: Path) -> None:
    tls = identity(tmp_path, "operator").context()
    shared = desk(plant_client("127.0.0.1", secure.port, tls), lambda: time.monotonic() / SLOWER)
    task = asyncio.create_task(shared.acquisition.run())
    async with asyncio.timeout(PATIENCE_S):
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
    who = identity(tmp_path, "locked")
    assert who.locked
    for wrong in (None, Passphrase("Castle")):
        with pytest.raises(LinkError, match=r"locked\.key: the passphrase is wrong"):
            who.context(wrong)
    client = PlantClient("127.0.0.1", secure.port, tls=who.context(Passphrase("castle")))
    await client.connect()
    session = await client.session()
    assert session is not None
    assert (session.role, session.holder) == (Role.ENGINEER, "locked")
    await client.close()


def test_files_that_are_no_good_are_named(tmp_path: Path) -> None:
    who = identity(tmp_path, "engineer")
    with pytest.raises(LinkError, match=r"engineer\.key: cannot be read: No such file"):
        who.context()
    authority = Authority()
    authority.client(tmp_path, "engineer")
    with pytest.raises(LinkError, match=r"ca\.pem: cannot be read"):
        who.context()
    who.authority.write_text("nothing")
    with pytest.raises(LinkError, match=r"ca\.pem: is no certificate of an authority"):
        who.context()
    authority.save(tmp_path)
    assert who.context().verify_mode is ssl.CERT_REQUIRED
    authority.client(tmp_path, "operator")
    with pytest.raises(LinkError, match=r"operator\.pem: is no certificate of the key .*engineer\.key"):
        Identity(tmp_path / "operator.pem", who.key, who.authority).context()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o602])
def test_a_key_that_others_may_read_is_refused(mode: int, tmp_path: Path) -> None:
    authority = Authority()
    authority.save(tmp_path)
    authority.client(tmp_path, "engineer")
    who = identity(tmp_path, "engineer")
    who.key.chmod(mode)
    if mode == 0o640 and who.key.stat().st_uid == 0:
        who.context()  # root's group may read what is root's
    else:
        with pytest.raises(LinkError, match=rf"others may read or change it \(its mode is {mode:o}\) \(chmod 600 "):
            who.context()


def test_only_the_named_authority_is_believed(tmp_path: Path) -> None:
    Authority().save(tmp_path)
    Authority("another").client(tmp_path, "engineer")
    [known] = identity(tmp_path, "engineer").context().get_ca_certs()
    assert "sector7 test bench authority" in str(known["subject"])


@pytest.fixture(scope="module")
def wrong_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wrong")
    ours, rogue = Authority(), Authority()
    ours.save(folder)
    ours.server(folder)
    ours.server(folder, ["plant.example"], "elsewhere")
    ours.client(folder, "engineer")
    ours.client(folder, "engineer", "expired", start=-10, days=5)
    (folder / "rogue").mkdir()
    rogue.save(folder / "rogue")
    rogue.client(folder, "engineer", "foreign")
    return folder


#: In TLS 1.3 the client is done before the server judges, and its first request may meet a closed door.
HUNG_UP = "|the server hung up when it saw the certificate"
REFUSED = {
    "expired": ("expired", "ca.pem", "server", "the server refused the certificate: certificate expired"),
    "foreign": ("foreign", "ca.pem", "server", "the server refused the certificate: unknown ca"),
    "another authority": ("engineer", "rogue/ca.pem", "server", "certificate does not match: .*self.signed"),
    "another name": ("engineer", "ca.pem", "elsewhere", "does not match: .*not valid for '127.0.0.1'"),
    "a plain port": ("engineer", "ca.pem", "", "the server broke off the handshake .is it a TLS port"),
}


@pytest.mark.parametrize(("stem", "ca", "server", "why"), REFUSED.values(), ids=REFUSED)
async def test_a_refused_handshake_tells_why(
    stem: str, ca: str, server: str, why: str, plant: ToyPlant, wrong_files: Path
) -> None:
    files = TlsFiles(wrong_files / f"{server}.pem", wrong_files / f"{server}.key", wrong_files / "ca.pem")
    door = TcpDoor(port=0, tls=files if server else None)
    served = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door])
    await served.start()
    who = Identity(wrong_files / f"{stem}.pem", wrong_files / f"{stem}.key", wrong_files / ca)
    for newest in (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2):
        tls = who.context()
        tls.maximum_version = newest
        client = PlantClient("127.0.0.1", served.port, tls=tls)
        said = f"{why}{HUNG_UP}" if newest is ssl.TLSVersion.TLSv1_3 else why
        with pytest.raises(LinkError, match=said):
            await client.connect()
        await client.close()
    await served.stop()
