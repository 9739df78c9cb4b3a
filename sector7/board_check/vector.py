"""The vector format: a story about one station's board, row by row. `vectors/README.md` explains it to its writers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from protocols.errors import EmulatorError
from protocols.stations.images import (
    ACKNOWLEDGE,
    DUTY,
    IN_POSITION,
    INTERLOCK,
    LIMIT,
    SAFE_STATE,
    SAFETY_OK,
    SPEED,
    TARGET,
    TRIPPED,
    put,
)
from protocols.stations.io_table import BY_NUMBER
from protocols.stations.station_io import COUNTS, StationIO

EXCHANGE_US: Final = 20_000
#: Status bits that every board has beside its inputs and comparators.
FLAGS: Final = {
    "safety_ok": SAFETY_OK, "in_position": IN_POSITION, "interlock": INTERLOCK, "safe_state": SAFE_STATE,
    "tripped": TRIPPED,
}  # fmt: skip

_STRICT: Final = ConfigDict(extra="forbid", strict=True, frozen=True)
Register = Annotated[int, Field(ge=0, le=0xFFFF)]
Counts = Annotated[int, Field(ge=0, le=COUNTS)]


class VectorError(EmulatorError):
    """A vector is wrong: names the file, the place and what was expected there."""

    def __init__(self, file: str, place: str, expected: str) -> None:
        super().__init__(f"{file}: {place}: {expected}" if place else f"{file}: {expected}")
        self.file = file
        self.place = place
        self.expected = expected


class Command(BaseModel):
    """A command image by names; what is left out is 0."""

    model_config = _STRICT

    outputs: list[str] = []
    acknowledge: bool = False
    target: Register = 0
    speed: Register = 0
    duty: Register = 0
    limits: Annotated[list[Counts], Field(max_length=4)] = []

    def image(self, io: StationIO) -> int:
        """The same as the board gets it."""
        image = sum(io.output(name) for name in self.outputs) | ACKNOWLEDGE * self.acknowledge
        for index, value in ((TARGET, self.target), (SPEED, self.speed), (DUTY, self.duty)):
            image |= put(value, index)
        return image | sum(put(limit, LIMIT[i]) for i, limit in enumerate(self.limits))


class Expect(BaseModel):
    """What the board must show; None is not looked at. `status` and `outputs` are complete."""

    model_config = _STRICT

    status: list[str] | None = None
    outputs: list[str] | None = None
    position: Register | None = None
    target: Register | None = None
    speed: Register | None = None
    duty: Register | None = None


class Row(BaseModel):
    """One exchange, `ms` after the first. What it leaves out stays as it was."""

    model_config = _STRICT

    ms: Annotated[int, Field(ge=0, le=3_600_000, multiple_of=10)]
    inputs: list[str] | None = None
    counts: Annotated[list[Counts], Field(max_length=4)] | None = None
    command: Command | None = None
    expect: Expect | None = None
    silent: bool = False


class _Content(BaseModel):
    model_config = _STRICT

    station: int
    at: Annotated[list[Row], Field(min_length=1)]

    @field_validator("station")
    @classmethod
    def _exists(cls, number: int) -> int:
        if number not in BY_NUMBER:
            raise ValueError(f"there is no station {number}")
        return number

    @field_validator("at")
    @classmethod
    def _possible(cls, rows: list[Row], info: ValidationInfo) -> list[Row]:
        instants = [row.ms for row in rows]
        if instants != sorted(set(instants)) or instants[0] or rows[0].silent:
            raise ValueError(f"rows begin with an exchange at 0 ms and go on in ascending order, not {instants}")
        return rows

    @model_validator(mode="after")
    def _names(self) -> _Content:
        io = BY_NUMBER[self.station]
        for row in self.at:
            expect = row.expect or Expect()
            for name in row.inputs or ():
                _known(row, name, (*io.inputs, "safety_ok"))
            for name in (*(row.command.outputs if row.command else ()), *(expect.outputs or ())):
                _known(row, name, io.outputs)
            for name in expect.status or ():
                _known(row, name, status_names(io))
            channels = len(io.analogs)
            given = max(len(row.counts or ()), len(row.command.limits if row.command else ()))
            if given > channels:
                raise ValueError(f"at {row.ms} ms: {io.code} has {channels} analogue inputs, not {given}")
        return self


def _known(row: Row, name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise ValueError(f"at {row.ms} ms: {name!r} is not one of {', '.join(names)}")


@dataclass(frozen=True, slots=True)
class Vector:
    """One story: its name, what it shows (the comment at the top of its file), the station and the rows."""

    name: str
    title: str
    io: StationIO
    rows: tuple[Row, ...]

    @property
    def end_us(self) -> int:
        """Instant of the last row."""
        return self.rows[-1].ms * 1000


def status_names(io: StationIO) -> tuple[str, ...]:
    """Every name that a status of this station can show."""
    return (*io.inputs, *(f"at_{analog.name}" for analog in io.analogs), *FLAGS)


def status_bit(io: StationIO, name: str) -> int:
    """The bit of a name in status word 0."""
    return FLAGS.get(name) or io.status(name)


def parse(file: str, text: str) -> Vector:
    """A vector from TOML text; `file` is what errors name. Raises VectorError."""
    try:
        content = _Content.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise VectorError(file, "", f"is not valid TOML: {error}") from None
    except ValidationError as error:
        first: Any = error.errors()[0]
        place = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        shown = "" if first["type"] in ("value_error", "missing") else f", not {first['input']!r:.40}"
        raise VectorError(file, place, f"{message[0].lower()}{message[1:]}{shown}") from None
    comment = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    return Vector(file.removesuffix(".toml"), " ".join(comment), BY_NUMBER[content.station], tuple(content.at))


@cache
def shipped() -> tuple[Vector, ...]:
    """The vectors that every board must tell, by name."""
    folder = resources.files("sector7.board_check").joinpath("vectors")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple(parse(each.name, each.read_text("utf-8")) for each in files)
