"""A program as its user meets it: a process on a pseudo-terminal of its own, read back character by character."""

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
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyte
from wcwidth import wcwidth

ROOT: Final = Path(__file__).parents[1]

#: Nothing may take longer, not even on a machine with far too much to do; a test waits only as long as it must.
PATIENCE_S: Final = 60.0

#: So much of what is painted is read at once: pyte is slow, and the server of a test answers in between.
SLICE_BYTES: Final = 4096

#: pyte does not know the kitty keyboard protocol and would print what follows "CSI > 1".
_KITTY: Final = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]")

#: Synchronized output: a program asks whether the terminal knows it, and puts every picture between these marks then.
#: What stands between them is shown at once, so that no test looks at half a picture.
_ASKED: Final = b"\x1b[?2026$p"
_KNOWN: Final = b"\x1b[?2026;2$y"
_BEGIN: Final = b"\x1b[?2026h"
_END: Final = b"\x1b[?2026l"

KEYS: Final = {
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


class _Screen(pyte.Screen):
    """pyte's screen, quicker in the usual case."""

    def draw(self, data: str) -> None:
        """Characters of one cell each that fit on the line, at once."""
        attributes, x = self.cursor.attrs, self.cursor.x
        cells = [_cell(char, attributes) for char in data]
        if None in cells or x + len(cells) > self.columns:
            super().draw(data)
            return
        self.buffer[self.cursor.y].update(zip(range(x, x + len(cells)), cells, strict=True))
        self.cursor.x = x + len(cells)
        self.dirty.add(self.cursor.y)


@cache
def _cell(char: str, attributes: Any) -> Any:
    """The cell of a character, None if it takes none or two."""
    return attributes._replace(data=char) if wcwidth(char) == 1 else None


class PtyConsole:
    """One running process and what stands on its terminal."""

    def __init__(self, width: int = 140, height: int = 42) -> None:
        self.raw = b""
        self.process: asyncio.subprocess.Process | None = None
        self._screen = _Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._rows: dict[int, str] = {}
        self._unshown = b""
        self._asked = False
        self._changed = asyncio.Event()
        #: Where the program remembers things: nothing of the person who runs the tests.
        self.home = tempfile.TemporaryDirectory(prefix="sector7-console-")
        self._master = -1

    async def launch(self, *arguments: str, env: Mapping[str, str] | None = None) -> None:
        """Run Python with these arguments as the leader of a session on the terminal."""
        self._master, slave = pty.openpty()
        _set_size(slave, self._screen.columns, self._screen.lines)
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "COLORTERM")}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT,
            env={**clean, "TERM": "xterm-256color", "XDG_STATE_HOME": self.home.name, **(env or {})},
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def press(self, *keys: str) -> None:
        """Type keys, by name or as they are."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())

    def resize(self, width: int, height: int) -> None:
        """Change the terminal's size; the kernel tells the program."""
        self._screen.resize(height, width)
        _set_size(self._master, width, height)

    def send(self, number: signal.Signals) -> None:
        """A signal to the process alone."""
        assert self.process is not None
        self.process.send_signal(number)

    @property
    def lines(self) -> list[str]:
        """The terminal's lines. Only what was painted since the last look is put together anew."""
        screen = self._screen
        for y in screen.dirty:
            row = screen.buffer[y]
            self._rows[y] = "".join([row[x].data for x in range(screen.columns)])
        screen.dirty.clear()
        return [self._rows[y] for y in range(screen.lines)]

    @property
    def text(self) -> str:
        """The whole terminal."""
        return "\n".join(self.lines)

    def line(self, part: str) -> str:
        """The first line that contains `part`, or nothing."""
        return next((line for line in self.lines if part in line), "")

    async def until(self, seen: Callable[[], object], what: str) -> None:
        """Wait until `seen` is true of what is painted."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not seen():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"{what} was not painted within {PATIENCE_S:g} s:\n{self.text}") from None

    async def shows(self, *parts: str) -> None:
        """Wait until all parts stand on the terminal at once."""

        def there() -> bool:
            text = self.text
            return all(part in text for part in parts)

        await self.until(there, repr(parts))

    async def shows_no_longer(self, part: str) -> None:
        """Wait until a part has gone."""
        await self.until(lambda: part not in self.text, f"text without {part!r}")

    async def ends(self) -> int:
        """Wait for the process and for everything it wrote; its exit code."""
        assert self.process is not None
        async with asyncio.timeout(PATIENCE_S):
            code = await self.process.wait()
        while self._read():
            pass
        self._show(len(self._unshown))
        return code

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

    def _read(self) -> bool:
        """Take a slice of what was written; False if there is nothing more for now, or for ever."""
        try:
            data = os.read(self._master, SLICE_BYTES)
        except BlockingIOError:
            return False
        except OSError:  # the last process has left the terminal
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._master)
        self.raw += data
        if not self._asked and _ASKED in self.raw:
            self._asked = True
            os.write(self._master, _KNOWN)
        self._unshown += data
        self._show(_whole(self._unshown) if data else len(self._unshown))
        return bool(data)

    def _show(self, count: int) -> None:
        """Paint so many of the bytes that wait."""
        if count:
            self._stream.feed(_KITTY.sub(b"", self._unshown[:count]))
            self._unshown = self._unshown[count:]
            self._changed.set()


def _whole(painted: bytes) -> int:
    """How many of these bytes come before an unfinished picture, or before what may be its first bytes."""
    begin = painted.rfind(_BEGIN)
    if begin > painted.rfind(_END):
        return begin
    mark = next((length for length in range(len(_BEGIN) - 1, 0, -1) if painted.endswith(_BEGIN[:length])), 0)
    return len(painted) - mark


def _set_size(fd: int, width: int, height: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
