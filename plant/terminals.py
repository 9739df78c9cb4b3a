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
        "_distorted",
        "_forced",
        "_forced_on",
        "_inverted",
        "_stuck",
        "_stuck_at",
        "_swapped",
        "actual",
        "analogs",
        "base",
        "carrier",
        "edge",
        "held",
        "inputs",
        "log",
        "names",
    )
    STATE: ClassVar[tuple[str, ...]] = (
        "inputs", "actual", "_stuck", "_stuck_at", "_forced", "_forced_on", "_inverted", "_swapped", "_distorted",
        "held", "carrier",
    )  # fmt: skip

    def __init__(self, names: tuple[str, ...], analogs: tuple[Signal, ...], base: int, log: Log) -> None:
        self.names = names
        self.analogs = analogs
        self.base = base
        self.log = log
        self.edge: Edge = _nobody
        self.inputs = SAFETY_BIT
        self.carrier = 0
        self.actual = SAFETY_BIT
        #: Sensors that somebody holds the other way round.
        self.held = 0
        self._stuck = 0
        self._stuck_at = 0
        self._forced = 0
        self._forced_on = 0
        self._inverted = 0
        self._swapped: tuple[tuple[int, int], ...] = ()
        self._distorted = False

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
        if self._distorted:
            self._show_all(now)
            return
        changed = (self.inputs ^ self.actual) & bit
        if changed:
            self.inputs ^= changed
            self.log((now, self.base + changed.bit_length() - 1, 1 if self.inputs & changed else 0))
            self.edge(now, changed)

    def _show_all(self, now: int) -> None:
        """With faults on the way from sensor to terminal, other inputs than that of the sensor may change."""
        seen = self._through_faults()
        changed = self.inputs ^ seen
        while changed:
            bit = changed & -changed
            changed ^= bit
            self.inputs ^= bit
            self.log((now, self.base + bit.bit_length() - 1, 1 if seen & bit else 0))
            self.edge(now, bit)

    def _through_faults(self) -> int:
        """What is measured of the sensors: crossed wires first, then contacts, dirt, and what is forced."""
        seen = self.actual ^ self.held
        for a, b in self._swapped:
            if bool(seen & a) is not bool(seen & b):
                seen ^= a | b
        seen = (seen ^ self._inverted) & ~self._stuck | self._stuck_at
        return seen & ~self._forced | self._forced_on

    def tell(self, now: int, first: int, bits: int) -> None:
        """What comes over a network instead of wires: all bits from number `first` on. No sensor and no fault of a wire
        has to do with it, and the log has it from its source."""
        changed = (self.inputs >> first ^ bits) << first
        if changed:
            self.actual ^= changed
            self.inputs ^= changed
            self.edge(now, changed)

    def show_carrier(self, now: int, word: int) -> None:
        """The read head sees another carrier word (0: nothing there)."""
        if word != self.carrier:
            self.carrier = word
            self.log((now, self.base + LOG_CARRIER, word))
            self.edge(now, 0)

    def hold(self, now: int, bits: int) -> None:
        """From now on these sensors, and no others, see what is not there, or no longer see what is: a hand before the
        light beam, a magnet at the switch."""
        self.held = bits
        self._changed(now)

    # ---- what falsifies it
    def stick(self, now: int, bit: int, value: bool) -> None:
        """From now on the input reads `value`, whatever the sensor says (dirty lens), until it is mended."""
        self._stuck |= bit
        self._stuck_at = self._stuck_at | bit if value else self._stuck_at & ~bit
        self._changed(now)

    def mend(self, now: int, bit: int) -> None:
        """The lens is clean again; what is injected stays."""
        self._stuck &= ~bit
        self._stuck_at &= ~bit
        self._changed(now)

    def distort(
        self, now: int, *, on: int = 0, off: int = 0, inverted: int = 0, swapped: tuple[tuple[int, int], ...] = ()
    ) -> None:
        """Injection: from now on the inputs `on` and `off` read so whatever their sensors say (short circuit, broken
        wire), those of `inverted` the opposite, and each pair of `swapped` is connected crosswise. This replaces
        what was injected before; no argument: as it should be."""
        self._forced = on | off
        self._forced_on = on
        self._inverted = inverted
        self._swapped = swapped
        self._changed(now)

    def _changed(self, now: int) -> None:
        self._show_all(now)
        self._distorted = (self.injected | self.held) != 0

    @property
    def wiring(self) -> tuple[int, ...]:
        """The sensor that is connected to each input, by number."""
        sensors = list(range(len(self.names)))
        for a, b in self._swapped:
            i, j = a.bit_length() - 1, b.bit_length() - 1
            sensors[i], sensors[j] = sensors[j], sensors[i]
        return tuple(sensors)

    @property
    def injected(self) -> int:
        """Input bits that do not follow their sensor."""
        bits = self._stuck | self._forced | self._inverted
        for a, b in self._swapped:
            bits |= a | b
        return bits
