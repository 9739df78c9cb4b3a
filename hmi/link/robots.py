"""The histories of robots that left the line, out of the file in which the plant tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hmi.link.entry_file import Entry, EntryFile

#: File of the last 64 robots of this run, and of the last 150 that a journal remembers.
RUN_FILE, JOURNAL_FILE = 1, 4
PASS, FAIL, REWORK = 1, 2, 3
VERDICTS: Final = {PASS: "passed", FAIL: "failed", REWORK: "sent back"}
PACK_OUT: Final = 12
_MOST: Final = 150


@dataclass(frozen=True, slots=True)
class Result:
    """What a station made of the robot: its number, the verdict, seconds of plant time since the robot was begun."""

    station: int
    verdict: int
    after_s: int


@dataclass(frozen=True, slots=True)
class Robot:
    """One robot's genealogy. `begun_s` is plant time."""

    serial: int
    begun_s: int
    results: tuple[Result, ...]

    @property
    def took_s(self) -> int:
        """From its beginning to its last result."""
        return self.results[-1].after_s if self.results else 0

    @property
    def good(self) -> bool:
        """Packed, and not taken off as scrap."""
        return bool(self.results) and self.results[-1].verdict == PASS

    @property
    def troubles(self) -> tuple[Result, ...]:
        """The results that were no pass."""
        return tuple(result for result in self.results if result.verdict != PASS)


def robot(entry: Entry) -> Robot:
    """One entry of the file. Raises ValueError if it is too short to be one."""
    if len(entry) < 5:
        raise ValueError(f"a history of {len(entry)} registers")
    count = min(entry[4], (len(entry) - 5) // 3)
    results = tuple(Result(*entry[5 + 3 * i : 8 + 3 * i]) for i in range(count))
    return Robot(entry[0] << 16 | entry[1], entry[2] << 16 | entry[3], results)


def robot_file(file: int) -> EntryFile:
    """A file of genealogies; serial number and beginning tell a robot from all others."""
    return EntryFile(file, _MOST, lambda entry: tuple(entry[:4]))
