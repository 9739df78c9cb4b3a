"""The HMI as its operator meets it: a process on a pseudo-terminal, read back cell by cell."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import struct
import sys
import tempfile
import termios
from collections.abc import Callable, Sequence

import pyte

#: Nothing may take longer on a busy machine; a test waits only as long as it must.
PATIENCE_S = 15.0

#: So much of what is painted is read at once: pyte is slow, and the server of a test answers in between.
SLICE_BYTES = 4096

_PROGRAM = """
import sys
from hmi.app import run
from hmi.desk import COMMANDING, READ_ONLY
sys.exit(run('127.0.0.1', int(sys.argv[1]), READ_ONLY if len(sys.argv) > 2 else COMMANDING))
"""

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "enter": "\r",
    "escape": "\x1b",
    "ctrl+c": "\x03",
    "ctrl+t": "\x14",
    "ctrl+o": "\x0f",
    "ctrl+p": "\x10",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
}


class Painted:
    """One running HMI and what stands on its terminal."""

    def __init__(self, width: int = 140, height: int = 42) -> None:
        self.raw = b""
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = asyncio.Event()
        self._lines: list[str] | None = None
        self._size = (width, height)
        #: Where this console remembers things: nothing of the person who runs the tests.
        self.home = tempfile.TemporaryDirectory(prefix="sector7-hmi-")
        self._master = -1
        self.process: asyncio.subprocess.Process | None = None

    async def start(
        self,
        port: int,
        *,
        read_only: bool = False,
        env: dict[str, str] | None = None,
        options: Sequence[str] | None = None,
    ) -> None:
        """Run the HMI against a server on this machine; with `options` as `sector7 hmi` does."""
        program = ["-c", _PROGRAM, str(port), *(["read-only"] if read_only else [])]
        if options is not None:
            program = ["-m", "sector7", "hmi", f"127.0.0.1:{port}", *options]
        self._master, slave = pty.openpty()
        _set_size(slave, *self._size)
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "COLORTERM")}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *program,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**clean, "TERM": "xterm-256color", "XDG_STATE_HOME": self.home.name, **(env or {})},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def press(self, *keys: str) -> None:
        """Type keys, by name or as they are."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())

    def resize(self, width: int, height: int) -> None:
        """Change the terminal's size; the kernel tells the HMI."""
        self._screen.resize(height, width)
        self._lines = None
        _set_size(self._master, width, height)

    @property
    def lines(self) -> list[str]:
        """The terminal's lines, read from its cells once after each change: that is slow."""
        if self._lines is None:
            self._lines = list(self._screen.display)
        return self._lines

    @property
    def text(self) -> str:
        """The whole terminal."""
        return "\n".join(self.lines)

    def filled(self, x: int, y: int) -> bool:
        """True if a cell is painted as a block."""
        return bool(self._screen.buffer[y][x].reverse)

    def line(self, part: str) -> str:
        """The first line that contains `part`, or nothing."""
        return next((line for line in self.lines if part in line), "")

    async def until(self, seen: Callable[[], object], what: str, within_s: float = PATIENCE_S) -> None:
        """Wait until `seen` is true of what is painted."""
        try:
            async with asyncio.timeout(within_s):
                while not seen():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"{what} was not painted within {within_s:g} s:\n{self.text}") from None

    async def shows(self, *parts: str, within_s: float = PATIENCE_S) -> None:
        """Wait until all parts stand on the terminal at once."""
        await self.until(lambda: all(part in self.text for part in parts), repr(parts), within_s)

    async def shows_no_longer(self, part: str, within_s: float = PATIENCE_S) -> None:
        """Wait until a part has gone."""
        await self.until(lambda: part not in self.text, f"text without {part!r}", within_s)

    async def ends(self) -> int:
        """Wait for the process; its exit code."""
        assert self.process is not None
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()

    async def stop(self) -> None:
        """End the process if it still runs."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        if self._master >= 0:
            asyncio.get_running_loop().remove_reader(self._master)
            os.close(self._master)
            self._master = -1
        self.home.cleanup()

    def _read(self) -> None:
        try:
            data = os.read(self._master, SLICE_BYTES)
        except (BlockingIOError, OSError):
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._master)
        self.raw += data
        # pyte does not know the kitty keyboard protocol and would print what follows "CSI > 1".
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", data))
        self._lines = None
        self._changed.set()


def _set_size(fd: int, width: int, height: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
