"""`sector7` with some arguments on a terminal: what it paints, keys for it, how it ends."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from tests.pty_console import PATIENCE_S, PtyConsole


class OnTerminal(PtyConsole):
    """`sector7` with some arguments, on a terminal of `size` columns and rows; killed if it still runs at the end."""

    def __init__(
        self, *arguments: str, size: tuple[int, int] = (140, 42), env: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(*size)
        self._arguments = arguments
        self._env = env

    async def __aenter__(self) -> OnTerminal:
        await self.launch("-m", "sector7", *self._arguments, env=self._env)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def children(self) -> list[int]:
        """Processes that it started and that still run."""
        assert self.process is not None
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text("ascii").split()]


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
