"""The client's end of Modbus/TCP Security: a certificate that says who somebody is, and a connection that shows it."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.transport.transport import CommParams, CommType

from protocols.errors import LinkError
from protocols.passphrase import Passphrase, check_private

_BROKEN_OFF: Final = "the server broke off the handshake"
#: What OpenSSL says of an answer that is no TLS.
_NO_TLS: Final = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNEXPECTED_MESSAGE", "HTTP_REQUEST")


class _WitnessedObject(ssl.SSLObject):
    """Notes what goes wrong where pymodbus would keep it to itself."""

    def do_handshake(self) -> None:
        """As the base class does; until it is done, whoever hangs up does so during the handshake."""
        _blame(self.context, _BROKEN_OFF)
        try:
            super().do_handshake()
        except ssl.SSLError as error:
            _note(self.context, error)
            raise
        _blame(self.context, "")

    def read(self, *args: Any) -> Any:
        """As the base class does. In TLS 1.3 the server's verdict on a client comes here, after the handshake."""
        try:
            return super().read(*args)
        except ssl.SSLError as error:
            _note(self.context, error)
            raise


class ClientContext(ssl.SSLContext):
    """TLS as one identity. `trouble` is why its last connection failed, empty if TLS is not to blame.

    Nobody but the given authority is believed when a server says who it is.
    """

    sslobject_class = _WitnessedObject
    trouble = ""


@dataclass(frozen=True)
class Identity:
    """PEM files: a client's certificate and its key, and the authority that signed the server."""

    certificate: Path
    key: Path
    authority: Path

    @property
    def locked(self) -> bool:
        """True if the key wants a passphrase. Raises LinkError if it cannot be read."""
        return "ENCRYPTED" in _read(self.key, "ascii")

    def context(self, passphrase: Passphrase | None = None) -> ClientContext:
        """TLS as this client. Raises LinkError naming the file that is no good, or the passphrase.

        The passphrase is used once and not kept; the opened key lives as long as the context.
        """
        locked = self.locked
        check_private(self.key)
        context = ClientContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        _read(self.authority, "ascii")
        try:
            context.load_verify_locations(self.authority)
        except (OSError, ValueError):
            raise LinkError(str(self.authority), "is no certificate of an authority", "name a PEM file") from None
        _read(self.certificate, "ascii")
        secret = Passphrase() if passphrase is None else passphrase
        try:
            # Without a word of its own OpenSSL would ask on the terminal.
            context.load_cert_chain(self.certificate, self.key, password=secret.reveal())
        except (OSError, ValueError):
            if locked:
                raise LinkError(str(self.key), "the passphrase is wrong", "type it again") from None
            raise LinkError(str(self.certificate), f"is no certificate of the key {self.key}", "name both") from None
        return context


class TlsClient(AsyncModbusTcpClient):
    """Modbus TCP frames in a TLS connection, as the Modbus/TCP Security specification has it (port 802)."""

    def __init__(
        self, host: str, port: int, tls: ssl.SSLContext, timeout_s: float, trace: Callable[[bool], None]
    ) -> None:
        if isinstance(tls, ClientContext):
            tls.trouble = ""
        self.comm_params = CommParams(
            comm_type=CommType.TLS, host=host, port=port, comm_name="comm", sslctx=tls, reconnect_delay=0,
            timeout_connect=timeout_s,
        )  # fmt: skip
        super().__init__(host, port=port, timeout=timeout_s, retries=0, reconnect_delay=0, trace_connect=trace)


def refused(tls: ssl.SSLContext, hung_up: bool) -> tuple[str, str]:
    """Problem and remedy of a connection that came to nothing; empty if TLS is not to blame, as far as is known.

    `hung_up` says that the server parted after our side of the handshake, without a first answer.
    """
    trouble = tls.trouble if isinstance(tls, ClientContext) else ""
    if trouble == _BROKEN_OFF:
        return trouble, "is it a TLS port? its log says why"
    if trouble:
        return trouble, "renew the one that is at fault, or name another authority"
    if hung_up:
        # Many servers hang up without a word, and TLS 1.3 tells the client about its certificate only afterwards.
        return "the server hung up when it saw the certificate", "its log says why"
    return "", ""


def _note(context: ssl.SSLContext, error: ssl.SSLError) -> None:
    if isinstance(error, ssl.SSLWantReadError | ssl.SSLWantWriteError):
        return
    reason = str(error.reason or "")
    if isinstance(error, ssl.SSLCertVerificationError):
        _blame(context, f"the server's certificate does not match: {error.verify_message.rstrip('.')}")
    elif "_ALERT_" in reason:
        said = reason.partition("_ALERT_")[2].lower().replace("_", " ")
        _blame(context, f"the server refused the certificate: {said}")
    elif any(reason.startswith(name) for name in _NO_TLS):
        _blame(context, "no TLS is spoken at this port")


def _blame(context: ssl.SSLContext, trouble: str) -> None:
    if isinstance(context, ClientContext):
        context.trouble = trouble


def _read(path: Path, encoding: str) -> str:
    try:
        return path.read_text(encoding, "replace")
    except OSError as error:
        raise LinkError(str(path), f"cannot be read: {error.strerror}", "name a PEM file") from None
