"""`sector7 serve` as a process of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.pty_console import PATIENCE_S, ROOT


class Served:
    """A running server and where it listens."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.host = ""
        self.port = 0

    async def listen(self) -> None:
        """Wait until it says where it listens."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            line = (await self.process.stdout.readline()).decode()
        assert line.startswith("listening on "), line
        self.host, _, port = line.removeprefix("listening on ").strip().rpartition(":")
        self.port = int(port)

    def send(self, *numbers: signal.Signals) -> None:
        """Signals, one right after the other."""
        for number in numbers:
            self.process.send_signal(number)

    async def ends(self) -> tuple[int, str, str]:
        """Wait for its end: exit code, the rest of standard output, standard error."""
        async with asyncio.timeout(PATIENCE_S):
            out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def serving(
    *arguments: str, verb: str = "serve", port: int = 0, stdin: int | None = asyncio.subprocess.DEVNULL
) -> AsyncIterator[Served]:
    """`sector7 serve` (or another verb) without a terminal; killed if it still runs at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", verb, "--port", str(port), *arguments, cwd=ROOT, stdin=stdin,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Served(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
