"""The two seams of sector7 and the faces around them, as typing Protocols."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from protocols.tag import Table


class AnalogInput(Protocol):
    """A transmitter on one analogue channel: a closed-form function of time, in counts 0..1023."""

    def counts(self, now_us: int) -> int:
        """The reading at `now_us`, which may lie a moment before the last change of the signal."""
        ...

    def crossing(self, counts: int, rising: bool, after_us: int) -> int | None:
        """An instant not before `after_us` and not later than the one at which the reading reaches (or falls
        below) `counts`; None if it never does as things stand."""
        ...


class Terminals(Protocol):
    """A station's terminal strip as a board sees it."""

    inputs: int
    carrier: int
    safety_ok: bool
    analogs: tuple[AnalogInput, ...]


class Board(Protocol):
    """A station board: a function from inputs and commands to status and outputs, evaluated at exchange instants."""

    outputs: int
    due_us: int

    def exchange(self, now_us: int, command: int) -> int:
        """One exchange: takes the command image, samples the terminals, returns the status image.

        Afterwards `outputs` holds what the pins shall be from the next grid instant on (a command image cut to
        what reaches the plant) and `due_us` the next instant at which the board would change something by itself.
        """
        ...

    def notice(self, now_us: int, bit: int) -> int:
        """An input bit changed at `now_us`: the exchange instant by which the board wants to be asked."""
        ...

    def measured(self, channel: int, now_us: int) -> int:
        """Counts of an analogue input as sampled by the last exchange before `now_us`."""
        ...


class Controller(Protocol):
    """The program of one station: from a status image to a command image, once per scan."""

    wake_us: int

    def scan(self, now_us: int, status: int) -> int:
        """One scan. Afterwards `wake_us` is the next instant at which the same status could lead to something new."""
        ...


class Commands(Protocol):
    """Where validated writes of a Modbus master go: they take effect at the next scan boundary."""

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str) -> None:
        """Queue one whole write, already checked against the register map. Raises Refusal if it must not be done."""
        ...


class TagSource(Protocol):
    """Whoever knows the current value of every tag (the rig; a recording; a test)."""

    #: Grows whenever a value may have changed.
    generation: int

    def values(self, unit: int) -> Mapping[str, int]:
        """Raw values of the unit's tags by name; a tag left out reads its default."""
        ...
