"""People: maintenance crews with a queue, and what they do at a station."""

from __future__ import annotations

from collections import deque
from typing import ClassVar, Protocol


class Job(Protocol):
    """Something to repair."""

    def repair(self, now: int) -> None:
        """A crew is free and sets out; the job calls `Crew.finished` when it is done."""
        ...


class Attendants:
    """People who can do a machine's work by hand: `size` of them, `busy` at stations."""

    __slots__ = ("busy", "size")
    STATE: ClassVar[tuple[str, ...]] = ("busy",)

    def __init__(self, size: int) -> None:
        self.size = size
        self.busy = 0

    @property
    def free(self) -> int:
        """How many have nothing to do."""
        return self.size - self.busy


class Crew:
    """`size` maintenance crews that take jobs first come, first served."""

    __slots__ = ("busy", "queue", "size")
    STATE: ClassVar[tuple[str, ...]] = ("busy", "queue")

    def __init__(self, size: int) -> None:
        self.size = size
        self.busy = 0
        self.queue: deque[Job] = deque()

    def call(self, now: int, job: Job) -> None:
        """`job` wants a crew."""
        self.queue.append(job)
        self._dispatch(now)

    def finished(self, now: int) -> None:
        """A crew is free again."""
        self.busy -= 1
        self._dispatch(now)

    def _dispatch(self, now: int) -> None:
        while self.queue and self.busy < self.size:
            self.busy += 1
            self.queue.popleft().repair(now)
