"""Terminals of a station that an engineer has forced, for a while, between the PLC program and the board's image."""

from __future__ import annotations

from typing import ClassVar, Final

from protocols.ports import NEVER, Controller, Log
from protocols.stations.images import INPUTS, OUTPUTS

LOG_FORCED_INPUTS: Final = 48
LOG_FORCED_OUTPUTS: Final = 49
#: Terminal numbers: digital inputs from 0, digital outputs from here on.
FIRST_OUTPUT: Final = 8
_SHIFT: Final = 8


class Forces:
    """Port `Controller` in front of another one: the program sees forced inputs, the board gets forced outputs.

    A force ends at its plant time by itself. The board's interlocks and the safety chain stand behind it: a forced
    output is withheld like a commanded one. The trace has the forced terminals and their values (bits 0 to 7 which,
    bits 8 to 15 as what) at every change.
    """

    STATE: ClassVar[tuple[str, ...]] = ("_entries",)
    DERIVED: ClassVar[tuple[str, ...]] = ("inner", "_until", "_inputs", "_outputs")

    def __init__(self, inner: Controller, log: Log, base: int) -> None:
        self.inner = inner
        self._log = log
        self._base = base
        #: [terminal, value, until_us]
        self._entries: list[list[int]] = []
        self.restored()

    def restored(self) -> None:
        """Work out the masks."""
        self._until = min((until for _, _, until in self._entries), default=NEVER)
        self._inputs = _masks(self._entries, 0, INPUTS)
        self._outputs = _masks(self._entries, FIRST_OUTPUT, OUTPUTS)

    @property
    def active(self) -> bool:
        """True while something is forced."""
        return bool(self._entries)

    @property
    def forced_inputs(self) -> int:
        """Bits of the forced inputs."""
        return self._inputs[0]

    @property
    def forced_outputs(self) -> int:
        """Bits of the forced outputs."""
        return self._outputs[0]

    @property
    def until_us(self) -> int:
        """When the next force ends, NEVER if there is none."""
        return self._until

    def put(self, now: int, terminal: int, value: int, until_us: int) -> None:
        """Force a terminal to 0 or 1 until then; one that is forced already gets the new value and time."""
        rest = [entry for entry in self._entries if entry[0] != terminal]
        self._change(now, [*rest, [terminal, value, until_us]])

    def release(self, now: int, terminal: int | None = None) -> None:
        """Force one terminal (or none at all) no more."""
        self._change(now, [entry for entry in self._entries if terminal is not None and entry[0] != terminal])

    def _change(self, now: int, entries: list[list[int]]) -> None:
        before = self._inputs, self._outputs
        self._entries[:] = entries
        self.restored()
        for was, (mask, values), number in zip(
            before, (self._inputs, self._outputs), (LOG_FORCED_INPUTS, LOG_FORCED_OUTPUTS), strict=True
        ):
            if was != (mask, values):
                self._log((now, self._base + number, mask | values << _SHIFT))

    # ---- port Controller
    @property
    def wake_us(self) -> int:
        """See port `Controller`."""
        return min(self.inner.wake_us, self._until)

    @property
    def care(self) -> int:
        """See port `Controller`."""
        return self.inner.care

    @property
    def speaks(self) -> bool:
        """See port `Controller`."""
        return self.inner.speaks

    def scan(self, now_us: int, status: int) -> int:
        """See port `Controller`."""
        if now_us >= self._until:
            self._change(now_us, [entry for entry in self._entries if entry[2] > now_us])
        mask, values = self._inputs
        command = self.inner.scan(now_us, status & ~mask | values)
        mask, values = self._outputs
        return command & ~mask | values


def _masks(entries: list[list[int]], first: int, bits: int) -> tuple[int, int]:
    """Which of the terminals from `first` on are forced, and those that are forced to 1."""
    mask = values = 0
    for terminal, value, _ in entries:
        if terminal >= first and (bit := 1 << terminal - first) & bits and (first or terminal < FIRST_OUTPUT):
            mask |= bit
            values |= bit * value
    return mask, values
