"""Which serial port is meant: a device, an address, or `usb:VID:PID` of whatever is plugged in."""

from __future__ import annotations

import re
from typing import Final

from hil.serial_port import SerialPortInfo, available
from protocols.errors import LinkError

_USB: Final = re.compile(r"usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::(\S+))?")


def resolve(port: str) -> str:
    """What to open for `port`: it itself, or the device behind `usb:VID:PID[:SERIAL]`.

    SERIAL is the adapter's serial number or, as many have none, the USB socket (`1-1.2`). Raises LinkError if there is
    no such adapter or more than one.
    """
    wanted = _USB.fullmatch(port)
    if wanted is None:
        return port
    vid, pid, which = int(wanted[1], 16), int(wanted[2], 16), wanted[3]
    try:
        here = [found for found in available() if found.vid is not None]
    except OSError as error:  # one was unplugged while we looked
        raise LinkError(port, f"the serial ports cannot be listed: {error}") from error
    fitting = [f for f in here if (f.vid, f.pid) == (vid, pid) and which in (None, f.serial_number, f.location)]
    if not fitting:
        names = ", ".join(f"{usb_name(f)} at {f.device}" for f in here) or "none"
        raise LinkError(port, "is not plugged in", f"USB serial ports here: {names}")
    if len(fitting) > 1:
        names = ", ".join(f"{usb_name(f)} (USB socket {f.location}) at {f.device}" for f in fitting)
        raise LinkError(port, f"fits {len(fitting)} ports", f"add a serial number or USB socket: {names}")
    return fitting[0].device


def usb_name(port: SerialPortInfo) -> str:
    """How a recipe names a USB port, as exactly as it can be; empty for one that is not on USB."""
    if port.vid is None or port.pid is None:
        return ""
    which = port.serial_number or port.location
    return f"usb:{port.vid:04x}:{port.pid:04x}" + (f":{which}" if which else "")
