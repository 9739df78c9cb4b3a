"""`sector7 web` and `sector7 web passwd` as commands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from protocols.roles import Role
from sector7.web.users import Users
from tests.sector7.command_line import Command


def test_passwd_makes_and_removes_users(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "users.json"
    monkeypatch.setattr("sys.stdin", io.StringIO("operating the line\n"))
    done = command("web", "passwd", "ada", "--role", "operator", "--users", str(file))
    assert (done.code, done.out) == (0, f"ada may log in as operator ({file})\n")
    assert Users(file).role("ada", "operating the line") is Role.OPERATOR
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    done = command("web", "passwd", "bob", "--users", str(file))
    assert done.code == 2
    assert "10 to 256 characters" in done.err
    assert command("web", "passwd", "ada", "--remove", "--users", str(file)).code == 0
    assert Users(file).count() == 0


@pytest.mark.parametrize(("arguments", "expected"), [
    ((), "a file with users: sector7 web passwd NAME --role operator"),
    (("--plant", "nowhere"), "HOST:PORT"),
    (("--tls-cert", "some.pem"), "complete: a certificate and its --tls-key"),
    (("--tls-cert", "some.pem", "--tls-key", "key.pem"), "a certificate that goes with key.pem"),
])  # fmt: skip
def test_what_is_missing_is_named(arguments: tuple[str, ...], expected: str, tmp_path: Path, command: Command) -> None:
    done = command("web", "--users", str(tmp_path / "none.json"), *arguments)
    assert done.code == 2
    assert expected in done.err
    assert done.err.count("\n") == 1
