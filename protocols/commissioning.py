"""Commissioning as everybody sees it: the steps of a station's ledger, what checks find, and one row of evidence."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

from protocols.packml import State
from protocols.stations.io_table import BY_NUMBER
from protocols.stations.station_io import StationIO
from protocols.stations.strokes import DRY, HOT


class Stage(IntEnum):
    """How far a station has come. Each step is reached when all its checks have passed, and in this order only."""

    COLD = 0
    ENERGISED = 1
    COMMUNICATING = 2
    IO_CHECKED = 3
    HOMED = 4
    DRY_CYCLE = 5
    HOT_CYCLE = 6
    RELEASED = 7


STAGE_TEXTS: Final = (
    "Cold", "Energised", "Communicating", "I/O checked", "Homed", "Dry cycle", "Hot cycle", "Released",
)  # fmt: skip


class Finding(IntEnum):
    """What a failed check says is wrong. Those from DEAD_BOARD on are defects that a crew can repair."""

    NONE = 0
    NOT_REACHED = 1
    DEAD_BOARD = 2
    SWAPPED = 3
    INVERTED = 4
    CORRODED = 5
    DRIFTED = 6
    UNCALIBRATED = 7
    SEIZED = 8


FINDING_TEXTS: Final = (
    "None", "Not reached", "Dead board", "Swapped inputs", "Inverted input", "Corroded contact", "Drifted sensor",
    "Lost calibration", "Seized mechanism",
)  # fmt: skip


class By(IntEnum):
    """Who did a check."""

    PROGRAM = 1
    OPERATOR = 2


class Activity(IntEnum):
    """What goes on at a station."""

    NONE = 0
    CHECKING = 1
    CONFIRM = 2
    DECIDE = 3
    CREW = 4
    GIVEN_UP = 5


ACTIVITY_TEXTS: Final = ("None", "Checking", "Waits for confirmation", "Failed", "Crew at work", "Given up")


class Command(IntEnum):
    """What a master can ask for (register CommissionCommand)."""

    NONE = 0
    AUTOMATIC = 1
    PRODUCE = 2
    STEP = 3
    CONFIRM = 4
    REPAIR = 5
    RELEASE = 6
    STOP = 7
    HOLD_SENSOR = 8
    SUBMIT_MAP = 9


COMMAND_TEXTS: Final = (
    "None", "Commission by the program", "Commission and produce", "Do the next step", "Confirm what was seen",
    "Call the crew", "Release", "Stop", "Hold a sensor", "Submit the map",
)  # fmt: skip


class Result(IntEnum):
    """What became of the last command."""

    NONE = 0
    TAKEN = 1
    NO_STATION = 2
    NOT_NOW = 3
    DISAGREES = 4
    NO_SUCH_VALUE = 5


RESULT_TEXTS: Final = (
    "Nothing asked yet", "Taken", "Refused: no such station", "Refused: not now", "Refused: the program saw otherwise",
    "Refused: no such value",
)  # fmt: skip

#: Items of the I/O check: digital inputs from 0, then each analogue input at its low and at its high reference.
LOW_ITEM: Final = 8
HIGH_ITEM: Final = 12
#: The item of a submitted map of the inputs; `seen` is how many it has right.
MAP_ITEM: Final = 7
#: The references, permille of the transmitter's range, and what a reading may be off, permille too.
LOW_POINT: Final = 200
HIGH_POINT: Final = 800
TOLERANCE: Final = 15
#: Marks in `seen` of a digital input: it was not as it should be before the sensor was held.
WRONG_REST: Final = 0x100
#: What an operator confirms who has seen no input change.
NOTHING_CHANGED: Final = 15
#: `seen` of a stroke that never ended.
NEVER_ENDED: Final = -(1 << 31)


class Entry(NamedTuple):
    """One row of evidence: what was checked, when, by whom, what was expected (`low..high`) and what was seen.

    `stage` is the step that it is evidence for. Digital inputs: bit masks of the inputs that changed when the sensor
    was held. Analogue inputs: raw readings. Strokes: ms, or a raw reading where the stroke measures. `finding` and
    `other` (a second input, else 0) say what a failed check means.
    """

    number: int
    at_us: int
    station: int
    stage: int
    item: int
    by: int
    low: int
    high: int
    seen: int
    finding: int
    other: int

    @property
    def passed(self) -> bool:
        """True if what was seen is what was expected."""
        return self.low <= self.seen <= self.high


#: Registers of an entry in file 20.
ENTRY_WORDS: Final = 16


def entry_words(entry: Entry) -> list[int]:
    """An entry as registers: number, station, step x 256 + item, by x 256 + passed, finding x 256 + other input, plant
    time in ms (3), expected from (2) and up to (2), seen (2), two spare ones."""
    ms = entry.at_us // 1000
    return [
        entry.number & 0xFFFF, entry.station, entry.stage << 8 | entry.item, entry.by << 8 | entry.passed,
        entry.finding << 8 | entry.other, ms >> 32 & 0xFFFF, ms >> 16 & 0xFFFF, ms & 0xFFFF,
        *_long(entry.low), *_long(entry.high), *_long(entry.seen), 0, 0,
    ]  # fmt: skip


def entry_of(words: list[int]) -> Entry:
    """The entry that `entry_words` made these registers of (its time in whole milliseconds)."""
    ms = words[5] << 32 | words[6] << 16 | words[7]
    return Entry(
        words[0], ms * 1000, words[1], words[2] >> 8, words[2] & 0xFF, words[3] >> 8, _signed(words[8], words[9]),
        _signed(words[10], words[11]), _signed(words[12], words[13]), words[4] >> 8, words[4] & 0xFF,
    )  # fmt: skip


def _long(value: int) -> tuple[int, int]:
    return value >> 16 & 0xFFFF, value & 0xFFFF


def _signed(high: int, low: int) -> int:
    value = high << 16 | low
    return value - (1 << 32) if value >> 31 else value


# ---- in words
def what(entry: Entry) -> str:
    """What was checked: `clamped`, `gas_flow at 20 %`, `Clamp frame`."""
    io = BY_NUMBER[entry.station]
    if entry.stage == Stage.IO_CHECKED:
        if entry.item == MAP_ITEM:
            return "map of the inputs"
        if entry.item < LOW_ITEM:
            return io.inputs[entry.item]
        high = entry.item >= HIGH_ITEM
        return f"{io.analogs[entry.item % 4].name} at {(HIGH_POINT if high else LOW_POINT) // 10} %"
    if entry.stage in (Stage.DRY_CYCLE, Stage.HOT_CYCLE):
        return (DRY if entry.stage == Stage.DRY_CYCLE else HOT)[entry.station][entry.item].name
    fixed = {Stage.ENERGISED: "contactor and supplies", Stage.COMMUNICATING: "the board answers", Stage.HOMED: "homed"}
    return fixed.get(Stage(entry.stage), "released")


def expected(entry: Entry) -> str:
    """What should have been seen."""
    io = BY_NUMBER[entry.station]
    if entry.stage == Stage.IO_CHECKED:
        if entry.item == MAP_ITEM:
            return f"{entry.high} right"
        if entry.item < LOW_ITEM:
            return f"{io.inputs[entry.item]} changes, no other"
        return _range(io, entry.item % 4, entry.low, entry.high)
    if entry.stage in (Stage.DRY_CYCLE, Stage.HOT_CYCLE):
        channel = _measured(entry)
        return f"within {entry.high / 1000:g} s" if channel < 0 else _range(io, channel, entry.low, entry.high)
    return State(entry.high).name.title() if entry.stage == Stage.HOMED else "yes"


def seen(entry: Entry) -> str:
    """What was seen, and for a failed check what it means."""
    text = _seen(entry)
    if not entry.finding:
        return text
    other = f" with {BY_NUMBER[entry.station].inputs[entry.other]}" if entry.finding == Finding.SWAPPED else ""
    return f"{text}: {FINDING_TEXTS[entry.finding].lower()}{other}"


def _seen(entry: Entry) -> str:
    io, value = BY_NUMBER[entry.station], entry.seen
    if entry.stage == Stage.IO_CHECKED:
        if entry.item == MAP_ITEM:
            return f"{value} right"
        if entry.item >= LOW_ITEM:
            return _reading(io, entry.item % 4, value)
        names = " and ".join(name for bit, name in enumerate(io.inputs) if value >> bit & 1)
        text = f"{names} changed" if names else "nothing changed"
        return f"{text}, wrong at rest" if value & WRONG_REST else text
    if entry.stage in (Stage.DRY_CYCLE, Stage.HOT_CYCLE):
        if value == NEVER_ENDED:
            return "never"
        channel = _measured(entry)
        return f"{value / 1000:g} s" if channel < 0 else _reading(io, channel, value)
    return State(value).name.title() if entry.stage == Stage.HOMED else "yes" if entry.passed else "no"


def _measured(entry: Entry) -> int:
    stroke = (DRY if entry.stage == Stage.DRY_CYCLE else HOT)[entry.station][entry.item]
    return BY_NUMBER[entry.station].analog(stroke.record) if stroke.record and entry.seen != NEVER_ENDED else -1


def _reading(io: StationIO, channel: int, raw: int) -> str:
    analog = io.analogs[channel]
    return f"{raw / 10**analog.decimals:.{analog.decimals}f} {analog.unit}"


def _range(io: StationIO, channel: int, low: int, high: int) -> str:
    return f"{_reading(io, channel, low).split(' ')[0]} to {_reading(io, channel, high)}"
