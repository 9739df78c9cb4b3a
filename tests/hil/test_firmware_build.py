"""The committed .hex is what the source builds to, and fits."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hil.build_firmware import STAMP, build, compiler
from hil.toolchain import EMULATOR, FIRMWARE, HEX, firmware_sources, source_hash
from tests.hil.toolbox import need_avr, need_emulator, without


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


@pytest.mark.parametrize("platform", ["unix64", "avr8"])
def test_cppcheck_finds_nothing(platform: str) -> None:
    if shutil.which("cppcheck") is None:
        without("cppcheck")
    machine = (FIRMWARE / "hal" / "avr",) if platform == "avr8" else (FIRMWARE / "hal" / "host", EMULATOR)
    command = [
        "cppcheck", "--quiet", "--std=c11", "--enable=warning,style,performance,portability", "--error-exitcode=1",
        "--suppress=missingIncludeSystem", "--suppress=unusedStructMember", f"--platform={platform}",
        *map(str, (FIRMWARE / "app", *machine)),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def tidy(files: list[Path], flags: tuple[str, ...]) -> tuple[int, str]:
    """What clang-tidy says of files, by the checks that `.clang-tidy` chooses."""
    if shutil.which("clang-tidy") is None:
        without("clang-tidy")
    config = f"--config-file={FIRMWARE / '.clang-tidy'}"
    command = ["clang-tidy", "--quiet", config, *map(str, files), "--", *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("folder", ["app", "hal/host"])
def test_clang_tidy_finds_nothing_in_the_firmware(folder: str) -> None:
    """hal/avr is written in avr-gcc's dialect, which clang does not read."""
    code, said = tidy(sorted((FIRMWARE / folder).glob("*.c")), ("-std=c11", "-D_DEFAULT_SOURCE"))
    assert code == 0, said


def test_clang_tidy_finds_nothing_in_the_emulator() -> None:
    need_emulator()
    code, said = tidy(sorted(EMULATOR.glob("*.c")), ("-std=gnu11",))
    assert code == 0, said


def test_clang_tidy_would_find_something(tmp_path: Path) -> None:
    file = tmp_path / "fault.c"
    file.write_text("char *copy(char *a)\n{\n    if (a)\n        a = malloc(strlen(a + 1));\n    return a;\n}\n")
    code, said = tidy([file], ())
    assert code != 0
    assert "readability-braces" in said
