"""The wallet of a console: the certificates in a folder that it may show to the plant's server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from protocols.errors import LinkError
from protocols.modbus.tls_client import Identity
from protocols.passphrase import check_private
from protocols.roles import Role

#: More files of a folder are not looked at.
_MOST: Final = 200
_ORDER: Final = [*Role]


@dataclass(frozen=True)
class Card:
    """One certificate with its key. `trouble` is why it is good for nothing now; `until` its last day."""

    identity: Identity
    name: str
    role: str
    issuer: str
    until: str
    locked: bool
    trouble: str

    @property
    def who(self) -> str:
        """Name and role."""
        return f"{self.name} ({self.role or 'no role'})"


@dataclass(frozen=True)
class Wallet:
    """The PEM files of a folder, and the identity that the console began with, wherever it lies.

    `authority` is who signed the server. A certificate NAME.pem has its key in NAME.key.
    """

    folder: Path
    authority: Path
    first: Identity

    def cards(self, now: datetime) -> list[Card]:
        """All client certificates, those with the least to say first. Raises LinkError if they cannot be read here."""
        found = [Identity(path, path.with_suffix(".key"), self.authority) for path in self._paths()]
        if not any(who.certificate.resolve() == self.first.certificate.resolve() for who in found):
            found.append(self.first)
        cards = [card for who in found if (card := read_card(who, now)) is not None]
        return sorted(cards, key=lambda c: (_ORDER.index(Role(c.role)) if c.role in _ORDER else -1, c.name))

    def viewer(self, now: datetime) -> Card | None:
        """A viewer's certificate that opens without a passphrase. Raises LinkError as `cards` does."""
        fit = (card for card in self.cards(now) if card.role == Role.VIEWER and not (card.locked or card.trouble))
        return next(fit, None)

    def _paths(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix in (".pem", ".crt"))[:_MOST]
        except OSError as error:
            raise LinkError(str(self.folder), f"cannot be read: {error.strerror}", "name another --certs") from None


def read_card(who: Identity, now: datetime) -> Card | None:
    """What an identity is good for; None if there is no client's certificate in its file."""
    from protocols.modbus.certificates import client_certificate  # takes a moment to import; wanted only by who logs in

    found = client_certificate(who.certificate)
    if found is None:
        return None
    locked, trouble = False, found.trouble(now)
    try:
        locked = who.locked
        check_private(who.key)
    except LinkError as error:
        trouble = trouble or f"its key {who.key.name}: {error.problem}"
    return Card(who, found.name, found.role, found.issuer, f"{found.ends:%Y-%m-%d}", locked, trouble)
