"""The HMI as its operator meets it: a process on a pseudo-terminal, read back cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from tests.pty_console import PtyConsole

#: The clock of a painted HMI goes so much slower: a machine that is busy with tests must not look like a lost link.
SLOWER = 5

_PROGRAM = """\
import sys, time
from hmi.app import run
from hmi.desk import COMMANDING, READ_ONLY
from hmi.link import connect
port, read_only, slower = map(int, sys.argv[1:])
connect.TIMEOUT_S *= slower
terms = READ_ONLY if read_only else COMMANDING
sys.exit(run("127.0.0.1", port, terms, clock=lambda: time.monotonic() / slower))
"""


class Painted(PtyConsole):
    """One running HMI and what stands on its terminal."""

    async def start(
        self,
        port: int,
        *,
        read_only: bool = False,
        slower: int = SLOWER,
        env: dict[str, str] | None = None,
        options: Sequence[str] | None = None,
    ) -> None:
        """Run the HMI against a server on this machine, with a clock so many times slower than that on the wall; with
        `options` as `sector7 hmi` does, by the wall clock."""
        program = ["-c", _PROGRAM, str(port), str(int(read_only)), str(slower)]
        if options is not None:
            program = ["-m", "sector7", "hmi", f"127.0.0.1:{port}", *options]
        await self.launch(*program, env=env)

    def filled(self, x: int, y: int) -> bool:
        """True if a cell is painted as a block."""
        return bool(self._screen.buffer[y][x].reverse)
