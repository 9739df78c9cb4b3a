"""The serial ports of this machine. The only module of the project that imports pyserial."""

import errno
import io
import select
import socket
import termios
import time
from dataclasses import dataclass
from typing import Protocol

import serial
from serial.tools import list_ports

from hil.link import PortError
from protocols.errors import LinkError

#: How pyserial says that a port cannot be used (its own exceptions are OSErrors).
_FAILURES = (OSError, ValueError, termios.error)


@dataclass(frozen=True, slots=True)
class SerialPortInfo:
    """One serial port the operating system lists.

    `device` is what one opens (`/dev/ttyACM0`, `COM3`). `vid` and `pid` are the USB vendor and product numbers,
    `serial_number` is the adapter's own and `location` the USB socket it is plugged into (`1-1.2`); they are None for a
    port that is not on USB or does not tell.
    """

    device: str
    description: str
    vid: int | None
    pid: int | None
    serial_number: str | None
    location: str | None = None


def available() -> tuple[SerialPortInfo, ...]:
    """List the serial ports present now, sorted by device name; opens none of them. Empty where there is none."""
    found = (
        SerialPortInfo(
            device=port.device,
            description=_told(port.description) or port.device,
            vid=port.vid,
            pid=port.pid,
            serial_number=_told(port.serial_number),
            location=_told(port.location),
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
    except _FAILURES as error:
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


#: How often a port that cannot be waited for is looked at, and for how long one may refuse to take bytes.
_LOOK_S = 0.001
_WRITE_S = 1.0


class SerialPort:
    """An open serial port (or `socket://host:port`, `rfc2217://host:port`). Raises LinkError when it cannot be had."""

    def __init__(self, url: str, baud: int = 115200) -> None:
        self.url = url
        try:
            # a device of this machine is for this process alone; the URL handlers know neither of the two
            local = "://" not in url
            self._port = serial.serial_for_url(
                url, baudrate=baud, timeout=0, write_timeout=_WRITE_S if local else None, exclusive=local or None
            )
        except _FAILURES as error:
            raise LinkError(url, "cannot be opened", _remedy(error)) from error
        try:
            self._fd: int | None = self._port.fileno()
        except (AttributeError, io.UnsupportedOperation):
            self._fd = None  # rfc2217 reads in a thread of its own
        line = getattr(self._port, "_socket", None)
        if isinstance(line, socket.socket):
            # pyserial leaves it out for socket://, and it costs 40 ms an exchange
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, size: int, wait_s: float) -> bytes:
        """At most `size` bytes as soon as there are any; empty if none came within `wait_s`."""
        try:
            if self._fd is not None:
                ready, _, _ = select.select([self._fd], [], [], max(0.0, wait_s))
                return bytes(self._port.read(size)) if ready else b""
            end = time.monotonic() + wait_s
            while not (waiting := self._port.in_waiting) and time.monotonic() < end:
                time.sleep(_LOOK_S)
            return bytes(self._port.read(min(size, waiting))) if waiting else b""
        except _FAILURES as error:
            raise PortError(self.url, f"is gone: {error}") from error

    def write(self, data: bytes) -> None:
        """Sends all of it."""
        try:
            self._port.write(data)
        except _FAILURES as error:
            raise PortError(self.url, f"is gone: {error}") from error

    def close(self) -> None:
        """Gives the port back."""
        self._port.close()
