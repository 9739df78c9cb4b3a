"""The C programs of the boards: the firmware's .hex, the emulator that runs it, the same firmware as a host program.

The two programs are built when they are first asked for, into the user's cache, under a name that tells their source.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from protocols.errors import LinkError

HERE: Final = Path(__file__).parent
FIRMWARE: Final = HERE / "firmware"
EMULATOR: Final = HERE / "emulator"
#: The committed firmware: what an engineer flashes and the emulator runs.
HEX: Final = FIRMWARE / "sector7.hex"
SIMAVR: Final = Path("/usr/include/simavr/sim_avr.h")

_MACRO: Final = re.compile(rb"^#define S7_(?:BOARD|RESET)_\w+ \w+", re.MULTILINE)
_WARNINGS: Final = ("-Wall", "-Wextra", "-Werror")
_HOST: Final = (
    *(FIRMWARE / "hal" / "host" / name for name in ("pipe.c", "hal_host.c", "main.c")),
    *sorted((FIRMWARE / "app").glob("*.c")),
)
FUZZING: Final = ("-std=c11", "-D_DEFAULT_SOURCE", "-O1", "-g", *_WARNINGS, "-fno-sanitize-recover=all",
                  "-fsanitize=fuzzer,address,undefined")  # fmt: skip
SANITIZERS: Final = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1")


def emulator() -> Path:
    """The program that runs a .hex. Raises LinkError when it cannot be built here."""
    if not SIMAVR.exists():
        raise LinkError("emulated board", "libsimavr is not installed", "apt-get install libsimavr-dev gcc")
    sources = [*sorted(EMULATOR.glob("*.c")), FIRMWARE / "hal" / "host" / "pipe.c"]
    return _build("emulator", sources, ("-std=gnu11", "-O2", *_WARNINGS), ("-lsimavr",))


def host_board(*flags: str) -> Path:
    """The firmware as a host program, with further compiler flags. Raises LinkError when it cannot be built here."""
    return _build("host-board", _HOST, ("-std=c11", "-D_DEFAULT_SOURCE", "-O2", *_WARNINGS, *flags), ())


def fuzzer_sources(firmware: Path = FIRMWARE) -> list[Path]:
    """What a fuzzer of the firmware is made from, with FUZZING."""
    host = firmware / "hal" / "host"
    return [host / "fuzz.c", host / "hal_host.c", *sorted((firmware / "app").glob("*.c"))]


def fuzzer() -> Path:
    """The firmware under libFuzzer and the sanitizers. Raises LinkError when it cannot be built here."""
    return _build("fuzzer", fuzzer_sources(), FUZZING, (), "clang", "clang libclang-rt-dev")


def firmware_sources() -> list[Path]:
    """Everything the .hex is made from."""
    folders = ("app", "hal", "hal/avr", "generated")
    return [FIRMWARE / "Makefile", *(p for f in folders for p in sorted((FIRMWARE / f).glob("*.[ch]")))]


def source_hash(files: Iterable[Path]) -> str:
    """SHA-256 over names and contents; of the generated register map only what boards use, without its comments."""
    digest = sha256()
    for file in files:
        content = file.read_bytes()
        if file.name == "sector7_map.h":
            content = b"\n".join(_MACRO.findall(content))
        digest.update(f"{file.relative_to(HERE)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _build(
    name: str,
    sources: Iterable[Path],
    flags: tuple[str, ...],
    libraries: tuple[str, ...],
    command: str = "cc",
    packages: str = "gcc libc6-dev",
) -> Path:
    sources = list(sources)
    headers = sorted({*FIRMWARE.glob("**/*.h"), *EMULATOR.glob("*.h")})
    key = sha256((source_hash([*sources, *headers]) + repr((flags, libraries))).encode()).hexdigest()[:16]
    program = cache() / f"{name}-{key}"
    if program.exists():
        return program
    compiler = shutil.which(command) or (shutil.which("gcc") if command == "cc" else None)
    if compiler is None:
        raise LinkError("emulated board", f"there is no C compiler ({command})", f"apt-get install {packages}")
    program.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        made = Path(folder) / name
        arguments = [compiler, *flags, *map(str, sources), "-o", str(made), *libraries]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        if done.returncode:
            raise LinkError("emulated board", f"{name} does not build: {done.stderr.strip()[:2000]}")
        made.replace(program)
    return program


def cache() -> Path:
    """Where built programs are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sector7"
