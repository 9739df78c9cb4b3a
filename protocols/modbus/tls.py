"""Modbus/TCP Security: mutual TLS, and the role that a client's certificate carries."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from protocols.errors import LinkError
from protocols.roles import ROLE_OID, Role

#: How long a client may take for its handshake.
HANDSHAKE_S: Final = 5.0

_SEQUENCE, _OBJECT_ID, _OCTETS, _UTF8, _EXTENSIONS = 0x30, 0x06, 0x04, 0x0C, 0xA3


@dataclass(frozen=True)
class TlsFiles:
    """PEM files: the server's certificate and key, and the authority that signs clients."""

    certificate: Path
    key: Path
    authority: Path


class HandshakeError(ssl.SSLError):
    """A handshake that failed (its cause says why), and the `alert` that tells the client."""

    def __init__(self, alert: bytes) -> None:
        super().__init__("handshake failed")
        self.alert = alert


class _ServerObject(ssl.SSLObject):
    """Gives out the alert of a handshake that fails: asyncio would hang up without a word."""

    outgoing: ssl.MemoryBIO

    def do_handshake(self) -> None:
        """As the base class does. Raises HandshakeError."""
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            raise HandshakeError(self.outgoing.read()) from error


class _ServerContext(ssl.SSLContext):
    sslobject_class = _ServerObject

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """As the base class does."""
        made = super().wrap_bio(incoming, outgoing, server_side, server_hostname, session)
        assert isinstance(made, _ServerObject)
        made.outgoing = outgoing
        return made


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """TLS 1.2 or newer, for clients that the authority has signed. Raises LinkError naming the file that is no good."""
    context = _ServerContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    # A resumed session would carry an old verdict on the certificate.
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    for path in (files.certificate, files.key, files.authority):
        if not path.is_file():
            raise LinkError(str(path), "no such file", "`sector7 certs DIR` makes certificates for a test bench")
    try:
        context.load_cert_chain(files.certificate, files.key)
    except (OSError, ValueError) as error:
        raise LinkError(str(files.certificate), f"is no certificate of the key {files.key}", _reason(error)) from error
    try:
        context.load_verify_locations(files.authority)
    except (OSError, ValueError) as error:
        raise LinkError(str(files.authority), "is no certificate of an authority", _reason(error)) from error
    return context


def holder(connection: Any) -> tuple[str, Role]:
    """Name and role of the client at the other end of a TLS connection. Without a role that we know: viewer."""
    subject = dict(pair for group in connection.getpeercert().get("subject", ()) for pair in group)
    text = certificate_role(connection.getpeercert(binary_form=True))
    name = "".join(c for c in str(subject.get("commonName", "unnamed")) if c.isprintable())[:64]
    return name, Role(text) if text in list(Role) else Role.VIEWER


def certificate_role(der: bytes) -> str:
    """The role in a DER certificate, empty if it has none."""
    try:
        certificate = _children(_only(der, _SEQUENCE))
        extensions = next((c for tag, c in _children(certificate[0][1]) if tag == _EXTENSIONS), b"")
        for _, extension in _children(_only(extensions, _SEQUENCE)) if extensions else ():
            parts = _children(extension)
            if parts[0] == (_OBJECT_ID, _ROLE) and parts[-1][0] == _OCTETS:
                return _only(parts[-1][1], _UTF8).decode()
    except (IndexError, ValueError):
        pass
    return ""


def _children(content: bytes) -> list[tuple[int, bytes]]:
    """(tag, content) of the DER elements that lie side by side in `content`."""
    found, at = [], 0
    while at < len(content):
        tag, size, at = content[at], content[at + 1], at + 2
        if size & 0x80:
            octets = size & 0x7F
            size, at = int.from_bytes(content[at : at + octets], "big"), at + octets
        if at + size > len(content):
            raise ValueError("truncated")
        found.append((tag, content[at : at + size]))
        at += size
    return found


def _object_identifier(dotted: str) -> bytes:
    """Its DER content: seven bits a byte, all but the last of a number marked."""
    first, second, *others = map(int, dotted.split("."))
    content = bytearray()
    for number in (40 * first + second, *others):
        content += bytes((number >> shift & 0x7F) | 0x80 for shift in (28, 21, 14, 7) if number >> shift)
        content.append(number & 0x7F)
    return bytes(content)


_ROLE: Final = _object_identifier(ROLE_OID)


def _only(content: bytes, tag: int) -> bytes:
    [(found, inner)] = _children(content)
    if found != tag:
        raise ValueError("another type")
    return inner


def trouble(error: OSError | EOFError) -> str:
    """Why a handshake failed, in one line."""
    if isinstance(error, HandshakeError) and isinstance(error.__cause__, ssl.SSLError):
        error = error.__cause__
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate refused: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return _reason(error)
    if isinstance(error, TimeoutError) or "taking longer than" in str(error):
        return f"no handshake within {HANDSHAKE_S:g} s"
    return "the client closed the connection during the handshake"


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
    return str(reason).lower().replace("_", " ")
