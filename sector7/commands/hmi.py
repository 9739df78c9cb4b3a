"""`sector7 hmi`: the operator's console in front of a plant that is served somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from protocols.address import HERE
from sector7.commands.connection import host_and_port
from sector7.commands.login import Ca, Cert, Certs, Key, Logout, Papers
from sector7.commands.options import Where
from sector7.commands.passphrase import PassphraseFile

if TYPE_CHECKING:
    from hmi.link.login import Terms
    from protocols.modbus.tls_client import ClientContext


def hmi(
    address: Where = HERE,
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, do not command.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines and words instead of screens: for screen readers and pipes.")
    ] = False,
    cert: Cert = None,
    key: Key = None,
    ca: Ca = None,
    certs: Certs = None,
    passphrase_file: PassphraseFile = None,
    logout: Logout = None,
    still: Annotated[
        bool, typer.Option("--still", help="Nothing blinks: reduced motion. TEXTUAL_ANIMATIONS=none does the same.")
    ] = False,
) -> None:
    """Open the operator screen on a plant that is served somewhere.

    With --cert, --key and --ca the server knows who you are, and your role is the certificate's (`sector7 certs DIR`
    makes some); without them it is that of the port. Key L logs somebody else in.

    With --plain every change is told on a line of its own, and commands are typed as words; `help` lists them.
    """
    host, port = host_and_port(address)
    terms, tls = Papers(cert, key, ca, certs, passphrase_file).present(host, port, read_only, logout)
    if plain:
        from hmi.plain.console import run as run_plain

        raise typer.Exit(run_plain(host, port, terms, tls))
    raise typer.Exit(show_hmi(host, port, terms, tls, still))


def show_hmi(
    host: str, port: int, terms: Terms | None = None, tls: ClientContext | None = None, still: bool = False
) -> int:
    """The screens in this terminal; returns their exit code."""
    from hmi.app import run
    from hmi.desk import COMMANDING

    return run(host, port, terms or COMMANDING, tls, still)
