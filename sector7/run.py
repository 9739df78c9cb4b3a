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

#: How long the server may take to part from its clients, seconds.
_END_S = 10.0


def run_with_hmi(serve_arguments: Sequence[str], port: int, show: ShowHmi, verb: str = "serve") -> int:
    """Start the server as a child process, show the HMI in this one, stop the server when the HMI ends.

    `verb` is the command that serves. If `port` is taken, a free one is used: two plants can run side by side. The
    child holds the other end of our pipe as its standard input and ends with it, whatever becomes of this process.
    """
    if port and not check_port(port).ok:
        port = 0
    with tempfile.TemporaryFile("w+") as log:
        # its own session: a Ctrl-C in the terminal is the HMI's business
        child = subprocess.Popen(
            [sys.executable, "-m", "sector7", verb, *serve_arguments, "--port", str(port), "--quiet", "--attached"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            host, listening = _announced(child, log)
            code = show(host, listening)
            if child.poll() is not None:
                raise _ended(child, log)
            return code
        finally:
            _end(child)


def _announced(child: subprocess.Popen[str], log: IO[str]) -> tuple[str, int]:
    """Where the child listens: it says so on its first line."""
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line.startswith("listening on "):
        child.wait()
        raise _ended(child, log)
    host, _, port = line.removeprefix("listening on ").strip().rpartition(":")
    return host, int(port)


def _ended(child: subprocess.Popen[str], log: IO[str]) -> LinkError:
    """The error of a server that ended by itself: the last thing it said."""
    log.seek(0)
    said = log.read().strip().rpartition("\n")[2].removeprefix("sector7: ")
    return LinkError("plant server", f"ended with exit code {child.returncode}" + (f": {said}" if said else ""))


def _end(child: subprocess.Popen[str]) -> None:
    child.terminate()
    try:
        child.wait(timeout=_END_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
