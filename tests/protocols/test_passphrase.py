"""A passphrase is shown to nobody, and its file is its owner's alone."""

from __future__ import annotations

import copy
import io
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.traceback import Traceback

from protocols.errors import LinkError
from protocols.passphrase import Passphrase, from_environment, read_passphrase

TYPED = st.lists(st.one_of(st.characters(exclude_categories=["Cs"]), st.none()))


@given(TYPED)
def test_typing_is_that_of_a_plain_text(keys: list[str | None]) -> None:
    secret, model = Passphrase(), ""
    for key in keys:
        if key is None:
            secret.rub_out()
            model = model[:-1]
        else:
            secret.type(key)
            model += key
        assert bytes(secret.reveal()) == model.encode()
        assert (len(secret), bool(secret)) == (len(model), bool(model))
    kept = secret.reveal()
    secret.wipe()
    assert not secret
    assert not kept


def test_it_shows_itself_to_nobody() -> None:
    secret = Passphrase("open sesame")
    assert "sesame" not in f"{secret!r} {secret} {[secret]}"
    for keep in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="not stored"):
            keep(secret)


def test_a_traceback_with_its_locals_does_not_show_it() -> None:
    def fails(secret: Passphrase) -> None:
        raise ValueError(f"with {secret!r}")

    told = io.StringIO()
    try:
        fails(Passphrase("".join(reversed("emases nepo"))))
    except ValueError:
        Console(file=told, width=120).print(Traceback(show_locals=True))  # as Textual does
    assert "secret = Passphrase(...)" in told.getvalue()
    assert "open sesame" not in told.getvalue()


def test_wiping_overwrites_the_bytes() -> None:
    secret = Passphrase("open sesame")
    view = memoryview(secret.reveal())
    with pytest.raises(BufferError):
        secret.wipe()  # the view keeps the bytes from being given back, so they can be looked at
    assert bytes(view) == bytes(11)
    view.release()


def test_a_file_of_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"open sesame\r\nrest")
    path.chmod(0o600)
    assert bytes(read_passphrase(path).reveal()) == b"open sesame"
    path.chmod(0o604)
    with pytest.raises(LinkError, match=r"others may read or change it \(its mode is 604\) \(chmod 600"):
        read_passphrase(path)
    path.chmod(0o600)
    path.write_bytes(b"\nopen sesame")
    with pytest.raises(LinkError, match="its first line is empty"):
        read_passphrase(path)
    with pytest.raises(LinkError, match="cannot be read: No such file"):
        read_passphrase(tmp_path / "none")


def test_the_environment_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_PASSPHRASE", "open sesame")
    assert bytes(from_environment("SOME_PASSPHRASE").reveal()) == b"open sesame"
    assert "SOME_PASSPHRASE" not in os.environ
    assert not from_environment("SOME_PASSPHRASE")
