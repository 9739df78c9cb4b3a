"""The committed .hex is what the source builds to, and fits."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from hil.build_firmware import STAMP, build, compiler
from hil.toolchain import EMULATOR, FIRMWARE, HEX, firmware_sources, source_hash
from tests.hil.toolbox import need_avr, without


def test_the_hex_belongs_to_the_source() -> None:
    """Needs no compiler: whoever changes the source must run `make firmware`."""
    assert f"source sha256 {source_hash(firmware_sources())}\n" in STAMP.read_text()


def test_the_source_builds_to_the_hex_and_fits(tmp_path: Path) -> None:
    need_avr()
    made, size = build(folder=tmp_path)
    print(size)
    found = re.search(r"flash \d+ of \d+ bytes \((\d+) %\), RAM \d+ of \d+ \((\d+) %\)", size)
    assert found
    assert int(found[1]) < 90
    assert int(found[2]) < 60
    if f"avr-gcc {compiler()}\n" in STAMP.read_text():
        assert made.read_bytes() == HEX.read_bytes()


def test_cppcheck_finds_nothing() -> None:
    if shutil.which("cppcheck") is None:
        without("cppcheck")
    command = [
        "cppcheck", "--quiet", "--std=c11", "--enable=warning,style,performance,portability", "--error-exitcode=1",
        "--suppress=missingIncludeSystem", "--suppress=unusedStructMember",
        *map(str, (FIRMWARE / "app", FIRMWARE / "hal" / "host", EMULATOR)),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
