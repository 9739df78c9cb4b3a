"""What an alarm is (ISA-18.2, IEC 62682). The declarations themselves are in `table` and `limits`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from protocols.errors import MapError
from protocols.stations.io_table import BY_NUMBER

#: Alarm transitions in the logical trace: log number LOG_ALARM + alarm number, value the alarm's status word.
LOG_ALARM: Final = 4096
#: An alarm's place in the status array: sixteen for the line, then sixteen for every station.
PLACES: Final = 16
MOST_STATIONS: Final = 12


class AlarmState(IntEnum):
    """Where an alarm is in its life. The last two are for alarms that latch."""

    NORMAL = 1
    UNACKNOWLEDGED = 2
    ACKNOWLEDGED = 3
    RETURNED = 4
    SHELVED = 5
    SUPPRESSED = 6
    OUT_OF_SERVICE = 7
    LATCHED_UNACKNOWLEDGED = 8
    LATCHED_ACKNOWLEDGED = 9


#: States that ask for an acknowledgement, and those that an operator is shown.
UNACKNOWLEDGED: Final = frozenset((AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED, AlarmState.LATCHED_UNACKNOWLEDGED))
ANNUNCIATED: Final = UNACKNOWLEDGED | {AlarmState.ACKNOWLEDGED, AlarmState.LATCHED_ACKNOWLEDGED}


class Priority(IntEnum):
    """How soon somebody must act."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class AlarmCommand(IntEnum):
    """AlarmCommand register: what a rising edge of AlarmChangeRequest does."""

    NONE = 0
    ACKNOWLEDGE = 1
    ACKNOWLEDGE_GROUP = 2
    ACKNOWLEDGE_ALL = 3
    RESET = 4
    SHELVE = 5
    UNSHELVE = 6


class ServiceCommand(IntEnum):
    """AlarmServiceCommand register: what a rising edge of AlarmServiceChangeRequest does."""

    NONE = 0
    OUT_OF_SERVICE = 1
    RETURN_TO_SERVICE = 2


class AlarmResult(IntEnum):
    """What became of the last alarm command."""

    NONE = 0
    DONE = 1
    UNKNOWN_ALARM = 2
    WRONG_STATE = 3
    NO_REASON = 4
    TOO_LONG = 5
    NO_COMMAND = 6


#: Why an alarm is shelved.
SHELVE_REASONS: Final = (
    (0, "None given"), (1, "Nuisance"), (2, "Work in progress"), (3, "Instrument fault"), (4, "Known, repair ordered"),
    (5, "Test"),
)  # fmt: skip
#: The longest an alarm of each priority may be shelved, minutes.
SHELVE_LIMIT_MIN: Final = {Priority.LOW: 480, Priority.MEDIUM: 240, Priority.HIGH: 30}

# ---- the status word of an alarm: state in bits 0-3, priority in bits 4-5, then flags
FIRST_OUT: Final = 1 << 6  # the first of its group; what came later stands behind it
CONSEQUENCE: Final = 1 << 7  # follows from another alarm and is suppressed by it
CHATTERING: Final = 1 << 8  # three times or more within a minute
STALE: Final = 1 << 9  # has stood for more than a day
ACTIVE: Final = 1 << 10  # the condition is there


def status_word(state: int, priority: int, flags: int) -> int:
    """State, priority and flags as they travel in one register."""
    return state | priority << 4 | flags


def state_of(word: int) -> int:
    """The alarm state in a status word; 0 where the alarm is not fitted."""
    return word & 15


def priority_of(word: int) -> int:
    """The priority in a status word."""
    return word >> 4 & 3


def alarm_logged(log_number: int) -> int:
    """The alarm whose transition a trace entry with this log number tells, 0 if it tells something else."""
    return log_number - LOG_ALARM if log_number > LOG_ALARM else 0


# ---- conditions
@dataclass(frozen=True, slots=True)
class Stopped:
    """The station has stopped for one of these reasons."""

    reasons: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LinkOff:
    """The station's board does not answer."""

    text: str = "the board does not answer"


@dataclass(frozen=True, slots=True)
class Beyond:
    """A value recorded by the sequence lies above (or below) `limit`; it ends `deadband` inside of it. Raw values."""

    analog: str
    above: bool
    limit: int
    deadband: int


