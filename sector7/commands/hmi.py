"""`sector7 hmi`: the operator's console in front of a plant that is served somewhere."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Annotated

import typer

from sector7.commands.passphrase import PassphraseFile, ask, given
from sector7.usage import UsageError


def hmi(
    address: Annotated[str, typer.Argument(help="A server with this register map.", metavar="HOST:PORT")],
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, do not command.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines and words instead of screens: for screen readers and pipes.")
    ] = False,
    cert: Annotated[Path | None, typer.Option(help="Log in with this certificate (PEM), at a TLS port.")] = None,
    key: Annotated[Path | None, typer.Option(help="Its key (PEM); an encrypted one asks for its passphrase.")] = None,
    ca: Annotated[Path | None, typer.Option(help="The authority that signed the server (PEM).")] = None,
    passphrase_file: PassphraseFile = None,
    still: Annotated[
        bool, typer.Option("--still", help="Nothing blinks: reduced motion. TEXTUAL_ANIMATIONS=none does the same.")
    ] = False,
) -> None:
    """Open the operator screen on a plant that is served somewhere.

    With --cert, --key and --ca the server knows who you are, and your role is the certificate's (`sector7 certs DIR`
    makes some); without them it is that of the port.

    With --plain every change is told on a line of its own, and commands are typed as words; `help` lists them.
    """
    host, port = host_and_port(address)
    if plain:
        from hmi.plain.console import run as run_plain

        if cert or key or ca:
            raise UsageError("--plain", "with a certificate", "a plain port: it speaks no TLS yet")
        raise typer.Exit(run_plain(host, port, read_only))
    raise typer.Exit(show_hmi(host, port, read_only, login(cert, key, ca, passphrase_file), still))


def login(cert: Path | None, key: Path | None, ca: Path | None, file: Path | None) -> ssl.SSLContext | None:
    """TLS with a certificate, None without one. `file` holds the passphrase of an encrypted key; else it is asked for.

    Raises UsageError, LinkError.
    """
    if cert is None and key is None and ca is None:
        return None
    for option, path in (("--cert", cert), ("--key", key), ("--ca", ca)):
        if path is None:
            raise UsageError(option, "", "a PEM file: --cert, --key and --ca belong together")
    assert cert is not None
    assert key is not None
    assert ca is not None
    from protocols.modbus_tls_client import Identity

    identity = Identity(cert, key, ca)
    if not identity.locked:
        return identity.context()
    passphrase = given(file) or ask(f"Passphrase of {key}: ")
    try:
        return identity.context(passphrase)
    finally:
        passphrase.wipe()


def show_hmi(
    host: str, port: int, read_only: bool = False, tls: ssl.SSLContext | None = None, still: bool = False
) -> int:
    """The screens in this terminal; returns their exit code."""
    from hmi.app import run

    return run(host, port, read_only, tls, still)


def host_and_port(text: str) -> tuple[str, int]:
    """The two parts of HOST:PORT. Raises UsageError."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise UsageError("HOST:PORT", text, "a host and a port such as 127.0.0.1:5020")
    return host.strip("[]"), int(port)
