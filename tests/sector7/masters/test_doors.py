"""The doors of the command line, the certificates of a bench, and both together in a real process."""

from __future__ import annotations

import asyncio
import ssl
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from protocols.modbus.doors import SerialDoor, TcpDoor
from protocols.roles import Role
from sector7.certs import BenchExists, make_bench
from sector7.masters.doors import DoorOptions
from sector7.usage import UsageError

PROGRAM = (sys.executable, "-m", "sector7")


def test_without_options_there_is_one_plain_door() -> None:
    options = DoorOptions()
    assert options.doors() == [TcpDoor("127.0.0.1", 5020)]
    assert options.warnings == []


def test_all_options_together() -> None:
    options = DoorOptions(
        "0.0.0.0", 502, "operator", ["10.0.0.0/8", "192.168.1.7"], 802, rtu_tcp_port=503, serial="/dev/ttyS9",
        serial_units="11, 12", serial_baud=19200, serial_parity="E",
        tls_cert=Path("a"), tls_key=Path("b"), tls_ca=Path("c"),
    )  # fmt: skip
    plain, secure, rtu, line = options.doors()
    assert isinstance(plain, TcpDoor)
    assert isinstance(secure, TcpDoor)
    assert isinstance(rtu, TcpDoor)
    assert isinstance(line, SerialDoor)
    assert (plain.plain_role, rtu.plain_role, line.role) == (Role.OPERATOR,) * 3
    assert [str(n) for n in secure.allow] == ["10.0.0.0/8", "192.168.1.7/32"]
    assert secure.tls is not None
    assert (line.units, line.stream.name, line.stream.baud) == ((11, 12), "/dev/ttyS9", 19200)
    assert options.warnings == []


@pytest.mark.parametrize(("role", "may"), [("", "watch"), ("engineer", "command")])
def test_an_open_door_is_warned_of(role: str, may: str) -> None:
    options = DoorOptions("0.0.0.0", role=role)
    options.doors()
    [warning] = options.warnings
    assert f"can {may} the plant" in warning


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (DoorOptions(role="king"), "--role: 'king' is not a role (viewer, operator, engineer, plc)"),
        (DoorOptions(allow=["everybody"]), "--allow: 'everybody'"),
        (DoorOptions(tls_port=0, tls_cert=Path("a")), "--tls-key"),
        (DoorOptions(serial="/dev/x", serial_units="11,twelve"), "--serial-units: '11,twelve'"),
        (DoorOptions(serial="/dev/x", serial_units="0"), "--serial-units: '0'"),
    ],
)
def test_what_makes_no_sense_is_named(options: DoorOptions, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        options.doors()
    assert said in str(caught.value)


def test_a_bench_of_certificates(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "bench"
    paths = make_bench(folder, ["plant.example", "10.1.2.3"])
    assert sorted(p.stem for p in paths) == sorted(s for s in ("ca", "server", *Role) for _ in range(2))
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in paths if p.suffix == ".key")
    with pytest.raises(BenchExists, match="exists already"):
        make_bench(folder)


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """What `sector7 certs` makes."""
    made = subprocess.run([*PROGRAM, "certs", str(tmp_path)], capture_output=True, text=True, check=True)
    assert len(made.stdout.splitlines()) == 12
    return tmp_path


async def test_a_served_plant_with_tls_and_rtu(bench: Path) -> None:
    c = bench
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "serve", "--port", "0", "--rtu-tcp-port", "0", "--tls-port", "0", "--quiet",
        "--tls-cert", str(c / "server.pem"), "--tls-key", str(c / "server.key"), "--tls-ca", str(c / "ca.pem"),
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = [(await process.stdout.readline()).decode() for _ in range(3)]
        assert said[0].startswith("listening on 127.0.0.1:")
        assert "(Modbus TLS)" in said[1]
        assert "(RTU over TCP)" in said[2]
        context = ssl.create_default_context(cafile=str(c / "ca.pem"))
        context.load_cert_chain(c / "plc.pem", c / "plc.key")
        port = int(said[1].split(":")[1].split()[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        # the files and the event queue of the running plant
        writer.write(bytes.fromhex("0001 0000 000A 01 14 07 06 0001 0000 0002"))
        assert (await reader.readexactly(9 + 6))[7:13] == bytes.fromhex("14 06 05 06 0000")
        writer.write(bytes.fromhex("0002 0000 0004 01 18 2000"))
        assert (await reader.readexactly(8))[7] == 0x18
        writer.close()
    finally:
        process.terminate()
        await process.wait()
