"""The guided I/O check: one sensor after the other is held, and exactly its input must change."""

from __future__ import annotations

from typing import ClassVar, Final

from firmware_sim.commissioning.team import Outcome, Team
from firmware_sim.plc.unit import Unit
from protocols.commissioning import (
    HIGH_ITEM,
    HIGH_POINT,
    LOW_ITEM,
    LOW_POINT,
    NOTHING_CHANGED,
    WRONG_REST,
    Finding,
)
from protocols.commissioning_checks import allowed, wanted
from protocols.stations.images import INPUTS

_SECOND: Final = 1_000_000
#: From the program's call to the technician's hand at the sensor, how long it stays there, and until all is as before.
_CALL_US: Final = 3 * _SECOND
_LOOK_US: Final = 5 * _SECOND
_DONE_US: Final = 7 * _SECOND


class IoCheck:
    """Checks the inputs of one station item by item (`item`, in the numbers of protocols.commissioning).

    An operator who does it by hand says what he has seen (`confirm`) before the sensor is let go.
    """

    STATE: ClassVar[tuple[str, ...]] = ("item", "since", "_before", "_seen", "_low", "confirmed", "_suspect")

    def __init__(self, unit: Unit, team: Team) -> None:
        self._unit = unit
        self._io = io = unit.io
        self._team = team
        self._rest = sum(io.status(name) for name in io.rest)
        #: `outfeed_clear` depends on who stands behind the station.
        self._known = INPUTS & ~io.status("outfeed_clear")
        self.item = 0
        self.since = -1
        self._before = 0
        #: What changed (-1: nobody has looked yet); the error at the low reference.
        self._seen = -1
        self._low = 0
        self.confirmed = False
        #: What a device's fault input that is on at rest is taken for next.
        self._suspect = int(Finding.SEIZED)

    @property
    def items(self) -> list[int]:
        """Every item in its order: inputs, then both references of each transmitter."""
        channels = range(len(self._io.analogs))
        return [*range(len(self._io.inputs)), *(point + c for c in channels for point in (LOW_ITEM, HIGH_ITEM))]

    def begin(self, item: int) -> None:
        """Check this item next; a transmitter is checked from its low reference on."""
        self.item = LOW_ITEM + item % 4 if item >= LOW_ITEM else item
        self.since = -1
        self.confirmed = False

    def give_up(self, now: int) -> None:
        """The technician lets go of everything."""
        self._team.hold(now, 0)
        if self.item >= LOW_ITEM:
            self._team.refer(now, self.item % 4, None)
        self.since = -1

    @property
    def asks(self) -> bool:
        """True while the sensor is held and nobody has said yet what was seen."""
        return self.since >= 0 and self._seen >= 0 and not self.confirmed

    def agrees(self, value: int) -> bool:
        """An operator says what he sees: the input that changed (15: none), or of a transmitter 1 (right) or 0."""
        if self.item >= LOW_ITEM:
            return bool(value) == (abs(self._error()) <= self._allowed)
        return self._seen & INPUTS == (0 if value == NOTHING_CHANGED else 1 << value)

    def tick(self, now: int, status: int, by_hand: bool) -> list[Outcome]:
        """Go on; what is returned (mostly nothing) has been checked."""
        if self.since < 0:
            self.since = now
            self._before = status & INPUTS
            self._seen = -1
            self.confirmed = False
        age = now - self.since
        if self._seen < 0:
            if age >= _LOOK_US:
                self._look(now, status)
            elif age >= _CALL_US:
                self._touch(now)
            return []
        if by_hand and not self.confirmed:
            self.since = now - _LOOK_US  # the clock stands until somebody has looked
            return []
        if age < _DONE_US:
            self._let_go(now)
            return []
        self.since = -1
        return self._inputs() if self.item < LOW_ITEM else self._transmitter()

    # ---- at the station
    def _touch(self, now: int) -> None:
        if self.item < LOW_ITEM:
            self._team.hold(now, 1 << self.item)
        else:
            self._team.refer(now, self.item % 4, self._point)

    def _look(self, now: int, status: int) -> None:
        if self.item < LOW_ITEM:
            self._seen = (status ^ self._before) & INPUTS
        else:
            self._seen = self._unit.measure(self.item % 4, now)

    def _let_go(self, now: int) -> None:
        if self.item < LOW_ITEM:
            self._team.hold(now, 0)
        else:
            self._team.refer(now, self.item % 4, None)

    # ---- what it means
    def _inputs(self) -> list[Outcome]:
        bit = 1 << self.item
        seen = self._seen
        others = seen & ~bit
        finding, other = Finding.NONE, 0
        if others:
            finding, other = Finding.SWAPPED, (others & -others).bit_length() - 1
        elif not seen:
            finding = Finding.CORRODED
        elif (self._before ^ self._rest) & bit & self._known:
            finding = self._wrong_at_rest()
            seen |= WRONG_REST
        return [Outcome(self.item, bit, bit, seen, finding, other)]

    def _wrong_at_rest(self) -> Finding:
        """An inverted input; but a device that cannot move reports a fault, and that looks the same. It is looked for
        first, and the wiring if that was not it."""
        if not self._io.inputs[self.item].endswith("_fault"):
            return Finding.INVERTED
        finding = Finding(self._suspect)
        self._suspect = int(Finding.INVERTED if finding is Finding.SEIZED else Finding.SEIZED)
        return finding

    @property
    def _point(self) -> int:
        return HIGH_POINT if self.item >= HIGH_ITEM else LOW_POINT

    @property
    def _allowed(self) -> int:
        return allowed(self._io.analogs[self.item % 4])

    def _wanted(self, point: int) -> int:
        return wanted(self._io.analogs[self.item % 4], point)

    def _error(self) -> int:
        return self._io.analogs[self.item % 4].raw(self._seen) - self._wanted(self._point)

    def _transmitter(self) -> list[Outcome]:
        """After the low reference go on to the high one; then both errors together tell what is wrong."""
        error, allowed = self._error(), self._allowed
        if self.item < HIGH_ITEM:
            self._low = error
            self.item = HIGH_ITEM + self.item % 4
            return []
        finding = Finding.NONE
        if max(abs(self._low), abs(error)) > allowed:
            finding = Finding.DRIFTED if abs(error - self._low) <= allowed else Finding.UNCALIBRATED
        channel = self.item % 4
        return [
            Outcome(item, wanted - allowed, wanted + allowed, wanted + off, 0 if abs(off) <= allowed else finding)
            for item, wanted, off in (
                (LOW_ITEM + channel, self._wanted(LOW_POINT), self._low),
                (HIGH_ITEM + channel, self._wanted(HIGH_POINT), error),
            )
        ]
