"""Client certificates as files: who somebody is by one, as what, and from when to when.

Needs the package cryptography (`pip install 'sector7[security]'`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from protocols.errors import LinkError
from protocols.modbus.tls import certificate_role

try:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
except ImportError as missing:
    raise LinkError(
        "certificates", "the package cryptography is not installed", "pip install 'sector7[security]'"
    ) from missing

#: A larger file is no certificate (bytes).
_LARGEST: Final = 1 << 16


@dataclass(frozen=True)
class Certificate:
    """What a client's certificate says. `role` is its text, empty if it carries none; times are UTC."""

    path: Path
    name: str
    role: str
    issuer: str
    begins: datetime
    ends: datetime

    def trouble(self, now: datetime) -> str:
        """Why it is good for nothing now; empty if its time has come and not passed."""
        if now < self.begins:
            return f"not valid before {self.begins:%Y-%m-%d}"
        return f"expired on {self.ends:%Y-%m-%d}" if now > self.ends else ""


def client_certificate(path: Path) -> Certificate | None:
    """The client's certificate in a PEM file; None if it is something else: a key, an authority, a server."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        if not _for_clients(certificate):
            return None
        return Certificate(
            path,
            _common_name(certificate.subject),
            certificate_role(certificate.public_bytes(Encoding.DER)),
            _common_name(certificate.issuer),
            certificate.not_valid_before_utc.astimezone(UTC),
            certificate.not_valid_after_utc.astimezone(UTC),
        )
    except (OSError, ValueError):
        return None


def _for_clients(certificate: x509.Certificate) -> bool:
    try:
        if certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return ExtendedKeyUsageOID.CLIENT_AUTH in uses


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(found[0].value) if found else "unnamed"
    return "".join(c for c in text if c.isprintable())[:64]
