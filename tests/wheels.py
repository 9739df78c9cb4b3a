"""The wheel of this checkout, as sources or with its loop compiled."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.pty_console import ROOT


def build_wheel(folder: Path, *, compiled: bool = False) -> Path:
    """Build the wheel into a folder; compiled it takes minutes."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    environment = {**os.environ, "SECTOR7_COMPILED": str(int(compiled))}
    subprocess.run(build, cwd=ROOT, env=environment, check=True, capture_output=True)
    (wheel,) = folder.glob("sector7-*.whl")
    return wheel


def unpacked(wheel: Path, folder: Path) -> Path:
    """The folder, with the packages of the wheel in it: for PYTHONPATH."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder
