"""What the board tests need of the machine, and firmwares with a fault in them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hil import toolchain
from hil.board_process import BoardProcess, emulated, hosted
from hil.build_firmware import build, compiler
from hil.emulated_board import Start


def without(what: str) -> None:
    """Skip for lack of a tool; where everything must be tested, that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and in CI nothing is skipped")
    pytest.skip(f"{what} is not installed")


def need_emulator() -> None:
    if not toolchain.SIMAVR.exists():
        without("libsimavr-dev")
    need_compiler()


def need_compiler() -> None:
    if not (shutil.which("cc") or shutil.which("gcc")):
        without("a C compiler")


def need_fuzzer() -> None:
    if shutil.which("clang") is None or not any(Path("/usr/lib").glob("**/libclang_rt.fuzzer-*.a")):
        without("clang with libFuzzer (libclang-rt-dev)")


def need_avr() -> None:
    if not compiler() or shutil.which("make") is None:
        without("gcc-avr")


def starter(target: str) -> Start:
    """How a board of this target is started: "host" or "emulated"."""
    if target == "emulated":
        need_emulator()
        return emulated
    need_compiler()
    return hosted


def mutated(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the firmware's source with one thing changed."""
    source = folder / "firmware"
    shutil.copytree(toolchain.FIRMWARE, source, ignore=shutil.ignore_patterns("build"))
    path = source / file
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new))
    return source


def mutated_hex(folder: Path, file: str, old: str, new: str) -> Start:
    """Boards that run a .hex built from a changed source."""
    need_emulator()
    need_avr()
    made, _ = build(mutated(folder, file, old, new), folder / "made")
    return lambda eeprom: BoardProcess([toolchain.emulator(), made, eeprom])
