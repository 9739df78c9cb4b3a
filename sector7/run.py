"""`sector7 run`: the plant server and the HMI as two processes, or headless where there is no terminal."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import IO

from protocols.errors import LinkError
from sector7.doctor import check_port

#: Shows the HMI of the plant at (host, port) and returns its exit code.
ShowHmi = Callable[[str, int], int]

#: How long the server may take to listen, seconds.
_START_S = 20.0


def run_with_hmi(serve_arguments: Sequence[str], port: int, show: ShowHmi) -> int:
    """Start the server as a child process, show the HMI in this one, stop the server when the HMI ends.

    If `port` is taken, a free one is used: two plants can run side by side.
    """
    if port and not check_port(port).ok:
        port = 0
    with tempfile.TemporaryFile("w+") as log:
        # its own session: a Ctrl-C in the terminal is the HMI's business
        child = subprocess.Popen(
            [sys.executable, "-m", "sector7", "serve", *serve_arguments, "--port", str(port), "--quiet"],
            stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            host, listening = _announced(child, log)
            return show(host, listening)
        finally:
            child.terminate()
            child.wait(timeout=10)


def _announced(child: subprocess.Popen[str], log: IO[str]) -> tuple[str, int]:
    """Where the child listens: it says so on its first line."""
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line.startswith("listening on "):
        child.wait(timeout=_START_S)
        log.seek(0)
        said = log.read().strip() or line.strip()
        raise LinkError("plant server", said.removeprefix("sector7: ") or f"ended with exit code {child.returncode}")
    host, _, port = line.removeprefix("listening on ").strip().rpartition(":")
    return host, int(port)
