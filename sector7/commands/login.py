"""How consoles are sat at: the options of `sector7 hmi` about certificates, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sector7.commands.passphrase import ask, given
from sector7.usage import UsageError

if TYPE_CHECKING:
    from hmi.link.login import Terms
    from protocols.modbus.tls_client import ClientContext, Identity

#: Minutes without a key after which somebody who logged in with a certificate is logged out.
LOGOUT_MIN = 15.0

Cert = Annotated[Path | None, typer.Option(help="Log in with this certificate (PEM), at a TLS port.")]
Key = Annotated[Path | None, typer.Option(help="Its key (PEM); an encrypted one asks for its passphrase.")]
Ca = Annotated[Path | None, typer.Option(help="The authority that signed the server (PEM).")]
Certs = Annotated[
    Path | None,
    typer.Option(
        help="Whom key L can log in: the certificates of this folder (default: that of --cert). Without --cert the "
        "console begins with its viewer.",
        metavar="DIR",
    ),
]
Logout = Annotated[
    float | None,
    typer.Option(
        help=f"Log out after so many minutes without a key; 0: never (default: {LOGOUT_MIN:g} with a certificate, "
        "else never).",
        metavar="MINUTES",
        min=0,
        max=1440,
    ),
]


@dataclass(frozen=True)
class Papers:
    """What was given on the command line."""

    cert: Path | None = None
    key: Path | None = None
    ca: Path | None = None
    certs: Path | None = None
    passphrase_file: Path | None = None

    def present(
        self, host: str, port: int, read_only: bool, logout: float | None
    ) -> tuple[Terms, ClientContext | None]:
        """The terms of a console for this server, and TLS as whom it begins; asks for a passphrase where one is wanted.

        Raises UsageError, LinkError.
        """
        from hmi.link.connect import plant_client
        from hmi.link.login import Terms
        from hmi.link.wallet import Wallet

        if (self.cert, self.key, self.ca, self.certs) == (None, None, None, None):
            return Terms(read_only, idle_s=60 * (logout or 0)), None
        first = self._first()
        wallet = Wallet(self.certs or first.certificate.parent, first.authority, first)
        idle_s = 60 * (LOGOUT_MIN if logout is None else logout)
        return Terms(read_only, wallet, partial(plant_client, host, port), idle_s), self._tls(first)

    def _first(self) -> Identity:
        from protocols.modbus.tls_client import Identity

        ca = self.ca or (self.certs / "ca.pem" if self.certs is not None else None)
        if self.certs is not None and self.cert is None and self.key is None and ca is not None:
            return self._viewer(self.certs, ca)
        for option, path in (("--cert", self.cert), ("--key", self.key), ("--ca", ca)):
            if path is None:
                raise UsageError(option, "", "a PEM file: --cert, --key and --ca belong together")
        assert self.cert is not None
        assert self.key is not None
        assert ca is not None
        return Identity(self.cert, self.key, ca)

    def _viewer(self, folder: Path, ca: Path) -> Identity:
        from datetime import UTC, datetime

        from hmi.link.wallet import Wallet
        from protocols.modbus.tls_client import Identity

        nobody = Identity(folder / "viewer.pem", folder / "viewer.key", ca)
        card = Wallet(folder, ca, nobody).viewer(datetime.now(UTC))
        if card is None:
            raise UsageError("--certs", str(folder), "a folder with a viewer's certificate and open key: give --cert")
        return card.identity

    def _tls(self, first: Identity) -> ClientContext:
        if not first.locked:
            return first.context()
        passphrase = given(self.passphrase_file) or ask(f"Passphrase of {first.key}: ")
        try:
            return first.context(passphrase)
        finally:
            passphrase.wipe()
