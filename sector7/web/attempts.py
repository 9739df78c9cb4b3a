"""How often somebody may try to log in."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

#: So many failures within the window, and further tries are refused until the oldest is out of it (seconds).
MOST_FAILURES: Final = 5
WINDOW_S: Final = 300.0
#: Names and addresses remembered; the one not heard of for longest is forgotten first.
MOST_KEYS: Final = 4096


class Attempts:
    """Failures by key (an address, a user name). `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def wait_s(self, *keys: str) -> float:
        """How long to wait before the next try is let in, 0 if it is let in now."""
        return max((self._wait(key) for key in keys), default=0.0)

    def failed(self, *keys: str) -> None:
        """Note a failure."""
        for key in keys:
            recent = self._recent(key)
            self._failures[key] = [*recent, self._clock()][-MOST_FAILURES:]
            self._failures.move_to_end(key)
        while len(self._failures) > MOST_KEYS:
            self._failures.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures."""
        for key in keys:
            self._failures.pop(key, None)

    def _wait(self, key: str) -> float:
        recent = self._recent(key)
        return recent[0] + WINDOW_S - self._clock() if len(recent) >= MOST_FAILURES else 0.0

    def _recent(self, key: str) -> list[float]:
        return [at for at in self._failures.get(key, ()) if self._clock() < at + WINDOW_S]
