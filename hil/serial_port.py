"""The serial ports of this machine. The only module of the project that imports pyserial."""

import errno
from dataclasses import dataclass
from typing import Protocol

import serial
from serial.tools import list_ports

from protocols.errors import LinkError


@dataclass(frozen=True, slots=True)
class SerialPortInfo:
    """One serial port the operating system lists.

    `device` is what one opens (`/dev/ttyACM0`, `COM3`). `vid` and `pid` are the USB vendor and product numbers,
    `serial_number` is the adapter's own; all three are None for a port that is not on USB or does not tell.
    """

    device: str
    description: str
    vid: int | None
    pid: int | None
    serial_number: str | None


def available() -> tuple[SerialPortInfo, ...]:
    """List the serial ports present now, sorted by device name; opens none of them. Empty where there is none."""
    found = (
        SerialPortInfo(
            device=port.device,
            description=_told(port.description) or port.device,
            vid=port.vid,
            pid=port.pid,
            serial_number=_told(port.serial_number),
        )
        for port in list_ports.comports()
    )
    return tuple(sorted(found, key=lambda port: port.device))


def _told(text: str | None) -> str | None:
    """Map pyserial's ways of saying nothing (None, "", "n/a") to None."""
    return None if text is None or text in ("", "n/a") else text


class Port(Protocol):
    """An open serial port."""

    def fileno(self) -> int:
        """Its file descriptor."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


def open_port(device: str, baud: int, parity: str = "N") -> Port:
    """Open a port for this process alone: 8 data bits, parity N, E or O, 1 stop bit, no flow control.

    Raises LinkError naming the device and the remedy.
    """
    try:
        port = serial.Serial(device, baud, parity=parity, timeout=0, exclusive=True)
    except (serial.SerialException, OSError, ValueError) as error:
        raise LinkError(device, "cannot be opened", _remedy(error)) from error
    return port


def _remedy(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.ENOENT:
        present = ", ".join(port.device for port in available()) or "none"
        return f"there is no such device; serial ports here: {present}"
    if number == errno.EACCES:
        return "no permission: add yourself to the group that owns it (dialout), or run where you may open it"
    if number in (errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK):
        return "another program has it open"
    return " ".join(str(error).split())


class SerialPort:
    """An open serial port (or `socket://host:port`, `rfc2217://host:port`). Raises LinkError when it cannot be had."""

    def __init__(self, url: str, baud: int = 115200) -> None:
        self.url = url
        try:
            self._port = serial.serial_for_url(url, baudrate=baud, timeout=0)
        except (serial.SerialException, OSError, ValueError) as error:
            raise LinkError(url, "cannot be opened", _remedy(error)) from error

    def read(self, size: int, wait_s: float) -> bytes:
        """At most `size` bytes as soon as there are any; empty if none came within `wait_s`."""
        try:
            self._port.timeout = max(0.0, wait_s)
            first = bytes(self._port.read(1))
            self._port.timeout = 0
            return first + bytes(self._port.read(size - 1)) if first and size > 1 else first
        except OSError as error:
            raise LinkError(self.url, f"is gone: {error}") from error

    def write(self, data: bytes) -> None:
        """Sends all of it."""
        try:
            self._port.write(data)
        except OSError as error:
            raise LinkError(self.url, f"is gone: {error}") from error

    def close(self) -> None:
        """Gives the port back."""
        self._port.close()
