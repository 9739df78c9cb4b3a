"""SIGINT and SIGTERM as one polite request to stop, from the first import to the end of the process."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from types import FrameType
from typing import Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class StopSignals:
    """Takes both signals over for good: the second of two must not cut short what the first one began.

    An event loop's own handlers end with the loop, and a signal a moment later would kill the process with a
    traceback or a bad exit code.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: Callable[[], object] = bool
        for number in SIGNALS:
            signal.signal(number, self._signalled)

    def attach(self, stop: Callable[[], object]) -> None:
        """In a running loop: call `stop` once, when the first signal comes or at once if it already came."""
        self._loop, self._stop = asyncio.get_running_loop(), stop
        if self.stopped:
            self._loop.call_soon(stop)

    def detach(self) -> None:
        """The loop is about to end, and the process with it: both signals are ignored from here on.

        Python gives handlers back while it shuts down, and a signal would kill the process; what is ignored stays so.
        """
        self._loop = None
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    def stop(self) -> None:
        """Ask for a stop as a signal does."""
        if not self.stopped:
            self.stopped = True
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._stop)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self.stop()
