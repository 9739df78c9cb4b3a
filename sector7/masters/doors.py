"""The doors of the plant server as the command line describes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hil.serial_stream import SerialStream
from protocols.address import DEFAULT_PORT
from protocols.modbus.doors import Network, SerialDoor, TcpDoor, is_loopback, network
from protocols.modbus.server import Door
from protocols.modbus.tls import TlsFiles
from protocols.roles import Role
from sector7.usage import UsageError


@dataclass(frozen=True)
class DoorOptions:
    """What `sector7 serve` was told about its doors."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    role: str = ""
    allow: Sequence[str] = ()
    tls_port: int | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    tls_ca: Path | None = None
    rtu_tcp_port: int | None = None
    serial: str = ""
    serial_units: str = ""
    serial_baud: int = 115200
    serial_parity: str = "N"
    warnings: list[str] = field(default_factory=list)

    def doors(self) -> list[Door]:
        """The doors to open, the plain one first; `warnings` says what somebody should think about.

        Raises UsageError naming the option.
        """
        role = self._role()
        allow = tuple(self._networks())
        plain = TcpDoor(self.host, self.port, role=role, allow=allow)
        doors: list[Door] = [plain]
        if self.tls_port is not None:
            doors.append(TcpDoor(self.host, self.tls_port, tls=self._tls_files(), allow=allow))
        if self.rtu_tcp_port is not None:
            doors.append(TcpDoor(self.host, self.rtu_tcp_port, rtu=True, role=role, allow=allow))
        if self.serial:
            stream = SerialStream(self.serial, self.serial_baud, self.serial_parity)
            doors.append(SerialDoor(stream, self._units(), role or Role.PLC))
        if not is_loopback(self.host) and not allow:
            may = "watch" if plain.plain_role is Role.VIEWER else "command"
            self.warnings.append(f"{self.host} is not loopback: who reaches it can {may} the plant (see --allow)")
        return doors

    def _role(self) -> Role | None:
        if self.role and self.role not in list(Role):
            raise UsageError("--role", self.role, f"a role ({', '.join(Role)})")
        return Role(self.role) if self.role else None

    def _networks(self) -> Iterable[Network]:
        for text in self.allow:
            try:
                yield network(text)
            except ValueError:
                raise UsageError("--allow", text, "a network such as 192.168.1.0/24 or an address") from None

    def _tls_files(self) -> TlsFiles:
        given = {"--tls-cert": self.tls_cert, "--tls-key": self.tls_key, "--tls-ca": self.tls_ca}
        for option, path in given.items():
            if path is None:
                raise UsageError(option, "", "a PEM file, which --tls-port needs (`sector7 certs DIR` makes them)")
        assert self.tls_cert is not None
        assert self.tls_key is not None
        assert self.tls_ca is not None
        return TlsFiles(self.tls_cert, self.tls_key, self.tls_ca)

    def _units(self) -> tuple[int, ...] | None:
        if not self.serial_units:
            return None
        parts = [part.strip() for part in self.serial_units.split(",")]
        if not all(part.isdigit() and 1 <= int(part) <= 247 for part in parts):
            raise UsageError("--serial-units", self.serial_units, "a list of units such as 11,12")
        return tuple(int(part) for part in parts)
