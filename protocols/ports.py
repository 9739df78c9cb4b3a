"""The two seams of sector7 and the faces around them, as typing Protocols."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, runtime_checkable

from protocols.roles import Role
from protocols.tags.tag import Table

#: An instant that never comes.
NEVER: Final = 1 << 61
#: What an exchange returns when the board does not answer.
NO_ANSWER: Final = -1


#: Receives (t_us, log number, value): every sensor edge, command and state change.
Log = Callable[[tuple[int, int, int]], None]


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

    @property
    def inputs(self) -> int:
        """Bits 0-5: digital inputs, bit 6: the safety chain is closed."""
        ...

    @property
    def carrier(self) -> int:
        """The pallet's data tag at the read head, 0 if there is none."""
        ...

    @property
    def analogs(self) -> Sequence[AnalogInput]:
        """The analogue inputs by channel."""
        ...


class Board(Protocol):
    """A station board: a function from inputs and commands to status and outputs, evaluated at exchange instants."""

    @property
    def outputs(self) -> int:
        """What the pins shall be from the next grid instant on: a command image cut to what reaches the plant."""
        ...

    @property
    def due_us(self) -> int:
        """The next instant at which the board would change something by itself."""
        ...

    @property
    def watchdog_us(self) -> int:
        """Silence after which the outputs go to their declared safe state."""
        ...

    def exchange(self, now_us: int, command: int) -> int:
        """One exchange: takes the command image, samples the terminals, returns the status image (or NO_ANSWER).

        Afterwards `outputs` and `due_us` are up to date.
        """
        ...

    def idle(self, now_us: int, heard_us: int) -> None:
        """No exchange took place at this instant, the last was at `heard_us`: the board's own timers go on."""
        ...

    def notice(self, now_us: int, bit: int) -> int:
        """An input bit changed at `now_us`: the exchange instant by which the board wants to be asked."""
        ...

    def signal_changed(self, now_us: int) -> int:
        """An analogue input follows a new course: the exchange instant by which the board wants to be asked."""
        ...

    def measured(self, channel: int, now_us: int) -> int:
        """Counts of an analogue input as sampled by the last exchange before `now_us`."""
        ...


@runtime_checkable
class Powered(Protocol):
    """A board whose supply voltage the plant has a hand on."""

    @property
    def supply_mv(self) -> int:
        """Supply voltage, mV."""
        ...

    def supply(self, now_us: int, millivolts: int) -> int:
        """The supply voltage changes: below the brown-out level the board is dead, afterwards it boots anew.

        Returns the exchange instant by which the board wants to be asked, NEVER if it did not notice.
        """
        ...


class Controller(Protocol):
    """The program of one station: from a status image to a command image, once per scan."""

    @property
    def wake_us(self) -> int:
        """The next instant at which the same status could lead to something new."""
        ...

    @property
    def care(self) -> int:
        """The status bits that could lead to something new."""
        ...

    @property
    def speaks(self) -> bool:
        """True if the line coordinator should look after the last scan."""
        ...

    def scan(self, now_us: int, status: int) -> int:
        """One scan. Afterwards `wake_us` is up to date."""
        ...


class Commands(Protocol):
    """Where validated writes of a Modbus master go: they take effect at the next scan boundary."""

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """Queue one whole write of `who`, who has this `role`, already checked against the register map.

        Raises Refusal if it must not be done.
        """
        ...

    def refused(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """A write that the map or the role forbids was refused: nothing of it counts, but it may be remembered."""
        ...

    def newest(self, unit: int, address: int) -> int | None:
        """What was last written to a holding register and cannot be read back yet; None if what can be read is it."""
        ...


class TagSource(Protocol):
    """Whoever knows the current value of every tag (the rig; a recording; a test)."""

    #: Grows whenever a value may have changed.
    generation: int

    def values(self, unit: int) -> Mapping[str, int]:
        """Raw values of the unit's tags by name; a tag left out reads its default."""
        ...


class CommitGate(Protocol):
    """Holds back the answer to a write until the write is durable (the journal). Without a gate nothing waits."""

    def when_durable(self, done: Callable[[bool], None]) -> bool:
        """True if all writes handed over so far are durable already; `done` is then not called.

        Otherwise `done` is called once, later, on the event loop: with True when they are, with False if they cannot
        be made so (the client is told exception 04). They count, and can be read back, from that moment on.
        """
        ...


class FileSource(Protocol):
    """Bulk data as numbered files of registers (Modbus file records, function 20)."""

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """`count` (1 or more) words 0..65535 from register `record` of `file`; None if they do not all exist."""
        ...


class EventQueue(Protocol):
    """What happened last, as a queue of registers (Modbus function 24). Reading takes nothing away."""

    def registers(self) -> Sequence[int]:
        """At most 31 words 0..65535, the oldest event first."""
        ...


class ByteStream(Protocol):
    """A serial line: bytes in both directions, on the event loop."""

    @property
    def name(self) -> str:
        """What people call it: /dev/ttyUSB0."""
        ...

    @property
    def baud(self) -> int:
        """Bits per second."""
        ...

    def open(self, received: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """Begin to listen: `received` gets what comes in, cut anywhere; `lost` is told why once when the line is
        gone. Raises LinkError if the line cannot be opened."""
        ...

    def write(self, data: bytes) -> None:
        """Send; without effect when the line is not open."""
        ...

    def close(self) -> None:
        """Give the line back; without effect when it is not open."""
        ...
