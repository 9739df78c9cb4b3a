"""What alarms look at, as one bit per alarm: set while its condition is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from firmware_sim.plc.line import Line
from firmware_sim.plc.unit import Unit
from protocols.alarms.alarm import (
    Alarm,
    Beyond,
    LineIn,
    LinkOff,
    PanelOff,
    PowerFault,
    RecoveryOff,
    Rejects,
    StationsDown,
    Stopped,
    Told,
)
from protocols.packml import Mode, State
from protocols.reasons import Reason
from protocols.stations.images import LINK

#: Beside the alarms' own bits: the station is not in Produce, the line's supplies are not switched on.
ASIDE: Final = 1 << 16
_DOWN: Final = frozenset((int(State.HELD), int(State.HOLDING), int(State.ABORTED), int(State.ABORTING)))
_PRODUCE: Final = int(Mode.PRODUCE)
_NOT_ITSELF: Final = frozenset((int(Reason.NONE), int(Reason.OPERATOR), int(Reason.LINE)))


def bit_of(alarm: Alarm) -> int:
    """The alarm's bit among those of its station or of the line."""
    return 1 << (alarm.number % 100 - 1)


class Limits:
    """The alarms on one recorded value, in counts. `bits` and bounds are 0 and None where there is no such alarm."""

    def __init__(self, unit: Unit, channel: int, alarms: Sequence[Alarm]) -> None:
        self._notes = unit.notes
        self._channel = channel
        analog = unit.io.analogs[channel]
        self.low_bit = self.high_bit = 0
        self._low: tuple[int, int] = (0, 0)
        self._high: tuple[int, int] = (0, 0)
        for alarm in alarms:
            condition = alarm.condition
            if not isinstance(condition, Beyond) or condition.analog != analog.name:
                continue
            limit = condition.limit
            if condition.above:
                self.high_bit = bit_of(alarm)
                self._high = analog.counts(limit + 1), analog.counts(limit - condition.deadband)
            else:
                self.low_bit = bit_of(alarm)
                self._low = analog.counts(limit), analog.counts(limit + condition.deadband)

    def look(self, before: int) -> int:
        """The bits now, given those before (deadband); the unit is told which values would be news."""
        counts = self._notes.recorded[self._channel]
        on = 0
        if counts >= 0:
            if self.low_bit and counts < self._low[1 if before & self.low_bit else 0]:
                on |= self.low_bit
            if self.high_bit and counts >= self._high[1 if before & self.high_bit else 0]:
                on |= self.high_bit
        least = self._low[0] if self.low_bit else None
        most = self._high[0] - 1 if self.high_bit else None
        if on & self.low_bit:
            least, most = None, self._low[1] - 1
        elif on & self.high_bit:
            least, most = self._high[1], None
        self._notes.quiet(self._channel, least, most)
        return on


def _power_faults(alarms: Sequence[tuple[int, PowerFault]], line: Line) -> int:
    """The bits of those alarms whose fault the switchboard tells of."""
    told = line.power_faults
    return sum(bit for bit, fault in alarms if (told & fault.bits).bit_count() >= fault.count) if told else 0


class StationLook:
    """The conditions of one station's alarms."""

    STATE: ClassVar[tuple[str, ...]] = ("_beyond", "_records")

    def __init__(self, unit: Unit, alarms: Sequence[Alarm], line: Line) -> None:
        self.unit = unit
        self._line = line
        self._power = [(bit_of(a), a.condition) for a in alarms if isinstance(a.condition, PowerFault)]
        self._by_reason: dict[int, int] = {}
        self._link = self._rejects = 0
        self._most = self._fewest = 0
        self._channels: dict[int, int] = {}
        for alarm in alarms:
            match alarm.condition:
                case Stopped(reasons):
                    for reason in reasons:
                        self._by_reason[int(reason)] = self._by_reason.get(int(reason), 0) | bit_of(alarm)
                case LinkOff():
                    self._link = bit_of(alarm)
                case Rejects(count, deadband):
                    self._rejects, self._most, self._fewest = bit_of(alarm), count, count - deadband
                case Beyond(analog):
                    self._channels[bit_of(alarm)] = unit.io.analog(analog)
        self._limits = [Limits(unit, channel, alarms) for channel in sorted(set(self._channels.values()))]
        #: What the limits said last, and up to which record.
        self._beyond, self._records = 0, -1

    def look(self, before: int) -> int:
        """The bits of what holds now, given those of before."""
        unit = self.unit
        on = self._by_reason.get(unit.reason, 0)
        if not unit.status & LINK:
            on |= self._link
        on |= _power_faults(self._power, self._line)
        rejects = unit.notes.verdicts.bit_count()
        if rejects >= self._most or (before & self._rejects and rejects > self._fewest):
            on |= self._rejects
        if self._records != unit.notes.records:
            self._records = unit.notes.records
            self._beyond = 0
            for limits in self._limits:
                self._beyond |= limits.look(before)
        on |= self._beyond
        return on | ASIDE if unit.mode != _PRODUCE else on

    def value(self, bit: int) -> int:
        """The value behind an alarm's bit: raw as recorded, rejects of the last twenty, else the stop reason."""
        unit = self.unit
        if bit in self._channels:
            channel = self._channels[bit]
            return unit.io.analogs[channel].raw(max(0, unit.notes.recorded[channel]))
        return unit.notes.verdicts.bit_count() if bit == self._rejects else unit.reason


class LineLook:
    """The conditions of the line's own alarms. `told` holds the bits of those that somebody outside decides."""

    def __init__(self, line: Line, alarms: Sequence[Alarm]) -> None:
        self._line = line
        self._panel = [(bit_of(a), a.condition.bit) for a in alarms if isinstance(a.condition, PanelOff)]
        self._power = [(bit_of(a), a.condition) for a in alarms if isinstance(a.condition, PowerFault)]
        self._states = [(bit_of(a), a.condition.state) for a in alarms if isinstance(a.condition, LineIn)]
        self._down = [(bit_of(a), a.condition.count) for a in alarms if isinstance(a.condition, StationsDown)]
        self._recovery = sum(bit_of(a) for a in alarms if isinstance(a.condition, RecoveryOff))
        self.tellable = {a.name: bit_of(a) for a in alarms if isinstance(a.condition, Told)}

    def look(self, told: int) -> int:
        """The bits of what holds now."""
        line = self._line
        on = told
        for bit, mask in self._panel:
            if not line.panel & mask:
                on |= bit
        on |= _power_faults(self._power, line)
        for bit, state in self._states:
            if line.state == state:
                on |= bit
        down = self._stations_down()
        for bit, count in self._down:
            if down >= count:
                on |= bit
        if not line.auto_recovery:
            on |= self._recovery
        return on if line.supplies else on | ASIDE

    @property
    def power_faults(self) -> int:
        """What the switchboard tells to be wrong."""
        return self._line.power_faults

    def value(self, bit: int) -> int:
        """The number behind an alarm's bit: stations down, else the line's stop reason."""
        return self._stations_down() if any(bit == own for own, _ in self._down) else self._line.reason

    def _stations_down(self) -> int:
        units = [unit for unit in self._line.units if unit.mode == _PRODUCE]
        return sum(unit.state in _DOWN and unit.reason not in _NOT_ITSELF for unit in units)
