"""When values changed last, as far as this console has seen it."""

from __future__ import annotations

from collections.abc import Mapping


class Changes:
    """Compares each poll with the one before. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._values: Mapping[str, int] = {}
        self._times: dict[str, float] = {}

    def note(self, values: Mapping[str, int], now_s: float) -> None:
        """Take the newest values; the same mapping a second time costs nothing."""
        before = self._values
        if values is before:
            return
        self._values = values
        for name, value in values.items():
            if name in before and before[name] != value:
                self._times[name] = now_s

    def age(self, name: str, now_s: float) -> float | None:
        """Seconds since the value changed, None if it never did while somebody looked."""
        changed = self._times.get(name)
        return None if changed is None else now_s - changed
