"""pymodbus' server without what only its simulator needs; who wants aiohttp still gets it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.pty_console import ROOT

OURS = "import protocols.modbus.server\n"


@pytest.mark.parametrize(
    "code",
    [
        f"{OURS}assert 'aiohttp' not in sys.modules",
        f"{OURS}import aiohttp\nassert aiohttp.ClientSession",
        f"import aiohttp\n{OURS}assert sys.modules['aiohttp'] is aiohttp",
    ],
    ids=["not loaded", "loaded afterwards", "loaded before"],
)
def test_aiohttp_is_left_alone(code: str) -> None:
    pytest.importorskip("aiohttp")
    done = subprocess.run([sys.executable, "-c", f"import sys\n{code}"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
