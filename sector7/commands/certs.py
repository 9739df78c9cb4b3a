"""`sector7 certs`: certificates for a test bench."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sector7.commands.passphrase import PassphraseFile, new


def certs(
    folder: Annotated[Path, typer.Argument(help="Where to put them; made if it does not exist.", metavar="DIR")],
    host: Annotated[list[str] | None, typer.Option(help="A name or address of the server besides loopback.")] = None,
    protect: Annotated[
        bool, typer.Option("--protect", help="Encrypt the keys of operator and engineer with a passphrase.")
    ] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make certificates for a test bench: an authority, the server, and one client for each role.

    With --protect (or --passphrase-file) the keys of operator and engineer open with a passphrase only; it is asked
    for. The viewer's and the PLC's stay open: a console that only shows, or a PLC, starts with nobody there to type.
    """
    from sector7.certs import make_bench

    passphrase = new(passphrase_file) if protect or passphrase_file is not None else None
    for path in make_bench(folder, host or (), passphrase):
        sys.stdout.write(f"{path}\n")
    if passphrase is not None:
        passphrase.wipe()
