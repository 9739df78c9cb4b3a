"""Build the firmware and keep the .hex with the hash of its source and the compiler's version: `make firmware`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from hil.toolchain import FIRMWARE, HEX, firmware_sources, source_hash
from protocols.errors import LinkError

STAMP = HEX.with_suffix(".hex.txt")


def build(source: Path = FIRMWARE, folder: Path = FIRMWARE / "build") -> tuple[Path, str]:
    """Build `source` into `folder`; answers the .hex and what the build says of its size. Raises LinkError."""
    command = ["make", "-s", "-B", "-C", str(source), f"BUILD={folder}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise LinkError("firmware", f"does not build: {done.stderr.strip()[:2000]}")
    return folder / HEX.name, done.stdout.strip()


def compiler() -> str:
    """The version of avr-gcc; empty if there is none."""
    if shutil.which("avr-gcc") is None:
        return ""
    done = subprocess.run(["avr-gcc", "-dumpversion"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def stamp() -> str:
    """What is kept beside the .hex."""
    return f"source sha256 {source_hash(firmware_sources())}\navr-gcc {compiler()}\n"


def main() -> int:
    """Build, keep, say the size."""
    if not compiler():
        sys.stderr.write("make firmware: avr-gcc is not installed (apt-get install gcc-avr avr-libc)\n")
        return 3
    made, size = build()
    shutil.copyfile(made, HEX)
    STAMP.write_text(stamp())
    sys.stdout.write(f"{size}\n{HEX.relative_to(FIRMWARE.parent.parent)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
