"""The serial ports of this machine. The only module of the project that imports pyserial."""

from dataclasses import dataclass

from serial.tools import list_ports


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
