"""`sector7 hmi` with certificates: what is wrong with them is told in one line, before any screen opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hmi.plain.test_console import console
from tests.hmi.secure import SECRET, fill, served
from tests.hmi.toy_plant import ToyPlant
from tests.sector7.command_line import Command

NOBODY = "127.0.0.1:1"


@pytest.fixture
def certs(tmp_path: Path) -> Path:
    folder = tmp_path / "certs"
    folder.mkdir()
    fill(folder)
    return folder


def papers(folder: Path, stem: str) -> list[str]:
    return ["--cert", str(folder / f"{stem}.pem"), "--key", str(folder / f"{stem}.key"), "--ca", str(folder / "ca.pem")]


def secret_file(folder: Path, text: str) -> str:
    path = folder / "passphrase"
    path.write_text(text)
    path.chmod(0o600)
    return str(path)


def test_papers_that_are_no_good(command: Command, certs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ("hmi", NOBODY, "--plain")
    wrong = ["--passphrase-file", secret_file(certs, "sesame, close")]
    for given, code, said in (
        (papers(certs, "operator")[:2], 2, "--key: '' is not a PEM file: --cert, --key and --ca belong together"),
        (["--certs", str(certs / "none")], 3, "none: cannot be read: No such file or directory"),
        (papers(certs, "nobody"), 3, "nobody.key: cannot be read: No such file or directory"),
        (papers(certs, "locked"), 2, "SECTOR7_PASSPHRASE is not set, and there is no terminal to ask at"),
        ([*papers(certs, "locked"), *wrong], 3, "the passphrase is wrong"),
    ):
        done = command(*plain, *given)
        assert (done.code, done.err.count("\n")) == (code, 1), done.err
        assert said in done.err
        assert "sesame" not in done.err
    monkeypatch.setenv("SECTOR7_PASSPHRASE", "sesame, close")
    done = command(*plain, *papers(certs, "locked"))
    assert done.code == 3
    assert "the passphrase is wrong" in done.err
    assert "sesame" not in done.err


def test_a_folder_without_an_open_viewer(command: Command, certs: Path) -> None:
    (certs / "viewer.key").unlink()
    done = command("hmi", NOBODY, "--certs", str(certs))
    assert done.code == 2
    assert "is not a folder with a viewer's certificate and open key: give --cert" in done.err


async def test_a_script_opens_an_encrypted_key(certs: Path, plant: ToyPlant) -> None:
    options = [*papers(certs, "locked"), "--passphrase-file", secret_file(certs, SECRET)]
    async with served(plant, certs) as secure, console(secure.port, *options) as plain:
        await plain.says("Type help")
        plain.type("set ST05.torque_low 5.5", "yes", "quit")
        await plain.says("5.40 -> 5.50 N·m: OK")
        assert (await plain.ends())[0] == 0


@pytest.fixture
def plant() -> ToyPlant:
    return ToyPlant()
