"""Other people's programs that tests run: found, built or installed once, and missed aloud where they must be there."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

PEERS = Path(__file__).resolve().parent / "peers"
#: What is installed or built for tests lives beside the environment and goes with it.
CACHE = Path(sys.prefix) / "peers"


def missing(what: str) -> None:
    """Skip the test because `what` is not here; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def program(name: str, package: str) -> str:
    """The path of an installed program."""
    path = shutil.which(name)
    if path is None:
        missing(f"{name} is not installed (apt-get install {package})")
    return str(path)


def compiled(source: str, *libraries: str) -> Path:
    """A C program of the peers folder, built with the system's compiler."""
    compiler = program("cc", "gcc")
    if not Path("/usr/include/modbus/modbus.h").exists():
        missing("libmodbus is not installed (apt-get install libmodbus-dev)")
    text = (PEERS / source).read_bytes()
    binary = CACHE / f"{Path(source).stem}-{sha256(text).hexdigest()[:12]}"
    with locked():
        if not binary.exists():
            flags = ("-O2", "-Wall", "-Wextra", "-Werror", "-I/usr/include/modbus")
            made = subprocess.run(
                [compiler, *flags, str(PEERS / source), "-o", str(binary), *(f"-l{name}" for name in libraries)],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert made.returncode == 0, made.stderr
    return binary


def node_modules() -> Path:
    """The npm packages of the peers folder, installed from its lock file."""
    npm = program("npm", "npm")
    program("node", "nodejs")
    lock = (PEERS / "package-lock.json").read_bytes()
    folder = CACHE / f"npm-{sha256(lock).hexdigest()[:12]}"
    with locked():
        if not (folder / "done").exists():
            folder.mkdir(exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PEERS / name, folder)
            made = subprocess.run(
                [npm, "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=folder, capture_output=True, text=True, check=False, timeout=110,
            )  # fmt: skip
            if made.returncode != 0:
                missing(f"npm could not install modbus-serial and jsmodbus: {made.stderr.strip()[-300:]}")
            (folder / "done").touch()
    shutil.copy(PEERS / "master.js", folder)
    return folder


class locked:  # noqa: N801 - reads as a statement
    """Two test processes do not build the same thing at once."""

    def __enter__(self) -> None:
        CACHE.mkdir(exist_ok=True)
        self._file = (CACHE / "lock").open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


async def run(command: Sequence[str | Path], cwd: Path | None = None) -> tuple[int, str]:
    """Exit code and everything a program said."""
    process = await asyncio.create_subprocess_exec(
        *map(str, command), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=cwd
    )
    output, _ = await process.communicate()
    return await process.wait(), output.decode()
