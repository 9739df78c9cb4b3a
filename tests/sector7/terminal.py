"""A command on a pseudo-terminal of its own: what it paints, keys for it, how it ends."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import tempfile
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyte

ROOT: Final = Path(__file__).parents[2]
#: Nothing may take longer on a busy machine; a test waits only as long as it must.
PATIENCE_S: Final = 30.0


class OnTerminal:
    """`sector7` with some arguments, as the leader of a session on a terminal of `size` columns and rows."""

    def __init__(
        self, *arguments: str, size: tuple[int, int] = (140, 42), env: Mapping[str, str] | None = None
    ) -> None:
        self.raw = b""
        self._arguments = arguments
        self._size = size
        self._env = dict(env or {})
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = asyncio.Event()
        self._master = -1
        self._home = tempfile.TemporaryDirectory(prefix="sector7-terminal-")
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> OnTerminal:
        self._master, slave = pty.openpty()
        columns, rows = self._size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "COLORTERM")}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sector7", *self._arguments, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT,
            env={**clean, "TERM": "xterm-256color", "XDG_STATE_HOME": self._home.name, **self._env},
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)
        self._home.cleanup()

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    @property
    def text(self) -> str:
        """What stands on the terminal."""
        return "\n".join(self._screen.display)

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds of what was painted."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not holds():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"{what} was not painted:\n{self.text}") from None

    async def shows(self, *parts: str) -> None:
        """Wait until all parts stand on the terminal."""
        await self.until(lambda: all(part in self.text for part in parts), repr(parts))

    async def ends(self) -> int:
        """Wait for the process and for everything it wrote; its exit code."""
        assert self.process is not None
        async with asyncio.timeout(PATIENCE_S):
            code = await self.process.wait()
        self._read()
        return code

    def send(self, number: signal.Signals) -> None:
        """A signal to the process alone."""
        assert self.process is not None
        self.process.send_signal(number)

    def children(self) -> list[int]:
        """Processes that it started and that still run."""
        assert self.process is not None
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text("ascii").split()]

    def _read(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except (BlockingIOError, OSError):
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._master)
        self.raw += data
        # pyte does not know the kitty keyboard protocol and would print what follows "CSI > 1"
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", data))
        self._changed.set()


async def gone(pid: int) -> None:
    """Wait until a process that is no child of ours has ended."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop.add_reader(handle, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), PATIENCE_S)
    finally:
        loop.remove_reader(handle)
        os.close(handle)
