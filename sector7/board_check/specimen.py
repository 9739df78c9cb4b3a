"""A board on the bench: somebody gives it inputs and commands, exchange by exchange, and looks at what it does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from protocols.stations.images import ACKNOWLEDGE, SAFETY_OK
from protocols.stations.station_io import StationIO


@dataclass(frozen=True, slots=True)
class Drive:
    """What is done to a board: inputs (bits 0-5, 6: the safety chain), counts by channel, command image."""

    inputs: int = SAFETY_OK
    counts: Sequence[int] = (0, 0, 0, 0)
    command: int = 0

    @property
    def acknowledge(self) -> int:
        """The acknowledge bit of the command."""
        return self.command & ACKNOWLEDGE


@dataclass(frozen=True, slots=True)
class Seen:
    """What a board shows: status word 0, outputs 0-4 as the terminals have them, the axis by step count, the axis
    command and the duty in effect, and the instant of its next change of its own (NEVER: none)."""

    status: int
    outputs: int
    position: int
    target: int
    speed: int
    duty: int
    due_us: int
    counts: tuple[int, ...] = field(default=())


class Specimen(Protocol):
    """One station's board, as after a start: tripped, axis at 0, the inputs as they were given to `Target.fit`."""

    @property
    def io(self) -> StationIO:
        """The station whose profile it has."""
        ...

    def exchange(self, now_us: int, drive: Drive) -> Seen:
        """One exchange. Raises LinkError when the board does not answer."""
        ...

    def silence(self, now_us: int, drive: Drive) -> Seen | None:
        """The exchange of this instant does not take place: what the board shows, None if nobody can see it."""
        ...


class Target(Protocol):
    """Where boards come from."""

    @property
    def name(self) -> str:
        """What the user called it."""
        ...

    @property
    def pause_us(self) -> int:
        """The longest time between two exchanges in which nothing changes; the grid's for boards that see every one."""
        ...

    def fit(self, io: StationIO, first: Drive) -> AbstractContextManager[Specimen]:
        """A board of station `io` as after a start, whose first exchange will be `first`. Raises Unfit when this board
        cannot be brought there, LinkError when there is none."""
        ...

    def close(self) -> None:
        """Leaves everything as it was found."""
        ...


class Unfit(Exception):
    """This board cannot show that; the message says why."""
