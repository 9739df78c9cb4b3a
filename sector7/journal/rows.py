"""What stands in a journal, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

from sector7.rig.intake import Answer

DONE: Final = "done"
IGNORED: Final = "ignored"


@dataclass(frozen=True, slots=True)
class Header:
    """What a run is made of beside what came from outside. `recipe` is JSON; `program` the version that began it."""

    recipe: str
    seed: int
    epoch: int
    program: str
    fingerprint: int


@dataclass(frozen=True, slots=True)
class Write:
    """One value that was written: number, plant time of its effect (us), wall time (s), author, tag, values, result."""

    seq: int
    at_us: int
    wall_s: float
    who: str
    role: str
    unit: int
    tag: str
    old: int
    new: int
    result: str

    def __str__(self) -> str:
        return f"write {self.seq}, {self.tag} = {self.new} at {self.at_us / 1e6:.6f} s by {self.who}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a real board told from `at_us` on, where it differs from before; None: nothing for too long."""

    seq: int
    at_us: int
    station: int
    answer: Answer | None

    def __str__(self) -> str:
        return f"answer {self.seq} of station {self.station}'s board at {self.at_us / 1e6:.6f} s"


Input = Write | Told


def seal(row: Input) -> int:
    """A checksum over everything in a row, kept beside it: a row that was edited is found even if it led nowhere."""
    return crc32(repr(row).encode())


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the logical trace: entries from number `first` on, all before `at_us`, and the hash up to there."""

    first: int
    count: int
    at_us: int
    sha256: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A checkpoint: everything up to `at_us`, with the inputs up to number `seq`."""

    at_us: int
    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Robot:
    """The `number`-th robot that left the line: begun when (us), and (operation, us, verdict) of every step."""

    number: int
    serial: int
    started_us: int
    results: tuple[tuple[int, int, int], ...]
