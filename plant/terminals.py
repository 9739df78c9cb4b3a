"""A station's terminal strip: the only place where plant and control electronics meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from plant.signal import Signal

#: Log offsets of a station's terminals: inputs 0-7, outputs 8-12, then the registers.
LOG_OUTPUT: Final = 8
LOG_TARGET: Final = 16
LOG_DUTY: Final = 17
LOG_PROGRAM: Final = 18
LOG_CARRIER: Final = 19

#: Input bit of the hardwired safety chain.
SAFETY_BIT: Final = 1 << 6

Log = Callable[[tuple[int, int, int]], None]
Edge = Callable[[int, int], None]


def _nobody(now: int, bit: int) -> None:
    pass


class Terminals:
    """Sensor word, carrier word and analogue signals of one station, with an injection point at each.

    `actual` is what the sensors see, `inputs` what is measured at the terminals (bits 0-5 sensors, bit 6 the safety
    chain); mechanisms call `set` and `clear`, with one bit or none. Whoever reads the terminals registers `edge`.
    `log` receives (t_us, log number, value).
    """

    __slots__ = (
        "_inverted",
        "_stuck",
        "_stuck_at",
        "actual",
        "analogs",
        "base",
        "carrier",
        "edge",
        "inputs",
        "log",
        "names",
    )
    STATE: ClassVar[tuple[str, ...]] = ("inputs", "actual", "_stuck", "_stuck_at", "_inverted", "carrier")

    def __init__(self, names: tuple[str, ...], analogs: tuple[Signal, ...], base: int, log: Log) -> None:
        self.names = names
        self.analogs = analogs
        self.base = base
        self.log = log
        self.edge: Edge = _nobody
        self.inputs = SAFETY_BIT
        self.carrier = 0
        self.actual = SAFETY_BIT
        self._stuck = 0
        self._stuck_at = 0
        self._inverted = 0

    def bit(self, name: str) -> int:
        """The input bit of a sensor by name; 0, a bit that is never there, for the empty name."""
        return 1 << self.names.index(name) if name else 0

    def set(self, now: int, bit: int) -> None:
        """The sensor of `bit` becomes true."""
        if self.actual & bit != bit:
            self.actual |= bit
            self._show(now, bit)

    def clear(self, now: int, bit: int) -> None:
        """The sensor of `bit` becomes false."""
        if self.actual & bit:
            self.actual ^= bit
            self._show(now, bit)

    def initial(self, bits: int) -> None:
        """State of the sensors before time begins."""
        self.actual |= bits
        self.inputs |= bits

    def _show(self, now: int, bit: int) -> None:
        seen = self.actual
        if self._inverted or self._stuck:
            seen = (seen ^ self._inverted) & ~self._stuck | self._stuck_at
        changed = (self.inputs ^ seen) & bit
        if changed:
            self.inputs ^= changed
            self.log((now, self.base + changed.bit_length() - 1, 1 if seen & changed else 0))
            self.edge(now, changed)

    def show_carrier(self, now: int, word: int) -> None:
        """The read head sees another carrier word (0: nothing there)."""
        if word != self.carrier:
            self.carrier = word
            self.log((now, self.base + LOG_CARRIER, word))
            self.edge(now, 0)

    # ---- injection
    def stick(self, now: int, bit: int, value: bool) -> None:
        """From now on the input reads `value`, whatever the sensor says (broken wire, dirty lens)."""
        self._stuck |= bit
        self._stuck_at = self._stuck_at | bit if value else self._stuck_at & ~bit
        self._show(now, bit)

    def invert(self, now: int, bit: int) -> None:
        """From now on the input reads the opposite (wired to the wrong contact); again: as it should."""
        self._inverted ^= bit
        self._show(now, bit)

    def mend(self, now: int, bit: int) -> None:
        """The input reads its sensor again."""
        self._stuck &= ~bit
        self._stuck_at &= ~bit
        self._inverted &= ~bit
        self._show(now, bit)

    @property
    def injected(self) -> int:
        """Input bits that do not follow their sensor."""
        return self._stuck | self._inverted
