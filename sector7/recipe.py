"""Recipes: which stations a line has, how they fail, how much fits between them. TOML, validated whole before use."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from protocols.errors import RecipeError
from protocols.stations.io_table import BY_NUMBER
from sector7.reactivation.recipe import DefectRecipe, DormantRecipe

#: Recipes that ship with sector7.
SHIPPED = ("castle",)

#: No unknown keys, no text where a number is meant, no nan and no inf.
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
#: Robots that burn-in holds: it moves on only when another one comes.
_BURN_IN = 8

Hours = Annotated[float, Field(gt=0, le=1_000_000)]
Minutes = Annotated[float, Field(gt=0, le=100_000)]
Seconds = Annotated[float, Field(ge=0, le=100_000)]
Places = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=65000)]
#: The firmware in Python, the C firmware executed cycle by cycle (slower, the same result), or a real board.
BoardTier = Literal["simulated", "emulated", "serial"]
#: Who supplies a sensor channel of a real board: the simulated plant, or the board's own pin.
SensorSource = Literal["plant", "pin"]
_PORT: Final = re.compile(r"/\S+|COM\d+|(socket|rfc2217)://[^\s/:]+:\d{1,5}|usb:[0-9a-fA-F]{4}:[0-9a-fA-F]{4}(:\S+)?")


class RemoteRecipe(BaseModel):
    """Where a station's board is, if it sits behind another Modbus TCP device."""

    model_config = _STRICT

    host: Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[^\s/]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 502
    unit: Annotated[int, Field(ge=0, le=255)] = 1
    coils_offset: Offset = 0
    discrete_offset: Offset = 0
    input_offset: Offset = 0
    holding_offset: Offset = 0
    poll_ms: Annotated[int, Field(ge=10, le=1000)] = 50
    timeout_ms: Annotated[int, Field(ge=50, le=10_000)] = 500


class SerialRecipe(BaseModel):
    """Where a station's real board is, and which of its sensors are real."""

    model_config = _STRICT

    port: str
    baud: Annotated[int, Field(ge=57_600, le=1_000_000)] = 115200
    watchdog: Annotated[int, Field(ge=2, le=50)] = 5
    sensors: dict[str, SensorSource] = {}

    @field_validator("port")
    @classmethod
    def _is_a_port(cls, port: str) -> str:
        if _PORT.fullmatch(port) is None:
            raise ValueError(
                f"must be a device such as /dev/ttyACM0, socket://host:port, rfc2217://host:port or "
                f"usb:VID:PID[:SERIAL] in hexadecimal, not {port!r}"
            )
        return port


class StationRecipe(BaseModel):
    """One station: failure habits, its infeed conveyor, set points to begin with (in engineering units)."""

    model_config = _STRICT

    number: Annotated[int, Field(ge=1, le=12)]
    mtbf_h: Hours = 200
    mttr_min: Minutes = 30
    minor_stop_min: Minutes = 60
    hidden_defects: Annotated[float, Field(ge=0, le=1)] = 0.002
    wear: Annotated[float, Field(ge=0, le=100)] = 1.0
    places: Places = 2
    transit_s: Seconds = 8
    board: BoardTier = "simulated"
    remote: RemoteRecipe | None = None
    serial: SerialRecipe | None = None
    setpoints: dict[str, float] = {}

    @model_validator(mode="after")
    def _setpoints_exist(self) -> StationRecipe:
        declared = {s.name: s for s in BY_NUMBER[self.number].setpoints}
        for name, value in self.setpoints.items():
            if name not in declared:
                raise ValueError(f"station {self.number} has no set point {name!r} (it has {', '.join(declared)})")
            s = declared[name]
            raw = round(value * 10**s.decimals)
            if not s.low <= raw <= s.high:
                low, high = s.low / 10**s.decimals, s.high / 10**s.decimals
                raise ValueError(f"set point {name} = {value} is outside {low:g}..{high:g} {s.unit}")
        return self

    @model_validator(mode="after")
    def _one_board(self) -> StationRecipe:
        if self.remote is not None and self.board != "simulated":
            which = f"{'an' if self.board == 'emulated' else 'a'} {self.board} one"
            raise ValueError(f"station {self.number} has a remote board and {which}: leave one of them out")
        if self.board == "serial" and self.serial is None:
            raise ValueError(f"station {self.number} has a serial board: say where, in a block [station.serial]")
        return self

    @model_validator(mode="after")
    def _sensors_exist(self) -> StationRecipe:
        names = BY_NUMBER[self.number].sensors
        for name in self.serial.sensors if self.serial is not None else ():
            if name not in names:
                raise ValueError(f"station {self.number} has no sensor {name!r} (it has {', '.join(names)})")
        return self

    def raw_setpoints(self) -> dict[str, int]:
        """Chosen set points as raw values by name."""
        declared = {s.name: s for s in BY_NUMBER[self.number].setpoints}
        return {name: round(value * 10 ** declared[name].decimals) for name, value in self.setpoints.items()}


class PowerRecipe(BaseModel):
    """What the switchboard has: generator, battery of the control bus, how feeders are closed."""

    model_config = _STRICT

    generator: bool = True
    generator_start_s: Annotated[float, Field(ge=1, le=600)] = 8.0
    fuel_l: Annotated[float, Field(ge=0, le=10_000)] = 120.0
    battery_wh: Annotated[float, Field(gt=0, le=100_000)] = 200.0
    transfer_ms: Annotated[int, Field(ge=0, le=10_000)] = 8
    close_delay_s: Annotated[float, Field(ge=0, le=10)] = 0.5
    close_order: list[Annotated[int, Field(ge=0, le=12)]] = []


