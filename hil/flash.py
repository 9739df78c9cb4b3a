"""Putting the firmware onto a board with avrdude."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from hil.toolchain import HEX
from protocols.errors import LinkError

BAUD: Final = 115200

#: What avrdude says when it fails, and what helps.
_REMEDIES: Final = (
    (("not in sync", "not responding"),
     "is it an Uno or Nano with its bootloader? a Nano with an old one needs --baud 57600"),
    (("permission denied",), "add yourself to the group that owns the port (dialout)"),
    (("device or resource busy",), "another program has the port open: a plant server, a serial monitor"),
    (("no such file", "can't open device", "cannot open"), "is it plugged in? sector7 boards list"),
    (("device signature",), "the processor is no ATmega328P: this firmware is not for it"),
    (("verification error", "mismatch"), "try again; if it stays, the cable or the flash memory is worn"),
)  # fmt: skip


def command(device: str, baud: int = BAUD, image: Path = HEX) -> list[str]:
    """The command line that flashes the board at `device`."""
    return ["avrdude", "-p", "atmega328p", "-c", "arduino", "-b", str(baud), "-P", device, "-D", "-U",
            f"flash:w:{image}:i"]  # fmt: skip


def flash(device: str, baud: int = BAUD, image: Path = HEX) -> None:
    """Flash and verify; what avrdude says goes to standard error. Raises LinkError naming the remedy."""
    program = shutil.which("avrdude")
    if program is None:
        raise LinkError("avrdude", "is not installed", "apt-get install avrdude")
    said = b""
    arguments = [program, *command(device, baud, image)[1:]]
    with subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        while data := os.read(process.stderr.fileno(), 4096):
            said += data
            sys.stderr.write(data.decode(errors="replace"))
            sys.stderr.flush()
    if process.returncode:
        text = said.decode(errors="replace")
        remedy = next((help_ for words, help_ in _REMEDIES if any(word in text.lower() for word in words)), "")
        telling = [line.strip() for line in text.splitlines() if "error" in line.lower() or "stk500" in line]
        last = telling[-1] if telling else ""
        raise LinkError(device, f"was not flashed: {last or f'avrdude ended with {process.returncode}'}", remedy)
