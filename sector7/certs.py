"""Certificates for a test bench: an authority, the plant server, and one client for each role.

Needs the package cryptography (`pip install 'sector7[security]'`). A bench's authority is no authority for anything
else: its key lies beside the certificates.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from protocols.errors import EmulatorError, LinkError
from protocols.passphrase import Passphrase
from protocols.roles import ROLE_OID, Role

try:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
except ImportError as missing:
    raise LinkError(
        "certificates", "the package cryptography is not installed", "pip install 'sector7[security]'"
    ) from missing

#: Whose keys a passphrase protects. A viewer's console and a PLC start without anybody who could type one.
PEOPLE: Final = (Role.OPERATOR, Role.ENGINEER)
LOCAL: Final = ("localhost", "127.0.0.1", "::1")
DAYS: Final = 730

#: A name that a certificate can carry; names with other letters are written in their ASCII form.
_HOST: Final = re.compile(r"(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_ROLE: Final = x509.ObjectIdentifier(ROLE_OID)


class BenchExists(EmulatorError):
    """The folder holds certificates already; they may be in use."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already: choose another folder, or remove it first")
        self.path = path


class BadHost(EmulatorError):
    """A name that no server can have."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host!r} is no name or address of a server: letters, digits, dots and hyphens")
        self.host = host


class Authority:
    """A certificate authority that lives for the length of a call; its files are written by `save`."""

    def __init__(self, name: str = "sector7 test bench authority") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        usage = x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = (
            self._builder(self._name, self._key.public_key(), 0, DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
        )
        self._certificate = builder.sign(self._key, hashes.SHA256())

    def save(self, folder: Path) -> list[Path]:
        """Write ca.pem and ca.key."""
        return _save(folder, "ca", self._certificate, self._key)

    def server(self, folder: Path, hosts: Sequence[str] = LOCAL, stem: str = "server") -> list[Path]:
        """Issue a server certificate for these names and addresses; write STEM.pem and STEM.key."""
        names = x509.SubjectAlternativeName([_general(host) for host in hosts])
        return self._issue(folder, stem, "sector7 plant", [names], ExtendedKeyUsageOID.SERVER_AUTH, 0, DAYS)

    def client(
        self,
        folder: Path,
        role: str,
        stem: str = "",
        *,
        start: int = 0,
        days: int = DAYS,
        passphrase: Passphrase | None = None,
    ) -> list[Path]:
        """Issue a client certificate with a role (none if empty), valid from `start` days from now for `days` days.

        With a passphrase its key is encrypted.
        """
        stem = stem or role
        text = role.encode()
        carried = [x509.UnrecognizedExtension(_ROLE, bytes((0x0C, len(text))) + text)] if text else []
        return self._issue(folder, stem, stem, carried, ExtendedKeyUsageOID.CLIENT_AUTH, start, days, passphrase)

    def _issue(
        self,
        folder: Path,
        stem: str,
        name: str,
        extensions: Sequence[x509.ExtensionType],
        use: x509.ObjectIdentifier,
        start: int,
        days: int,
        passphrase: Passphrase | None = None,
    ) -> list[Path]:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = (
            self._builder(_name(name), key.public_key(), start, days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return _save(folder, stem, builder.sign(self._key, hashes.SHA256()), key, passphrase)

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, start: int, days: int
    ) -> x509.CertificateBuilder:
        begin = datetime.now(UTC) + timedelta(days=start) - timedelta(hours=1)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + timedelta(days=days))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        )


def make_bench(folder: Path, hosts: Sequence[str] = (), passphrase: Passphrase | None = None) -> list[Path]:
    """Make ca, server and one client for each role in `folder`; returns the files.

    The server's certificate is for this machine's loopback and `hosts`; a passphrase protects the keys of PEOPLE.
    Raises BenchExists rather than overwrite, LinkError if nothing can be written there.
    """
    for host in hosts:
        _general(host)  # a bad name is told before anything is written
    stems = ("ca", "server", *Role)
    for path in (folder / f"{stem}{suffix}" for stem in stems for suffix in (".pem", ".key")):
        if path.exists():
            raise BenchExists(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        authority = Authority()
        paths = authority.save(folder) + authority.server(folder, [*LOCAL, *hosts])
        for role in Role:
            paths += authority.client(folder, role, passphrase=passphrase if role in PEOPLE else None)
    except OSError as error:
        problem = f"certificates cannot be written here: {error.strerror or error}"
        raise LinkError(str(folder), problem, "name a folder that you may write to") from error
    return paths


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        pass
    if not _HOST.fullmatch(host):
        raise BadHost(host)
    return x509.DNSName(host)


def _save(
    folder: Path,
    stem: str,
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    passphrase: Passphrase | None = None,
) -> list[Path]:
    locked: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        locked = serialization.BestAvailableEncryption(bytes(passphrase.reveal()))
    encoded = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
    pem, secret = folder / f"{stem}.pem", folder / f"{stem}.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(encoded)
    return [pem, secret]
