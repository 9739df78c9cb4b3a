"""The client's end of Modbus/TCP Security: a certificate that says who somebody is, and a connection that shows it."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.transport.transport import CommParams, CommType

from protocols.errors import LinkError


@dataclass(frozen=True)
class Identity:
    """PEM files: a client's certificate and its key, and the authority that signed the server."""

    certificate: Path
    key: Path
    authority: Path

    @property
    def locked(self) -> bool:
        """True if the key wants a passphrase. Raises LinkError if it cannot be read."""
        try:
            return "ENCRYPTED" in self.key.read_text("ascii", "replace")
        except OSError as error:
            raise LinkError(str(self.key), f"cannot be read: {error.strerror}", "name a PEM file") from None

    def context(self, passphrase: str = "") -> ssl.SSLContext:
        """TLS as this client. Raises LinkError naming the file that is no good, or the passphrase."""
        context = ssl.create_default_context()
        try:
            context.load_verify_locations(self.authority)
        except (OSError, ValueError):
            raise LinkError(str(self.authority), "is no certificate of an authority", "name a PEM file") from None
        locked = self.locked
        try:
            # Without a word of its own OpenSSL would ask on the terminal.
            context.load_cert_chain(self.certificate, self.key, password=passphrase)
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
        self.comm_params = CommParams(
            comm_type=CommType.TLS, host=host, port=port, comm_name="comm", sslctx=tls, reconnect_delay=0,
            timeout_connect=timeout_s,
        )  # fmt: skip
        super().__init__(host, port=port, timeout=timeout_s, retries=0, reconnect_delay=0, trace_connect=trace)
