"""Modbus/TCP Security: who is let in, as whom, and what is said about those who are not."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from protocols.errors import LinkError
from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.modbus.tls import TlsFiles, certificate_role, holder, server_context
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from sector7.certs import Authority
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.links import client_context
from tests.protocols.modbus.raw_client import RawClient, frame

READ = bytes.fromhex("03 0014 0001")
ANSWER = bytes.fromhex("03 02 04B0")
WRITE = bytes.fromhex("06 0014 0514")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench of our own authority, and what others might try."""
    folder = tmp_path_factory.mktemp("bench")
    ours, rogue = Authority(), Authority()
    ours.save(folder)
    ours.server(folder)
    for role in Role:
        ours.client(folder, role)
    ours.client(folder, "engineer", "expired", start=-10, days=5)
    ours.client(folder, "engineer", "not_yet", start=5, days=5)
    ours.client(folder, "", "no_role")
    ours.client(folder, "Engineer", "wrong_role")
    rogue.client(folder, "engineer", "rogue")
    return folder


def files(bench: Path) -> TlsFiles:
    return TlsFiles(bench / "server.pem", bench / "server.key", bench / "ca.pem")


@pytest.fixture
async def secure(plant: DictPlant, bench: Path) -> AsyncIterator[PlantServer]:
    door = TcpDoor(port=0, tls=files(bench))
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[door], idle_timeout_s=30)
    await server.start()
    yield server
    await server.stop()


async def attempt(port: int, context: ssl.SSLContext | None, data: bytes) -> bytes:
    """What the server sends back to `data` before it hangs up."""
    try:
        client = await RawClient.connect(port, context)
        await client.send(data)
        answer = await client.reader.read()
        await client.close()
    except (OSError, asyncio.IncompleteReadError):  # ssl.SSLError is an OSError: the server's alert
        return b""
    return answer


async def still_serves(server: PlantServer, bench: Path) -> None:
    client = await RawClient.connect(server.port, client_context(bench, "engineer"))
    assert await client.ask(1, READ) == ANSWER
    await client.close()


REFUSED = {
    "no certificate": (None, "peer did not return a certificate"),
    "another authority": ("rogue", "certificate refused: "),
    "expired": ("expired", "certificate refused: certificate has expired"),
    "not valid yet": ("not_yet", "certificate refused: certificate is not yet valid"),
    "a server's certificate": ("server", "certificate refused: "),
}


@pytest.mark.parametrize(("stem", "said"), REFUSED.values(), ids=REFUSED)
async def test_who_is_not_let_in(
    stem: str | None, said: str, secure: PlantServer, bench: Path, plant: DictPlant, caplog: pytest.LogCaptureFixture
) -> None:
    assert await attempt(secure.port, client_context(bench, stem), frame(1, 1, WRITE)) == b""
    [line] = caplog.messages
    assert line.startswith("TLS refused: 127.0.0.1:")
    assert said in line
    assert (plant.written, secure.counters.requests) == ([], 0)
    await still_serves(secure, bench)


