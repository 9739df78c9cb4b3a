"""`sector7 certs`: what it makes, and a passphrase on the keys of people."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from protocols.modbus.tls_client import Identity
from protocols.passphrase import Passphrase
from protocols.roles import ROLE_OID, Role
from tests.sector7.command_line import Command
from tests.sector7.terminal import OnTerminal


def passphrase_file(folder: Path, text: str) -> Path:
    path = folder / "passphrase"
    path.write_text(text + "\n")
    path.chmod(0o600)
    return path


def there(path: Path) -> bool:
    return path.exists()


def test_keys_of_people_want_a_passphrase(command: Command, tmp_path: Path) -> None:
    bench = tmp_path / "bench"
    done = command("certs", str(bench), "--passphrase-file", str(passphrase_file(tmp_path, "open sesame")))
    assert (done.code, len(done.out.splitlines()), done.err) == (0, 12, "")
    for role in Role:
        who = Identity(bench / f"{role}.pem", bench / f"{role}.key", bench / "ca.pem")
        assert who.locked is (role in (Role.OPERATOR, Role.ENGINEER))
        assert who.context(Passphrase("open sesame") if who.locked else None).get_ca_certs()
    assert load_pem_private_key((bench / "server.key").read_bytes(), None) is not None


def test_a_passphrase_from_the_environment(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECTOR7_PASSPHRASE", "open sesame")
    assert command("certs", str(tmp_path), "--protect").code == 0
    assert load_pem_private_key((tmp_path / "engineer.key").read_bytes(), b"open sesame") is not None


def test_what_is_no_good_is_named_before_anything_is_made(command: Command, tmp_path: Path) -> None:
    bench, short = tmp_path / "bench", passphrase_file(tmp_path, "sesame")
    cases = {
        ("--passphrase-file", str(short)): (2, "is not long enough: 8 characters at least"),
        ("--passphrase-file", str(tmp_path / "none")): (3, f"{tmp_path}/none: cannot be read: No such file"),
        ("--protect",): (2, "SECTOR7_PASSPHRASE is not set, and there is no terminal to ask at"),
        ("--host", "a b"): (2, "'a b' is no name or address of a server"),
    }
    for options, (code, said) in cases.items():
        done = command("certs", str(bench), *options)
        assert done.code == code
        assert said in done.err
        assert "sesame" not in done.err
        assert done.err.count("\n") == 1
    assert not bench.exists()


def test_a_folder_that_cannot_be_written_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = command("certs", str(tmp_path / "file"))
    assert done.code == 3
    assert "file: certificates cannot be written here" in done.err
    assert "(name a folder that you may write to)" in done.err


def test_the_role_stands_where_the_specification_wants_it(command: Command, tmp_path: Path) -> None:
    assert command("certs", str(tmp_path)).code == 0
    certificate = x509.load_pem_x509_certificate((tmp_path / "operator.pem").read_bytes())
    [role] = [e.value for e in certificate.extensions if e.oid.dotted_string == ROLE_OID]
    assert isinstance(role, x509.UnrecognizedExtension)
    assert role.value == b"\x0c\x08operator"


async def test_it_is_typed_twice_and_not_shown(tmp_path: Path) -> None:
    bench = tmp_path / "bench"
    async with OnTerminal("certs", str(bench), "--protect") as terminal:
        await terminal.shows("New passphrase: ")
        terminal.press("open sesame\n")
        await terminal.shows("The same again: ")
        terminal.press("open sesam\n")
        assert await terminal.ends() == 2
        assert "not the same as the first: nothing was made" in terminal.text
        assert "sesam" not in terminal.text
    assert not there(bench)
