"""What is kept of the time around the first failure: the values that were looked at, and what happened."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sector7.scenario.expression import Getter, Number

#: Samples before and behind the failure, and events.
_BEFORE: Final = 900
_BEHIND: Final = 300
_EVENTS: Final = 60


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when, to whom, and what."""

    at_us: int
    who: str
    what: str


class Evidence:
    """Remembers the last while until `fix` says when the first failure was, and then a while more."""

    def __init__(self, watched: Mapping[str, Getter]) -> None:
        self.names = tuple(watched)
        self._getters = tuple(watched.values())
        #: When it first failed, us; None: never.
        self.at_us: int | None = None
        self._recent: deque[tuple[int, tuple[Number, ...]]] = deque(maxlen=_BEFORE)
        self._samples: list[tuple[int, tuple[Number, ...]]] = []
        self._happened: deque[Event] = deque(maxlen=_EVENTS)
        self._events: list[Event] = []

    def sample(self, now: int) -> None:
        """Look at the values."""
        if self.at_us is None:
            self._recent.append((now, tuple(getter() for getter in self._getters)))
        elif len(self._samples) < _BEHIND:
            self._samples.append((now, tuple(getter() for getter in self._getters)))

    def note(self, event: Event) -> None:
        """Something happened, perhaps some time ago; events come in order."""
        if self.at_us is None:
            self._happened.append(event)
        elif len(self._events) < _EVENTS:
            self._events.append(event)

    def fix(self, now: int) -> None:
        """It was now."""
        if self.at_us is None:
            self.at_us = now

    @property
    def events(self) -> list[Event]:
        """What happened around it, in order."""
        return [*self._happened, *self._events]

    def trend(self, name: str) -> tuple[list[int], list[float]]:
        """Times (us) and values of a name around it."""
        index = self.names.index(name)
        samples = [*self._recent, *self._samples]
        return [at for at, _ in samples], [float(values[index]) for _, values in samples]