@dataclass(frozen=True, slots=True)
class Rejects:
    """At least `count` of the last twenty robots were rejected here; it ends `deadband` below."""

    count: int
    deadband: int = 2


@dataclass(frozen=True, slots=True)
class PanelOff:
    """A local input of the line PLC is off (bit mask)."""

    bit: int
    text: str


@dataclass(frozen=True, slots=True)
class PowerFault:
    """At least `count` of these bits that the switchboard tells of are there. Bit n: breaker of feeder n tripped."""

    bits: int
    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class LineIn:
    """The line is in this PackML state."""

    state: int
    text: str


@dataclass(frozen=True, slots=True)
class StationsDown:
    """At least `count` stations are Held or Aborted for a reason of their own."""

    count: int


@dataclass(frozen=True, slots=True)
class RecoveryOff:
    """AutoRecovery is switched off."""

    text: str = "AutoRecovery is off"


@dataclass(frozen=True, slots=True)
class Told:
    """Whoever runs the line PLC says so (Rig.tell)."""

    text: str


Condition = Stopped | LinkOff | Beyond | Rejects | PanelOff | PowerFault | LineIn | StationsDown | RecoveryOff | Told


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. `number` is 100 x station + 1..16 (line: station 0) and never changes its meaning.

    The condition must last `on_delay_s` before the alarm counts, and be gone for `off_delay_s` before it is over; a
    gap shorter than that is bridged, also while the on-delay runs. `causes` are alarms that explain this one: while
    one of them stands, this alarm is suppressed as its consequence. `always` alarms are suppressed neither in
    maintenance nor while the line's supplies are off. `latching` alarms stay until they are reset. `respond_min` is
    the time an operator has.
    """

    number: int
    name: str
    title: str
    condition: Condition
    priority: Priority
    cause: str
    consequence: str
    action: str
    respond_min: int
    on_delay_s: float = 0.0
    off_delay_s: float = 0.0
    causes: tuple[int, ...] = ()
    latching: bool = False
    always: bool = False

    def __post_init__(self) -> None:
        station, place = divmod(self.number, 100)
        if not (0 <= station <= MOST_STATIONS and 1 <= place <= PLACES):
            raise MapError(self.name, f"number {self.number} is not 100 x station + 1..{PLACES}")
        if not (self.cause and self.consequence and self.action and self.respond_min > 0):
            raise MapError(self.tag, "says no cause, consequence, action or time to respond")
        for delay in (self.on_delay_s, self.off_delay_s):
            if delay < 0 or delay * 100 != int(delay * 100):
                raise MapError(self.tag, f"delay {delay} s is no multiple of the scan")
        match self.condition:
            case Beyond(analog, above, limit, deadband):
                row = BY_NUMBER[station].analogs[BY_NUMBER[station].analog(analog)]
                back = limit - deadband if above else limit + deadband
                if not (row.low < limit < row.high and deadband > 0 and row.low < back < row.high):
                    raise MapError(
                        self.tag, f"limit {limit} with deadband {deadband} lies outside {row.low}..{row.high}"
                    )

    @property
    def station(self) -> int:
        """The station it belongs to, 0: the line. Alarms of one station are a group with one first-out."""
        return self.number // 100

    @property
    def place(self) -> int:
        """Its index in the status array."""
        return self.number // 100 * PLACES + self.number % 100 - 1

    @property
    def group(self) -> str:
        """The name of its group."""
        return BY_NUMBER[self.station].code if self.station else "Line"

    @property
    def tag(self) -> str:
        """The name of its status word in the register map."""
        return f"{self.group}.Alarm.{self.name}"

    @property
    def limit_text(self) -> str:
        """When it comes, in words."""
        match self.condition:
            case Beyond(analog, above, limit, deadband):
                row = BY_NUMBER[self.station].analogs[BY_NUMBER[self.station].analog(analog)]
                scale, digits = 10**row.decimals, row.decimals
                sign = ">" if above else "<"
                return f"{analog} {sign} {limit / scale:.{digits}f} {row.unit}, deadband {deadband / scale:.{digits}f}"
            case Rejects(count, deadband):
                return f"{count} or more of the last 20 robots rejected, over at {count - deadband}"
            case StationsDown(count):
                return f"{count} or more stations Held or Aborted"
            case other:
                return other.text
