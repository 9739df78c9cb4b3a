"""Log lines about clients, limited in number: a client that misbehaves in a loop must not fill the log or cost time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable


class LimitedLog:
    """Writes at most `burst` warnings of one kind within `period_s` seconds, and says afterwards how many it left out.

    `kind` is one of a few fixed words, never something a client sent: the table of kinds stays small.
    """

    def __init__(
        self,
        logger: logging.Logger,
        burst: int = 5,
        period_s: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._logger = logger
        self._burst = burst
        self._period_s = period_s
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}

    def note(self, kind: str, text: str) -> None:
        """One line, unless too many of this kind were written lately."""
        now = self._clock()
        since, count = self._windows.get(kind, (now, 0))
        if now - since >= self._period_s:
            if count > self._burst:
                self._logger.warning("%s: %d more in %.0f s", kind, count - self._burst, now - since)
            since, count = now, 0
        self._windows[kind] = (since, count + 1)
        if count < self._burst:
            self._logger.warning("%s: %s", kind, text)