@pytest.mark.parametrize("data", [frame(1, 1, WRITE), b"GET / HTTP/1.1\r\n\r\n"], ids=["modbus", "http"])
async def test_plain_text_on_the_tls_port(
    data: bytes, secure: PlantServer, bench: Path, plant: DictPlant, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await attempt(secure.port, None, data)
    assert not answer.startswith(b"\0\1")
    [line] = caplog.messages
    assert line.startswith("TLS refused: 127.0.0.1:")
    assert plant.written == []
    await still_serves(secure, bench)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
async def test_old_tls_is_refused(secure: PlantServer, bench: Path, caplog: pytest.LogCaptureFixture) -> None:
    context = client_context(bench, "engineer")
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1_1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    assert await attempt(secure.port, context, frame(1, 1, WRITE)) == b""
    assert len(caplog.messages) == 1
    await still_serves(secure, bench)


async def test_tls_1_2_is_served(secure: PlantServer, bench: Path) -> None:
    context = client_context(bench, "engineer")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    client = await RawClient.connect(secure.port, context)
    assert await client.ask(1, READ) == ANSWER
    await client.close()


@pytest.mark.parametrize("stem", ["viewer", "no_role", "wrong_role"])
async def test_a_viewer_reads_and_may_not_write(
    stem: str, secure: PlantServer, bench: Path, plant: DictPlant, caplog: pytest.LogCaptureFixture
) -> None:
    client = await RawClient.connect(secure.port, client_context(bench, stem))
    assert await client.ask(1, READ) == ANSWER
    for _ in range(3):
        assert await client.ask(1, WRITE) == b"\x86\x01"
    assert await client.ask(1, READ) == ANSWER
    assert plant.written == []
    [line] = caplog.messages
    assert line.startswith(f"write refused: {stem} (viewer) at 127.0.0.1:")
    await client.close()


async def test_the_certificate_says_who_writes(secure: PlantServer, bench: Path, plant: DictPlant) -> None:
    client = await RawClient.connect(secure.port, client_context(bench, "plc"))
    assert await client.ask(1, WRITE) == WRITE
    [(*_, who)] = plant.written
    assert who.startswith("plc (plc) at 127.0.0.1:")
    await client.close()


async def test_a_client_that_never_shakes_hands_is_put_out(
    secure: PlantServer, bench: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("protocols.modbus.connection.HANDSHAKE_S", 0.05)
    silent = await RawClient.connect(secure.port)
    assert await silent.ended()
    [line] = caplog.messages
    assert "no handshake within" in line
    assert secure.counters.clients == 0


async def test_stopping_during_a_handshake_leaves_nothing(plant: DictPlant, bench: Path) -> None:
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, tls=files(bench))])
    await server.start()
    silent = await RawClient.connect(server.port)
    while not server.counters.clients:  # noqa: ASYNC110 - a counter has no event to wait for
        await asyncio.sleep(0)
    await server.stop()
    assert await silent.ended()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await silent.close()


@pytest.mark.parametrize(
    ("certificate", "key", "authority", "said"),
    [
        ("none.pem", "server.key", "ca.pem", r"none\.pem: no such file"),
        ("server.pem", "viewer.key", "ca.pem", r"server\.pem: is no certificate of the key .*viewer\.key"),
        ("server.pem", "server.key", "server.key", r"server\.key: is no certificate of an authority"),
        ("ca.key", "server.key", "ca.pem", r"ca\.key: is no certificate"),
    ],
)
def test_files_that_are_no_good_are_named(certificate: str, key: str, authority: str, said: str, bench: Path) -> None:
    with pytest.raises(LinkError, match=said):
        server_context(TlsFiles(bench / certificate, bench / key, bench / authority))


@pytest.mark.parametrize("stem", [*Role, "no_role", "wrong_role", "server", "ca"])
def test_the_role_in_a_certificate(stem: str, bench: Path) -> None:
    der = ssl.PEM_cert_to_DER_cert((bench / f"{stem}.pem").read_text())
    assert certificate_role(der) == {"wrong_role": "Engineer"}.get(stem, stem if stem in list(Role) else "")


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 10, 100, 300])
def test_a_damaged_certificate_has_no_role(cut: int, bench: Path) -> None:
    der = ssl.PEM_cert_to_DER_cert((bench / "engineer.pem").read_text())
    assert certificate_role(der[:cut]) == ""
    assert certificate_role(der[cut + 1 :]) == ""


def test_a_name_in_a_certificate_cannot_spoil_the_log(bench: Path) -> None:
    der = ssl.PEM_cert_to_DER_cert((bench / "viewer.pem").read_text())
    subject = ((("commonName", "a\nb" + "c" * 100),),)
    connection = SimpleNamespace(getpeercert=lambda binary_form=False: der if binary_form else {"subject": subject})
    name, role = holder(connection)
    assert (name, role) == ("ab" + "c" * 62, Role.VIEWER)
