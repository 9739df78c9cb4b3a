"""Where reports go: the port that a writer's thread fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sector7.historian.reporter import Report


class Sink(Protocol):
    """Keeps reports. Used by one thread."""

    @property
    def name(self) -> str:
        """What it is called in messages; without any password."""
        ...

    def write(self, batch: Sequence[Report]) -> None:
        """Keep a batch, all of it or nothing; what is there already for the same instant is replaced.

        Raises SinkFailure; then the same batch comes again later.
        """
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...