class Recipe(BaseModel):
    """A whole line."""

    model_config = _STRICT

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
    start: Literal["warm", "dormant"] = "warm"
    pallets: Annotated[int, Field(ge=1, le=255)] = 24
    crews: Annotated[int, Field(ge=1, le=20)] = 1
    attendants: Annotated[int, Field(ge=0, le=20)] = 2
    rework_places: Places = 8
    rework_transit_s: Seconds = 40
    utility_mtbf_h: Hours = 700
    power: PowerRecipe = PowerRecipe()
    dormant: DormantRecipe = DormantRecipe()
    station: Annotated[list[StationRecipe], Field(min_length=2)]

    @model_validator(mode="after")
    def _consistent(self) -> Recipe:
        numbers = [s.number for s in self.station]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"stations must be in ascending order and not repeated, not {numbers}")
        if numbers[0] != 1 or numbers[-1] != 12:
            raise ValueError("a line begins with station 1 (kitting) and ends with station 12 (pack-out)")
        order = self.power.close_order
        if len(set(order)) != len(order) or not set(order) <= {0, *numbers}:
            raise ValueError(f"power.close_order names each feeder of the line once (0 and {numbers}), not {order}")
        for number in [*self.dormant.unknown_maps, *(int(row.on[2:4]) for row in self.dormant.defect)]:
            if number not in numbers:
                raise ValueError(f"dormant names station {number}, which the line does not have")
        if 10 in numbers and 5 not in numbers:
            raise ValueError("station 10 sends rework to station 5: a line with 10 needs 5")
        if self.station[0].places < self.pallets:
            raise ValueError(f"the pallet return (station 1, places) must take all {self.pallets} pallets")
        ports: dict[str, int] = {}
        for s in self.station:
            if s.serial is not None and (other := ports.setdefault(s.serial.port, s.number)) != s.number:
                raise ValueError(
                    f"stations {other} and {s.number} have their boards on {s.serial.port}: one board a port"
                )
        if 11 in numbers and self.pallets < _BURN_IN:
            raise ValueError(f"burn-in (station 11) moves on only when it holds {_BURN_IN} pallets, not {self.pallets}")
        laid_out = sum(_BURN_IN if number == 11 else 1 for number in numbers[1:])
        if self.start == "warm" and self.pallets < laid_out:
            raise ValueError(f"a warm start lays out {laid_out} robots, there are only {self.pallets} pallets")
        loop = self.loop_places
        if loop and self.pallets >= loop:
            raise ValueError(
                f"pallets = {self.pallets}: the rework loop (stations 5 to 10) has {loop} places; with fewer than "
                f"{loop} pallets it can never fill up, with more it could deadlock"
            )
        return self

    @property
    def loop_places(self) -> int:
        """Places on the loop that rework runs through (0 without station 10)."""
        loop = [s for s in self.station if 5 <= s.number <= 10]
        if not any(s.number == 10 for s in loop):
            return 0
        return sum(s.places + 1 for s in loop) + self.rework_places


def load(name: str) -> Recipe:
    """The recipe of a file, or one that ships with sector7. Raises RecipeError."""
    if name in SHIPPED:
        text = resources.files("sector7").joinpath("recipes", f"{name}.toml").read_text("utf-8")
    else:
        try:
            text = Path(name).read_text("utf-8-sig")
        except FileNotFoundError:
            shipped = ", ".join(SHIPPED)
            raise RecipeError(name, "", f"no such file, and not one of the shipped recipes ({shipped})") from None
        except UnicodeDecodeError:
            raise RecipeError(name, "", "is no text file: a recipe is TOML in UTF-8") from None
        except (OSError, ValueError) as error:
            raise RecipeError(name, "", f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return parse(name, text)


def parse(file: str, text: str) -> Recipe:
    """A recipe from TOML text; `file` is what errors name."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(file, "", f"is not valid TOML: {error}") from None
    except RecursionError:
        raise RecipeError(file, "", "is not valid TOML: nested too deeply") from None
    try:
        return Recipe.model_validate(data)
    except ValidationError as error:
        # an unknown key first: it often explains what is missing
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise RecipeError(file, _key(first["loc"]), _expectation(first)) from None


def _key(parts: tuple[int | str, ...]) -> str:
    """`station[2].mtbf_h`: the third station's mtbf_h, counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in parts).removeprefix(".")


def _place(parts: tuple[int | str, ...]) -> type[BaseModel]:
    """The table that a key stands in."""
    if parts[0] == "dormant" and len(parts) > 1:
        return DormantRecipe if len(parts) == 2 else DefectRecipe
    places: dict[int, type[BaseModel]] = {1: Recipe, 2: PowerRecipe, 3: StationRecipe}
    return places.get(len(parts)) or (SerialRecipe if "serial" in parts else RemoteRecipe)


def _expectation(error: ErrorDetails) -> str:
    """What was expected, and what stands there, in one line."""
    kind, got = error["type"], repr(error["input"])
    if kind == "extra_forbidden":
        return f"is no key here (there are {', '.join(_place(error['loc']).model_fields)})"
    if kind == "missing":
        return "must be given"
    message = " ".join(error["msg"].removeprefix("Value error, ").split())
    if kind == "value_error":
        return message
    return f"{message[0].lower()}{message[1:]}, not {got if len(got) <= 40 else got[:37] + '...'}"
